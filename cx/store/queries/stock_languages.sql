-- Languages of the feedback that is stored: one row per upload and language, and of all live feedback (batch NULL): batch, language, n.
WITH parts AS (
    SELECT batch, language FROM feedback UNION ALL SELECT NULL, language FROM feedback WHERE live
)
SELECT batch, language, count(*) AS n FROM parts WHERE language IS NOT NULL GROUP BY ALL ORDER BY batch DESC NULLS LAST, n DESC, language
