-- Temp tables for the rows of a stretch of a file: incoming (columns of feedback without id, batch and scores; line, counted, title, text), incoming_text
-- (further texts), incoming_answer (question: place among those of the mapping). From the frames given_row, given_text and given_answer.
CREATE OR REPLACE TEMP TABLE incoming AS FROM given_row;
CREATE OR REPLACE TEMP TABLE incoming_text AS FROM given_text;
CREATE OR REPLACE TEMP TABLE incoming_answer AS FROM given_answer;
