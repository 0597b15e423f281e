-- One row per touchpoint: sums of its score (mean polarity of its mentions in a feedback) over the feedback that names it.
-- Columns: touchpoint, n, total, squares, negative, positive. (with_text of extent.sql is what their shares are of.)
-- Parameters: $filter STRUCT (macros.sql)
WITH named AS (
    SELECT unnest(touchpoints, recursive := true) FROM selected($filter) WHERE polarity IS NOT NULL
), scores AS (
    SELECT touchpoint, total / mentions AS score FROM named
)
SELECT touchpoint, count(*) AS n, sum(score) AS total, sum(score * score) AS squares,
       CAST(count_if(score < 0) AS BIGINT) AS negative, CAST(count_if(score > 0) AS BIGINT) AS positive
FROM scores GROUP BY touchpoint ORDER BY n DESC, touchpoint
