-- One row per phase of the journey: sums of its score (mean polarity of the mentions of its touchpoints in a feedback) over the feedback that names one.
-- Columns: phase, n, total, squares. (with_text of extent.sql is what their shares are of.)
-- Parameters: $filter STRUCT (macros.sql)
WITH named AS (
    SELECT unnest(phases, recursive := true) FROM selected($filter) WHERE polarity IS NOT NULL
), scores AS (
    SELECT phase, total / mentions AS score FROM named
)
SELECT phase, count(*) AS n, sum(score) AS total, sum(score * score) AS squares FROM scores GROUP BY phase ORDER BY phase
