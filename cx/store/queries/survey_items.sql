-- One row per rated survey question that the selected feedback with the outcome answers; the same wording in several uploads is one question.
-- Columns: item (its wording), n. Most answered first.
-- Parameters: $filter STRUCT (macros.sql); $outcome 'nps', 'csat', 'ces', 'rating'; $promoter_min, $detractor_max, $top_boxes, $ces_variant
WITH rated AS (
    SELECT id FROM with_outcome($filter, $outcome, $promoter_min, $detractor_max, $top_boxes, $ces_variant) WHERE outcome IS NOT NULL
)
SELECT wording AS item, count(DISTINCT feedback) AS n
FROM answer JOIN question ON question.id = answer.question SEMI JOIN rated ON rated.id = answer.feedback
GROUP BY wording ORDER BY n DESC, item
