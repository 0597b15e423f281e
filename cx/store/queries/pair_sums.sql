-- One row per pillar and touchpoint that one statement names together: sums of the pillar's score there over the feedback that does so.
-- Columns: pillar, touchpoint, n, total, squares (of the mean polarity of the pillar's mentions in such statements, per feedback);
--          whole_total, whole_squares (of the same feedbacks' score of the pillar over all their statements).
-- Parameters: $filter STRUCT (macros.sql)
WITH named AS (
    SELECT effort, emotion, expectation, control, trust, resolution, unnest(pairs, recursive := true)
    FROM selected($filter) WHERE polarity IS NOT NULL
), beside AS (
    SELECT pillar, touchpoint, total / mentions AS score,
           CASE pillar WHEN 'effort' THEN effort WHEN 'emotion' THEN emotion WHEN 'expectation' THEN expectation
           WHEN 'control' THEN control WHEN 'trust' THEN trust WHEN 'resolution' THEN resolution END AS whole
    FROM named WHERE pillar <> '' AND touchpoint <> ''
)
SELECT pillar, touchpoint, count(*) AS n, sum(score) AS total, sum(score * score) AS squares,
       sum(whole) AS whole_total, sum(whole * whole) AS whole_squares
FROM beside GROUP BY ALL ORDER BY ALL
