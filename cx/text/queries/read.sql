-- Temp tables of a reading: read_statement, read_mention, read_feedback (columns: cx/text/reading.py).
-- From the frames given_statement, given_mention and given_feedback.
CREATE OR REPLACE TEMP TABLE read_statement AS FROM given_statement;
CREATE OR REPLACE TEMP TABLE read_mention AS FROM given_mention;
CREATE OR REPLACE TEMP TABLE read_feedback AS FROM given_feedback;
