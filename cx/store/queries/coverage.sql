-- One row: how many statements of the selected feedback name at least one aspect, of those that were read (German ones).
-- Columns: statements, covered.
-- Parameters: $filter STRUCT (macros.sql)
WITH matched AS (SELECT id FROM statement WHERE label IS NOT NULL AND feedback IN (SELECT id FROM selected($filter)))
SELECT count(*) AS statements, count(*) FILTER (id IN (SELECT statement FROM mention)) AS covered FROM matched
