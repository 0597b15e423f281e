-- One row per pattern of the six pillars (−1 named negative, 0 not named or undecided, 1 named positive) and outcome value, with its count;
-- feedback without read text apart (read false). Columns: read, effort, emotion, expectation, control, trust, resolution, outcome, n. Feedback
-- without the outcome is left out.
-- Outcome: NPS −100/0/100, CSAT 0/100, CES and rating on their scales (ARCHITECTURE.md, agreement 7; docs/decisions.md).
-- Parameters: $filter STRUCT (macros.sql); $outcome 'nps', 'csat', 'ces', 'rating'; $promoter_min, $detractor_max, $top_boxes, $ces_variant
WITH scored AS (
    FROM with_outcome($filter, $outcome, $promoter_min, $detractor_max, $top_boxes, $ces_variant) WHERE outcome IS NOT NULL
)
SELECT polarity IS NOT NULL AS read,
       coalesce(sign(effort), 0) AS effort, coalesce(sign(emotion), 0) AS emotion, coalesce(sign(expectation), 0) AS expectation,
       coalesce(sign(control), 0) AS control, coalesce(sign(trust), 0) AS trust, coalesce(sign(resolution), 0) AS resolution,
       outcome, count(*) AS n
FROM scored GROUP BY ALL ORDER BY ALL
