-- What was read ahead joins what was found in fresh_text, under the ids of the fresh rows. A text was given as line * 32768 + ordinal.
CREATE OR REPLACE TEMP TABLE ahead_text AS
SELECT line * 32768 + ordinal AS given, text, feedback FROM fresh_verbatim ANTI JOIN fresh_text USING (text);

INSERT INTO found_statement BY NAME
SELECT t.text, t.feedback, s.* EXCLUDE (text, feedback) FROM ahead_statement s JOIN ahead_text t ON t.given = s.text;
DROP TABLE ahead_statement;
INSERT INTO found_mention BY NAME
SELECT t.text, t.feedback, m.* EXCLUDE (text, feedback) FROM ahead_mention m JOIN ahead_text t ON t.given = m.text;
DROP TABLE ahead_mention;
INSERT INTO found_feedback BY NAME
SELECT f.id AS feedback, a.* EXCLUDE (feedback)
FROM ahead_feedback a JOIN fresh f ON f.line = -a.feedback ANTI JOIN fresh_text t ON t.feedback = f.id;
