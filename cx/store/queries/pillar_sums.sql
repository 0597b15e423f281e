-- One row per pillar that is named: sums of its score over the feedback that names it. Columns: pillar, n, total, squares.
-- Parameters: $filter STRUCT (macros.sql)
WITH summed AS MATERIALIZED (
    SELECT count(effort) AS effort_n, sum(effort) AS effort_total, sum(effort * effort) AS effort_squares,
           count(emotion) AS emotion_n, sum(emotion) AS emotion_total, sum(emotion * emotion) AS emotion_squares,
           count(expectation) AS expectation_n, sum(expectation) AS expectation_total, sum(expectation * expectation) AS expectation_squares,
           count(control) AS control_n, sum(control) AS control_total, sum(control * control) AS control_squares,
           count(trust) AS trust_n, sum(trust) AS trust_total, sum(trust * trust) AS trust_squares,
           count(resolution) AS resolution_n, sum(resolution) AS resolution_total, sum(resolution * resolution) AS resolution_squares
    FROM selected($filter) WHERE polarity IS NOT NULL
), named AS (
    SELECT 'effort' AS pillar, effort_n AS n, effort_total AS total, effort_squares AS squares FROM summed
    UNION ALL SELECT 'emotion', emotion_n, emotion_total, emotion_squares FROM summed
    UNION ALL SELECT 'expectation', expectation_n, expectation_total, expectation_squares FROM summed
    UNION ALL SELECT 'control', control_n, control_total, control_squares FROM summed
    UNION ALL SELECT 'trust', trust_n, trust_total, trust_squares FROM summed
    UNION ALL SELECT 'resolution', resolution_n, resolution_total, resolution_squares FROM summed
)
FROM named WHERE n > 0 ORDER BY pillar
