-- One row per bucket of feedback: sums of the products of every two of a constant (one), up to twelve survey items (i01 … i12, in the order of
-- $items, −1 worst to 1 best, unused ones 0) and the outcome (y), over the feedback that answers all items.
-- Columns: incomplete (feedback that answers some of them), "one one", "one i01", … "y y".
-- Parameters: $filter STRUCT (macros.sql); $items (wordings); $buckets; $outcome 'nps', 'csat', 'ces', 'rating'; $promoter_min, $detractor_max, $top_boxes, $ces_variant
WITH rated AS (
    SELECT id, outcome FROM with_outcome($filter, $outcome, $promoter_min, $detractor_max, $top_boxes, $ces_variant) WHERE outcome IS NOT NULL
), scores AS (
    SELECT feedback, outcome, list_position($items, wording) AS slot, avg(score) AS score
    FROM answer JOIN question ON question.id = answer.question JOIN rated ON rated.id = answer.feedback
    WHERE list_contains($items, wording) GROUP BY ALL
), wide AS (
    SELECT hash(feedback) % $buckets AS bucket, 1.0::DOUBLE AS one,
           coalesce(max(score) FILTER (slot = 1), 0) AS i01,
           coalesce(max(score) FILTER (slot = 2), 0) AS i02,
           coalesce(max(score) FILTER (slot = 3), 0) AS i03,
           coalesce(max(score) FILTER (slot = 4), 0) AS i04,
           coalesce(max(score) FILTER (slot = 5), 0) AS i05,
           coalesce(max(score) FILTER (slot = 6), 0) AS i06,
           coalesce(max(score) FILTER (slot = 7), 0) AS i07,
           coalesce(max(score) FILTER (slot = 8), 0) AS i08,
           coalesce(max(score) FILTER (slot = 9), 0) AS i09,
           coalesce(max(score) FILTER (slot = 10), 0) AS i10,
           coalesce(max(score) FILTER (slot = 11), 0) AS i11,
           coalesce(max(score) FILTER (slot = 12), 0) AS i12,
           any_value(outcome)::DOUBLE AS y, count(*) = len($items) AS complete
    FROM scores GROUP BY feedback
)
SELECT count(*) FILTER (NOT complete) AS incomplete,
       sum(one * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "one \0",
       sum(i01 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i01 \0",
       sum(i02 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i02 \0",
       sum(i03 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i03 \0",
       sum(i04 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i04 \0",
       sum(i05 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i05 \0",
       sum(i06 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i06 \0",
       sum(i07 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i07 \0",
       sum(i08 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i08 \0",
       sum(i09 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i09 \0",
       sum(i10 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i10 \0",
       sum(i11 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i11 \0",
       sum(i12 * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "i12 \0",
       sum(y * COLUMNS('^(one|i\d+|y)$')) FILTER (complete) AS "y \0"
FROM wide GROUP BY bucket ORDER BY bucket
