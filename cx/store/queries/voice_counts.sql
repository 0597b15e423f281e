-- One row: how many statements and feedbacks the Filter matches, and how many of the statements are of each label;
-- without statements whose text was deleted.
-- Columns: statements, feedbacks, negative, neutral, positive, mixed, unread (in another language). Parameters: $filter STRUCT (macros.sql)
-- (A join, as ids are unique: DuckDB then finds feedback by place, not by hash. A bit for each id: half of what DISTINCT costs.)
WITH matched AS (
    SELECT s.feedback, s.label FROM spoken($filter) s JOIN selected($filter) f ON f.id = s.feedback WHERE s.stop > 0
)
SELECT count(*) AS statements, coalesce(bit_count(bitstring_agg(feedback)), 0) AS feedbacks,
       count(*) FILTER (label = 'negative') AS negative, count(*) FILTER (label = 'neutral') AS neutral,
       count(*) FILTER (label = 'positive') AS positive, count(*) FILTER (label = 'mixed') AS mixed,
       count(*) FILTER (label IS NULL) AS unread
FROM matched
