-- Temp table fresh_text: the texts of the fresh rows with their ids; and declared_language.
CREATE OR REPLACE TEMP TABLE fresh_text AS
SELECT row_number() OVER (ORDER BY feedback, ordinal) + (SELECT coalesce(max(id), 0) FROM verbatim) AS text, *
FROM (
    SELECT id AS feedback, 'title' AS field, 0 AS ordinal, NULL AS question, title AS body FROM fresh WHERE title <> ''
    UNION ALL
    SELECT id, 'text', 1, NULL, text FROM fresh WHERE text <> ''
    UNION ALL
    SELECT f.id, t.field, t.ordinal, t.question, t.text FROM fresh f JOIN incoming_text t USING (line)
);
-- What the file says about the language; the reader asks where the text itself leaves it open.
CREATE OR REPLACE TEMP TABLE declared_language AS SELECT id AS feedback, language FROM fresh WHERE language IS NOT NULL;
