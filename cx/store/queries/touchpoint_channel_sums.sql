-- One row per touchpoint and channel: sums of the touchpoint's score over the feedback that names it. Feedback without channel has part NULL.
-- Columns: touchpoint, part (channel), n, total, squares.
-- Parameters: $filter STRUCT (macros.sql)
WITH chosen AS (
    SELECT id, channel AS part FROM selected($filter) WHERE polarity IS NOT NULL
), scores AS (
    SELECT aspect AS touchpoint, feedback, avg(polarity) AS score
    FROM mention WHERE dimension = 'touchpoint' AND feedback IN (SELECT id FROM chosen) GROUP BY ALL
)
SELECT touchpoint, part, count(*) AS n, sum(score) AS total, sum(score * score) AS squares
FROM scores JOIN chosen ON id = feedback GROUP BY ALL ORDER BY ALL
