-- One row per word of a labelled text of this chunk that can be moved, where it stands: text, word, written, base, factor
-- (cx/text/queries/movable.sql). No parameters.
SELECT l.text, v.word, m.written, m.base, m.factor
FROM movable m JOIN labelled_statement l USING (id) JOIN vocabulary v USING (number) ORDER BY ALL
