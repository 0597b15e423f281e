-- What the filter bar offers: one row per dimension and value that occurs, most frequent first. Columns: dimension, value, n.
WITH listed AS (
    UNPIVOT (SELECT channel, source, product, location, language, kind FROM feedback WHERE live)
    ON channel, source, product, location, language, kind INTO NAME dimension VALUE value
)
SELECT dimension, value, count(*) AS n FROM listed GROUP BY ALL ORDER BY dimension, n DESC, value
