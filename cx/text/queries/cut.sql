-- One row per text of text_input, in order: text, feedback, wide (whether it has many letters of two bytes and more), body and odd
-- (whether dots of it may stand within a statement). In `body` a clause's comma is marked, so that it parts, and a line feed ends it.
-- Parameters: $clause, $boundary, $odd: RE2 patterns of cx/text/cutting.py.
WITH marked AS (
    SELECT text, feedback, strlen(body) > length(body) + length(body) // 4 AS wide,  -- umlauts do not reach a quarter
        coalesce(regexp_replace(body, $clause, $boundary, 'g'), '') AS body
    FROM text_input
)
SELECT text, feedback, coalesce(wide, false) AS wide, body || chr(10) AS body, regexp_matches(body, $odd) AS odd
FROM marked
