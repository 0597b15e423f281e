-- Temp tables fresh_verbatim: the texts of the fresh rows with their ids; fresh_text: those that are still to be read; placed: how each text was given
-- to the reader; and declared_language.
-- What people have corrected in a text that the newer version still holds to the letter is taken along. Parameters: $batch
CREATE OR REPLACE TEMP TABLE fresh_verbatim AS
SELECT row_number() OVER (ORDER BY feedback, ordinal) + (SELECT coalesce(max(id), 0) FROM verbatim) AS text, *
FROM (
    SELECT id AS feedback, line, 'title' AS field, 0 AS ordinal, NULL AS question, title AS body
    FROM fresh JOIN incoming USING (line) WHERE title <> ''
    UNION ALL
    SELECT id, line, 'text', 1, NULL, text FROM fresh JOIN incoming USING (line) WHERE text <> ''
    UNION ALL
    SELECT f.id, f.line, t.field, t.ordinal, t.question, t.text FROM fresh f JOIN incoming_text t USING (line)
);
-- What the file says about the language; the reader asks where the text itself leaves it open.
CREATE OR REPLACE TEMP TABLE declared_language AS
SELECT id AS feedback, language FROM fresh JOIN incoming USING (line) WHERE language IS NOT NULL;

INSERT INTO correction BY NAME
SELECT row_number() OVER (ORDER BY c.id) + (SELECT coalesce(max(id), 0) FROM correction) AS id, f.id AS feedback, $batch AS batch,
    c.field, c.ordinal, c.start, c.stop, c.dimension, c.aspect, c.label, c.made_at
FROM fresh f JOIN correction c ON c.feedback = f.replaces
JOIN verbatim v ON v.feedback = c.feedback AND v.field = c.field AND v.ordinal = c.ordinal
JOIN fresh_verbatim t ON t.feedback = f.id AND t.field = c.field AND t.ordinal = c.ordinal AND t.body = v.text;

-- Corrections are applied where a text is read.
CREATE OR REPLACE TEMP TABLE fresh_text AS
FROM fresh_verbatim WHERE line NOT IN (SELECT -feedback FROM found_feedback) OR feedback IN (SELECT feedback FROM correction);

CREATE OR REPLACE TEMP TABLE placed AS
SELECT coalesce(t.text, -(v.line * 32768 + v.ordinal)) AS given, v.text, v.feedback, $batch AS batch
FROM fresh_verbatim v LEFT JOIN fresh_text t USING (text);
