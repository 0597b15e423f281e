-- The fresh rows, their texts, and what was read in them, into the tables. Parameters: $batch
INSERT INTO feedback BY NAME
SELECT f.* EXCLUDE (line, language, title, text), $batch AS batch, coalesce(r.language, f.language) AS language,
       r.polarity, r.label, r.effort, r.emotion, r.expectation, r.control, r.trust, r.resolution
FROM fresh f LEFT JOIN found_feedback r ON r.feedback = f.id ORDER BY f.id;

INSERT INTO verbatim BY NAME
SELECT text AS id, feedback, $batch AS batch, field, ordinal, body AS text FROM fresh_text ORDER BY id;

CREATE OR REPLACE TEMP TABLE numbered AS
SELECT row_number() OVER (ORDER BY text, statement) + (SELECT coalesce(max(id), 0) FROM main.statement) AS id, * FROM found_statement;

INSERT INTO statement BY NAME
SELECT id, text AS verbatim, feedback, $batch AS batch, statement AS ordinal, start, stop, polarity, label FROM numbered ORDER BY id;

INSERT INTO mention BY NAME
SELECT n.id AS statement, m.feedback, $batch AS batch, m.dimension, m.aspect, m.polarity, m.label, m.evidence
FROM found_mention m JOIN numbered n ON n.text = m.text AND n.statement = m.statement ORDER BY n.id;
