-- What the reader found in this chunk joins what it found before.
INSERT INTO found_statement BY NAME SELECT text, feedback, statement, start, stop, polarity, label FROM read_statement;
INSERT INTO found_mention BY NAME SELECT text, feedback, statement, dimension, aspect, polarity, label, evidence FROM read_mention;
INSERT INTO found_feedback BY NAME
SELECT feedback, language, polarity, label, effort, emotion, expectation, control, trust, resolution FROM read_feedback;
