-- The statements and mentions that were found, into the tables; their feedback stands there already.
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT row_number() OVER (ORDER BY s.text, s.statement) + (SELECT coalesce(max(id), 0) FROM main.statement) AS id, s.*, f.batch
FROM found_statement s JOIN feedback f ON f.id = s.feedback;

INSERT INTO statement BY NAME
SELECT id, text AS verbatim, feedback, batch, statement AS ordinal, start, stop, polarity, label FROM numbered ORDER BY id;

INSERT INTO mention BY NAME
SELECT n.id AS statement, m.feedback, n.batch, m.dimension, m.aspect, m.polarity, m.label, m.evidence
FROM found_mention m JOIN numbered n ON n.text = m.text AND n.statement = m.statement ORDER BY n.id;
