-- The statements and mentions that were found, into the tables. From found_statement, found_mention and numbered.
INSERT INTO statement BY NAME
SELECT n.first + s.statement AS id, n.text AS verbatim, n.feedback, n.batch, s.statement AS ordinal, s.start, s.stop, s.polarity, s.label
FROM found_statement s JOIN numbered n ON n.given = s.text;

INSERT INTO mention BY NAME
SELECT n.first + m.statement AS statement, n.feedback, n.batch, m.dimension, m.aspect, m.polarity, m.label, m.evidence
FROM found_mention m JOIN numbered n ON n.given = m.text;
