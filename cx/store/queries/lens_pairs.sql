-- One row per group of pairs: sums of the group's score (mean polarity of its pairs) over the feedback that names one. The pairs of a statement are
-- each of its pillars with each of its touchpoints; where it names none of one side, '' stands there. A pair's polarity is its pillar's mention, without pillar its touchpoint's.
-- Columns: part (''), lens_group, n, total, squares, base (feedback with text); on the row of $first: sums over the feedback that names $second as well:
--          both, first_total, first_squares, second_total, second_squares, products.
-- Parameters: $filter STRUCT (macros.sql); $assignment list of STRUCT pillar, touchpoint, lens_group; $first, $second groups that are compared, '' for none
WITH assigned AS (
    SELECT unnest($assignment, recursive := true)
), named AS (
    SELECT id AS feedback, unnest(pairs, recursive := true) FROM selected($filter) WHERE polarity IS NOT NULL
), scores AS MATERIALIZED (
    SELECT feedback, lens_group, sum(total) / sum(mentions) AS score FROM named JOIN assigned USING (pillar, touchpoint) GROUP BY ALL
), sums AS (
    SELECT lens_group, count(*) AS n, sum(score) AS total, sum(score * score) AS squares FROM scores GROUP BY ALL
), joint AS (
    SELECT one.lens_group, count(*) AS both, sum(one.score) AS first_total, sum(one.score * one.score) AS first_squares,
           sum(other.score) AS second_total, sum(other.score * other.score) AS second_squares, sum(one.score * other.score) AS products
    FROM scores one JOIN scores other USING (feedback) WHERE one.lens_group = $first AND other.lens_group = $second GROUP BY ALL
)
SELECT '' AS part, sums.*, (SELECT count(*) FROM selected($filter) WHERE polarity IS NOT NULL) AS base, joint.* EXCLUDE (lens_group)
FROM sums LEFT JOIN joint USING (lens_group) ORDER BY lens_group
