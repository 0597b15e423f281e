-- What was read ahead in a block joins what was before. From the frames given_statement, given_mention and given_feedback.
INSERT INTO ahead_statement BY NAME SELECT text, feedback, statement, start, stop, polarity, label FROM given_statement;
INSERT INTO ahead_mention BY NAME FROM given_mention;
INSERT INTO ahead_feedback BY NAME FROM given_feedback;
