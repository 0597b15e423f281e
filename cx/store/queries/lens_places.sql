-- One row per part and group of touchpoints: sums of the group's score (mean polarity of the touchpoints' mentions) over the feedback that names it.
-- Columns: part, lens_group, n, total, squares, base (feedback with text); on the rows of $first: sums over the feedback that names $second as well:
--          both, first_total, first_squares, second_total, second_squares, products.
-- Parameters: $filter STRUCT (macros.sql); $assignment list of STRUCT touchpoint, lens_group (a touchpoint may stand in several groups);
--             $by '' (the whole), 'channel' (what has none is left out); $first, $second groups that are compared, '' for none
WITH assigned AS (
    SELECT unnest($assignment, recursive := true)
), named AS (
    SELECT id AS feedback, CASE $by WHEN 'channel' THEN channel ELSE '' END AS part, unnest(touchpoints, recursive := true)
    FROM selected($filter) WHERE polarity IS NOT NULL
), scores AS MATERIALIZED (
    SELECT feedback, lens_group, any_value(part) AS part, sum(total) / sum(mentions) AS score
    FROM named JOIN assigned USING (touchpoint) WHERE part IS NOT NULL GROUP BY feedback, lens_group
), sums AS (
    SELECT part, lens_group, count(*) AS n, sum(score) AS total, sum(score * score) AS squares FROM scores GROUP BY ALL
), joint AS (
    SELECT one.part, one.lens_group, count(*) AS both, sum(one.score) AS first_total, sum(one.score * one.score) AS first_squares,
           sum(other.score) AS second_total, sum(other.score * other.score) AS second_squares, sum(one.score * other.score) AS products
    FROM scores one JOIN scores other USING (feedback) WHERE one.lens_group = $first AND other.lens_group = $second GROUP BY ALL
), bases AS (
    SELECT CASE $by WHEN 'channel' THEN channel ELSE '' END AS part, count(*) AS base
    FROM selected($filter) WHERE polarity IS NOT NULL GROUP BY ALL
)
SELECT sums.*, base, joint.* EXCLUDE (part, lens_group)
FROM sums JOIN bases USING (part) LEFT JOIN joint USING (part, lens_group) ORDER BY part, lens_group
