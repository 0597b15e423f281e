-- One row for the selected feedback with read text, one for the others: sums of the outcome.
-- Columns: read (BOOLEAN), n, total, squares.
-- Parameters: $filter STRUCT (macros.sql); $outcome 'nps', 'csat', 'ces', 'rating'; $promoter_min, $detractor_max, $top_boxes, $ces_variant
SELECT polarity IS NOT NULL AS read, count(*) AS n, sum(outcome) AS total, sum(outcome * outcome) AS squares
FROM with_outcome($filter, $outcome, $promoter_min, $detractor_max, $top_boxes, $ces_variant)
WHERE outcome IS NOT NULL GROUP BY ALL ORDER BY ALL
