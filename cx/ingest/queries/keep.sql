-- What the reader has found joins what it found before. From the tables given_found_….
INSERT INTO found_statement BY NAME SELECT text, statement, start, stop, polarity, label FROM given_found_statement;
INSERT INTO found_mention BY NAME SELECT text, statement, dimension, aspect, polarity, label, evidence FROM given_found_mention;
INSERT INTO found_feedback BY NAME FROM given_found_feedback;
