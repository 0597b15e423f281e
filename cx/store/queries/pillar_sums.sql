-- One row per part and pillar: sums of the pillar's score over the feedback that names it, and the base it is named in.
-- Columns: part, pillar, n (feedback naming it), total, squares, negative, positive (counts by sign), base (feedback with text).
-- Parameters: $filter STRUCT (macros.sql); $by 'all', 'month', 'channel'
WITH parted AS (
    SELECT *, CASE $by WHEN 'month' THEN strftime(submitted_at, '%Y-%m-01') WHEN 'channel' THEN channel ELSE '' END AS part
    FROM selected($filter) WHERE polarity IS NOT NULL
), bases AS (
    SELECT part, count(*) AS base FROM parted WHERE part IS NOT NULL GROUP BY part
), named AS (
    UNPIVOT (SELECT part, effort, emotion, expectation, control, trust, resolution FROM parted)
    ON effort, emotion, expectation, control, trust, resolution INTO NAME pillar VALUE score
)
SELECT part, pillar, count(*) AS n, sum(score) AS total, sum(score * score) AS squares,
       count(*) FILTER (score < 0) AS negative, count(*) FILTER (score > 0) AS positive, any_value(base) AS base
FROM named JOIN bases USING (part) GROUP BY part, pillar ORDER BY part, pillar
