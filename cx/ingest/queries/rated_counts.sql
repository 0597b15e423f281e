-- One row per own upload that counts: batch, negative, neutral, positive: its feedback with rating and German text by the side of the rating; and
-- learned_from, learned_at of its adjustment (NULL: none).
-- Parameters: $filter STRUCT of everything, $promoter_min, $detractor_max
WITH counted AS (
    SELECT batch, count(*) FILTER (rated < 0) AS negative, count(*) FILTER (rated = 0) AS neutral, count(*) FILTER (rated > 0) AS positive
    FROM rated($filter, $promoter_min, $detractor_max) WHERE rated IS NOT NULL AND polarity IS NOT NULL
        AND id IN (SELECT feedback FROM verbatim)
    GROUP BY batch
),
known AS (SELECT batch, max(feedbacks) AS learned_from, max(learned_at) AS learned_at FROM adjustment GROUP BY batch)
SELECT b.id AS batch, coalesce(c.negative, 0) AS negative, coalesce(c.neutral, 0) AS neutral, coalesce(c.positive, 0) AS positive,
       k.learned_from, k.learned_at
FROM batch b LEFT JOIN counted c ON c.batch = b.id LEFT JOIN known k ON k.batch = b.id
WHERE NOT b.demo AND b.undone_at IS NULL ORDER BY b.id DESC
