-- One row per cell, a combination of the values of some dimensions: the counts and sums of part_sums.sql.
-- Columns: channel, product, location (NULL where the dimension is not asked for, or the feedback has none), then those of the KPIs in part_sums.sql.
-- Parameters: $filter STRUCT (macros.sql); $dimensions list of 'channel', 'product', 'location'; $promoter_min, $detractor_max, $top_boxes, $ces_variant
WITH placed AS (
    SELECT * REPLACE (CASE WHEN ces_variant = $ces_variant THEN ces END AS ces,
                      CASE WHEN list_contains($dimensions, 'channel') THEN channel END AS channel,
                      CASE WHEN list_contains($dimensions, 'product') THEN product END AS product,
                      CASE WHEN list_contains($dimensions, 'location') THEN location END AS location)
    FROM selected($filter)
)
SELECT channel, product, location, count(*) AS n,
       count(*) FILTER (nps >= $promoter_min) AS promoters,
       count(*) FILTER (nps > $detractor_max AND nps < $promoter_min) AS passives,
       count(*) FILTER (nps <= $detractor_max) AS detractors,
       count(*) FILTER (csat > csat_high - $top_boxes) AS csat_top, count(csat) AS csat_n,
       count(ces) AS ces_n, coalesce(sum(ces), 0) AS ces_total, coalesce(sum(ces * ces), 0) AS ces_squares,
       count(rating) AS rating_n, coalesce(sum(rating), 0) AS rating_total, coalesce(sum(rating * rating), 0) AS rating_squares,
       count(polarity) AS polarity_n, coalesce(sum(polarity), 0) AS polarity_total, coalesce(sum(polarity * polarity), 0) AS polarity_squares
FROM placed GROUP BY channel, product, location ORDER BY channel, product, location
