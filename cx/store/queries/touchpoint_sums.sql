-- One row per touchpoint: sums of its score (mean polarity of its mentions in a feedback) over the feedback that names it.
-- Columns: touchpoint, n, total, squares, negative, positive, base (feedback with text).
-- Parameters: $filter STRUCT (macros.sql)
WITH chosen AS (
    SELECT touchpoints FROM selected($filter) WHERE polarity IS NOT NULL
), named AS (
    SELECT unnest(touchpoints, recursive := true) FROM chosen
), scores AS (
    SELECT touchpoint, total / mentions AS score FROM named
)
SELECT touchpoint, count(*) AS n, sum(score) AS total, sum(score * score) AS squares,
       count(*) FILTER (score < 0) AS negative, count(*) FILTER (score > 0) AS positive, (SELECT count(*) FROM chosen) AS base
FROM scores GROUP BY touchpoint ORDER BY n DESC, touchpoint
