-- One row per word of a labelled text of this chunk that can be moved, where it stands: text, word, written, base, factor
-- From the frame given_movable of cx.text.adjusting.find_movable and labelled_statement. No parameters.
SELECT l.text, m.word, m.written, m.base, m.factor
FROM given_movable m JOIN labelled_statement l USING (id) ORDER BY ALL
