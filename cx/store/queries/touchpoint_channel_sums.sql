-- One row per touchpoint and channel: sums of the touchpoint's score over the feedback that names it. Feedback without channel has part NULL.
-- Columns: touchpoint, part (channel), n, total, squares.
-- Parameters: $filter STRUCT (macros.sql)
WITH named AS (
    SELECT channel AS part, unnest(touchpoints, recursive := true) FROM selected($filter) WHERE polarity IS NOT NULL
), scores AS (
    SELECT touchpoint, part, total / mentions AS score FROM named
)
SELECT touchpoint, part, count(*) AS n, sum(score) AS total, sum(score * score) AS squares FROM scores GROUP BY ALL ORDER BY ALL
