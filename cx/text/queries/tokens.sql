-- Temp table token: one row per token of cut. statement (id of cut), place (from 1), written, word (lower case, no variation signs).
-- Parameters: $token RE2 pattern.
CREATE OR REPLACE TEMP TABLE token AS
WITH found AS (SELECT id, regexp_extract_all(body, $token) AS words FROM cut),
placed AS (SELECT id AS statement, unnest(words) AS written, generate_subscripts(words, 1) AS place FROM found)
SELECT statement, CAST(place AS INTEGER) AS place, written, lower(written) AS word FROM placed;
