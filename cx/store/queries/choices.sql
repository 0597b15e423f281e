-- What can be chosen: one row per dimension of the filter bar and value that occurs, most frequent first; dimension 'question': the rated questions of
-- surveys, by the uploads that ask them. Columns: dimension, value, n.
WITH listed AS (
    UNPIVOT (SELECT channel, source, product, location, language, kind FROM feedback WHERE live)
    ON channel, source, product, location, language, kind INTO NAME dimension VALUE value
), asked AS (
    FROM listed
    UNION ALL SELECT 'question', wording FROM question WHERE batch IN (SELECT id FROM batch WHERE undone_at IS NULL)
)
SELECT dimension, value, count(*) AS n FROM asked GROUP BY ALL ORDER BY dimension, n DESC, value
