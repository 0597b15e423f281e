-- What the reader has found joins what it found before. From the frames given_statement, given_mention and given_feedback.
INSERT INTO found_statement BY NAME SELECT text, statement, start, stop, polarity, label FROM given_statement;
INSERT INTO found_mention BY NAME SELECT text, statement, dimension, aspect, polarity, label, evidence FROM given_mention;
INSERT INTO found_feedback BY NAME FROM given_feedback;
