-- Temp table cut: one row per statement of text_input. id (number of the text and of the statement), text, feedback, statement (ordinal from 0), start, stop (code
-- points, white space trimmed), body (a clause's comma is marked, same length as the original), question, but.
-- Parameters: $clause, $boundary, $statement, $adversative: RE2 patterns of cx/text/reading.py; $white characters.
CREATE OR REPLACE TEMP TABLE cut AS
WITH numbered AS (
    SELECT row_number() OVER () AS number, text, feedback, body FROM text_input WHERE body <> ''
),
-- Grouping spreads the texts over all threads, which a scan of few rows does not.
spread AS (
    SELECT number, any_value(text) AS text, any_value(feedback) AS feedback, any_value(body) AS body
    FROM numbered GROUP BY number
),
pieces AS (
    SELECT number, text, feedback,
        regexp_extract_all(regexp_replace(body, $clause, $boundary, 'g'), $statement) AS parts
    FROM spread
),
piece AS (
    SELECT number, text, feedback, unnest(parts) AS part, generate_subscripts(parts, 1) AS place FROM pieces
),
measured AS (
    SELECT number, text, feedback, place, part, white, length(part) AS size,
        sum(length(part)) OVER text_so_far AS reached,
        CAST(sum(CAST(NOT white AS INTEGER)) OVER text_so_far AS BIGINT) AS ordinal  -- a filtered count would look back at all
    FROM (SELECT *, contains($white, left(part, 1)) AS white FROM piece)
    WINDOW text_so_far AS (PARTITION BY number ORDER BY place)
),
trimmed AS (
    SELECT number, text, feedback, ordinal, reached - size AS start,
        CASE WHEN contains($white, right(part, 1)) THEN rtrim(part, $white) ELSE part END AS body
    FROM measured
    WHERE NOT white
)
SELECT number * 1048576 + ordinal AS id, text, feedback, CAST(ordinal - 1 AS INTEGER) AS statement,
    CAST(start AS INTEGER) AS start,
    CAST(start + length(body) AS INTEGER) AS stop,
    body,
    contains(right(body, 3), '?') AS question,
    regexp_matches(body, $adversative) AS but
FROM trimmed;
