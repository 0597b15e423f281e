-- What a selection is made of: one row per dimension and value that occurs, most frequent first. Columns: dimension, value, n.
-- Parameters: $filter STRUCT (macros.sql)
WITH listed AS (
    UNPIVOT (SELECT channel, product, location FROM selected($filter)) ON channel, product, location INTO NAME dimension VALUE value
)
SELECT dimension, value, count(*) AS n FROM listed GROUP BY ALL ORDER BY dimension, n DESC, value
