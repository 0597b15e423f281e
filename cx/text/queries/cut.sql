-- One row per text of text_input, in order: text, feedback, body ('' where there is none), wide (whether it has many letters of two
-- bytes and more).
SELECT text, feedback, coalesce(body, '') AS body,
    coalesce(strlen(body) > length(body) + length(body) // 4, false) AS wide  -- umlauts do not reach a quarter
FROM text_input
