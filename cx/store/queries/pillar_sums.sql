-- One row per pillar for the whole selection (part '') and per part and pillar: sums of the pillar's score over the feedback that names it.
-- Columns: part, pillar, n (feedback naming it), total, squares, negative, positive (counts by sign), base (feedback with text).
-- Parameters: $filter STRUCT (macros.sql); $by (the parts of the macro parted; '': the whole only)
WITH parts AS (
    FROM parted($filter, $by) WHERE polarity IS NOT NULL
), bases AS (
    SELECT CASE WHEN grouping(part) = 1 THEN '' ELSE part END AS part, count(*) AS base
    FROM parts GROUP BY GROUPING SETS ((part), ()) HAVING grouping(part) = 1 OR part IS NOT NULL
), named AS (
    UNPIVOT (SELECT part, effort, emotion, expectation, control, trust, resolution FROM parts)
    ON effort, emotion, expectation, control, trust, resolution INTO NAME pillar VALUE score
), sums AS (
    SELECT CASE WHEN grouping(part) = 1 THEN '' ELSE part END AS part, pillar,
           count(*) AS n, sum(score) AS total, sum(score * score) AS squares,
           count(*) FILTER (score < 0) AS negative, count(*) FILTER (score > 0) AS positive
    FROM named GROUP BY GROUPING SETS ((part, pillar), (pillar)) HAVING grouping(part) = 1 OR part IS NOT NULL
)
SELECT sums.*, base FROM sums JOIN bases USING (part) ORDER BY part, pillar
