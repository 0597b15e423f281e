-- One row per feedback with stars and German text, a fixed sample of them: rating (1–5), polarity, label, text (all its texts, a line each;
-- NULL where what is stored of it stands: its upload is one of $standing, and it is none of $corrected), total (how many there are).
-- Parameters: $filter STRUCT (macros.sql); $size; $standing (uploads), $corrected (feedbacks)
WITH matched AS (
    SELECT id, batch, rating, polarity, label FROM selected($filter)
    WHERE rating IS NOT NULL AND polarity IS NOT NULL
      AND id NOT IN (SELECT feedback FROM statement WHERE stop = 0) -- whose text was deleted; to ask for the texts took as long as all the rest
), drawn AS (
    SELECT *, list_contains(CAST($standing AS INTEGER[]), batch) AND NOT list_contains(CAST($corrected AS BIGINT[]), id) AS stands
    FROM matched ORDER BY hash(id), id LIMIT $size
), texts AS (
    SELECT feedback, string_agg(text, chr(10) ORDER BY ordinal, field) AS text FROM verbatim
    WHERE feedback IN (SELECT id FROM drawn WHERE NOT stands) GROUP BY feedback
)
SELECT rating, polarity, label, text, (SELECT count(*) FROM matched) AS total
FROM drawn LEFT JOIN texts ON feedback = id ORDER BY hash(id), id
