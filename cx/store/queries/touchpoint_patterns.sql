-- One row per pattern of the named touchpoints ($aspects, each −1 named negative, 0 not named or undecided, 1 named positive) and outcome
-- value, with its count. Columns: code (sum over touchpoints of sign × 3^place, places from 0), outcome, n.
-- Feedback without read text or without the outcome is left out.
-- Parameters: $filter STRUCT (macros.sql); $aspects; $outcome 'nps', 'csat', 'ces', 'rating'; $promoter_min, $detractor_max, $top_boxes, $ces_variant
WITH rated AS (
    SELECT id, outcome, touchpoints FROM with_outcome($filter, $outcome, $promoter_min, $detractor_max, $top_boxes, $ces_variant)
    WHERE outcome IS NOT NULL AND polarity IS NOT NULL
), named AS (
    SELECT id AS feedback, unnest(touchpoints, recursive := true) FROM rated
), codes AS (
    SELECT feedback, CAST(sum(sign(total) * pow(3, list_position($aspects, touchpoint) - 1)) AS INTEGER) AS code
    FROM named WHERE list_contains($aspects, touchpoint) GROUP BY feedback
)
SELECT coalesce(code, 0) AS code, outcome, count(*) AS n FROM rated LEFT JOIN codes ON feedback = id GROUP BY ALL ORDER BY ALL
