-- Temp table cut: one row per statement of text_input. id (dense), text, feedback, statement (ordinal from 0), start, stop (code
-- points, white space trimmed), body (protected and marked, same length as the original), question, but.
-- Parameters: $clause, $boundary, $statement RE2 patterns of cx/text/reading.py.
CREATE OR REPLACE TEMP TABLE cut AS
WITH pieces AS (
    SELECT text, feedback, regexp_extract_all(regexp_replace(body, $clause, $boundary, 'g'), $statement) AS parts
    FROM text_input WHERE body IS NOT NULL AND body <> ''
),
placed AS (
    SELECT text, feedback, unnest(parts) AS part, generate_subscripts(parts, 1) AS place
    FROM pieces
),
measured AS (
    SELECT text, feedback, part, place,
        coalesce(sum(length(part)) OVER (PARTITION BY text ORDER BY place
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
            + length(part) - length(ltrim(part, $white)) AS start,
        trim(part, $white) AS body
    FROM placed
)
SELECT row_number() OVER () AS id, text, feedback,
    CAST(row_number() OVER (PARTITION BY text ORDER BY place) - 1 AS INTEGER) AS statement,
    CAST(start AS INTEGER) AS start,
    CAST(start + length(body) AS INTEGER) AS stop,
    body,
    contains(right(body, 3), '?') AS question,
    regexp_matches(left(body, 16), $adversative) AS but
FROM measured
WHERE body <> '';
