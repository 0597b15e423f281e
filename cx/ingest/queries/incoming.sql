-- Temp table stored: own feedback that is there already, demo data for demo data. Empty temp tables for the rows of a file: incoming (columns of feedback without id, batch and scores; line, counted, title, text),
-- incoming_text (further texts), incoming_answer (question: place among those of the mapping).
-- Own rows are compared with own ones only: demo data go with the first own import. Parameters: $demo
CREATE OR REPLACE TEMP TABLE stored AS
SELECT f.id, f.identity, f.content FROM feedback f JOIN batch b ON b.id = f.batch WHERE f.live AND b.demo = $demo;

CREATE OR REPLACE TEMP TABLE incoming (
    line BIGINT, identity VARCHAR, counted BOOLEAN, content VARCHAR, kind VARCHAR, source VARCHAR, channel VARCHAR, submitted_at TIMESTAMP,
    date_precision VARCHAR, customer_key VARCHAR, product VARCHAR, location VARCHAR, language VARCHAR, rating DOUBLE, rating_native DOUBLE,
    rating_low DOUBLE, rating_high DOUBLE, nps TINYINT, csat DOUBLE, csat_high DOUBLE, ces DOUBLE, ces_variant VARCHAR, reply VARCHAR,
    title VARCHAR, text VARCHAR);
CREATE OR REPLACE TEMP TABLE incoming_text (line BIGINT, field VARCHAR, ordinal INTEGER, question VARCHAR, text VARCHAR);
CREATE OR REPLACE TEMP TABLE incoming_answer (line BIGINT, question INTEGER, native DOUBLE, score DOUBLE);
