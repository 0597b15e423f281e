-- One row: how many statements and feedbacks the Filter matches, and how many of the statements are of each label;
-- without statements whose text was deleted.
-- Columns: statements, feedbacks, negative, neutral, positive, mixed, unread (in another language). Parameters: $filter STRUCT (macros.sql)
WITH matched AS (
    FROM spoken($filter) WHERE feedback IN (SELECT id FROM selected($filter)) AND stop > 0
)
SELECT count(*) AS statements, count(DISTINCT feedback) AS feedbacks,
       count(*) FILTER (label = 'negative') AS negative, count(*) FILTER (label = 'neutral') AS neutral,
       count(*) FILTER (label = 'positive') AS positive, count(*) FILTER (label = 'mixed') AS mixed,
       count(*) FILTER (label IS NULL) AS unread
FROM matched
