-- One row for the whole selection (part '') and one per part: counts and sums from which every KPI and its interval follow.
-- Columns: part, n; promoters, passives, detractors; csat_top, csat_n; ces_<n|total|squares> of one variant; the same for rating and polarity.
-- Parameters: $filter STRUCT (macros.sql); $by (the parts of the macro parted; '': the whole only); $promoter_min, $detractor_max, $top_boxes, $ces_variant
WITH parts AS (
    SELECT * REPLACE (CASE WHEN ces_variant = $ces_variant THEN ces END AS ces) FROM parted($filter, $by)
)
SELECT CASE WHEN grouping(part) = 1 THEN '' ELSE coalesce(part, strftime(part_start, '%Y-%m-%d')) END AS part, count(*) AS n,
       count(*) FILTER (nps >= $promoter_min) AS promoters,
       count(*) FILTER (nps > $detractor_max AND nps < $promoter_min) AS passives,
       count(*) FILTER (nps <= $detractor_max) AS detractors,
       count(*) FILTER (csat > csat_high - $top_boxes) AS csat_top, count(csat) AS csat_n,
       count(ces) AS ces_n, coalesce(sum(ces), 0) AS ces_total, coalesce(sum(ces * ces), 0) AS ces_squares,
       count(rating) AS rating_n, coalesce(sum(rating), 0) AS rating_total, coalesce(sum(rating * rating), 0) AS rating_squares,
       count(polarity) AS polarity_n, coalesce(sum(polarity), 0) AS polarity_total, coalesce(sum(polarity * polarity), 0) AS polarity_squares
FROM parts GROUP BY GROUPING SETS ((part, part_start), ())
HAVING grouping(part) = 1 OR part IS NOT NULL OR part_start IS NOT NULL ORDER BY ALL
