-- One row per piece of a text of text_input, in order: text, feedback, wide (whether the text has many letters of two bytes and more),
-- size and kept (code points, with and without white space behind it; kept is 0 for white space alone and where there is no text),
-- question, but, words (its tokens), body (NULL unless it is wanted). A clause's comma is marked, so that it parts.
-- Parameters: $clause, $boundary, $statement, $adversative: RE2 patterns of cx/text/cutting.py; $token: of cx/text/german.py;
-- $white characters; $bodies whether they are wanted.
WITH piece AS (
    SELECT text, feedback, strlen(body) > length(body) + length(body) // 4 AS wide,  -- umlauts do not reach a quarter
        unnest(CASE WHEN body <> '' THEN regexp_extract_all(regexp_replace(body, $clause, $boundary, 'g'), $statement)
            ELSE [''] END) AS part
    FROM text_input
),
trimmed AS (
    SELECT text, feedback, wide, length(part) AS size,
        CASE WHEN contains($white, right(part, 1)) THEN rtrim(part, $white) ELSE part END AS body  -- trimming costs
    FROM piece
)
SELECT text, feedback, coalesce(wide, false) AS wide, size, length(body) AS kept,
    contains(right(body, 3), '?') AS question,
    regexp_matches(body, $adversative) AS but,
    regexp_extract_all(body, $token) AS words,
    CASE WHEN $bodies THEN body END AS body
FROM trimmed
