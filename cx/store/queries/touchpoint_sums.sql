-- One row per touchpoint: sums of its score over the feedback that names it.
-- Columns: touchpoint, n, total, squares, negative, positive, base (feedback with text).
-- Parameters: $filter STRUCT (macros.sql)
WITH chosen AS (
    SELECT id FROM selected($filter) WHERE polarity IS NOT NULL
), scores AS (
    SELECT aspect, feedback, avg(polarity) AS score
    FROM mention WHERE dimension = 'touchpoint' AND feedback IN (SELECT id FROM chosen) GROUP BY aspect, feedback
)
SELECT aspect AS touchpoint, count(*) AS n, sum(score) AS total, sum(score * score) AS squares,
       count(*) FILTER (score < 0) AS negative, count(*) FILTER (score > 0) AS positive, (SELECT count(*) FROM chosen) AS base
FROM scores GROUP BY aspect ORDER BY n DESC, aspect
