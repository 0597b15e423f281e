-- Temp table token: one row per token of cut. scope (a stretch of at most 256 tokens of one statement: no rule reaches further, and
-- nothing grows with the square of a text), place (from 1, within the statement), written.
-- Parameters: $token RE2 pattern.
CREATE OR REPLACE TEMP TABLE token AS
WITH spread AS (SELECT id, any_value(body) AS body FROM cut GROUP BY id),
found AS (SELECT id, regexp_extract_all(body, $token) AS words FROM spread),
placed AS (
    SELECT id, unnest(words) AS written, CAST(generate_subscripts(words, 1) AS INTEGER) AS place FROM found
)
SELECT id * 1048576 + place // 256 AS scope, place, written FROM placed;
