-- One row per pillar: sums of the pillar's score over the feedback that names it.
-- Columns: pillar, n (feedback naming it), total, squares, negative, positive (counts by sign), base (feedback with text).
-- Parameters: $filter STRUCT (macros.sql)
-- (One pass over the rows: six times as many rows, one per pillar, took up to twice as long. count_if: with FILTER, 68 instead of 40 ms.)
WITH summed AS MATERIALIZED (
    SELECT count(*) AS base,
           count(effort) AS effort_n, sum(effort) AS effort_total, sum(effort * effort) AS effort_squares, CAST(count_if(effort < 0) AS BIGINT) AS effort_negative, CAST(count_if(effort > 0) AS BIGINT) AS effort_positive,
           count(emotion) AS emotion_n, sum(emotion) AS emotion_total, sum(emotion * emotion) AS emotion_squares, CAST(count_if(emotion < 0) AS BIGINT) AS emotion_negative, CAST(count_if(emotion > 0) AS BIGINT) AS emotion_positive,
           count(expectation) AS expectation_n, sum(expectation) AS expectation_total, sum(expectation * expectation) AS expectation_squares, CAST(count_if(expectation < 0) AS BIGINT) AS expectation_negative, CAST(count_if(expectation > 0) AS BIGINT) AS expectation_positive,
           count(control) AS control_n, sum(control) AS control_total, sum(control * control) AS control_squares, CAST(count_if(control < 0) AS BIGINT) AS control_negative, CAST(count_if(control > 0) AS BIGINT) AS control_positive,
           count(trust) AS trust_n, sum(trust) AS trust_total, sum(trust * trust) AS trust_squares, CAST(count_if(trust < 0) AS BIGINT) AS trust_negative, CAST(count_if(trust > 0) AS BIGINT) AS trust_positive,
           count(resolution) AS resolution_n, sum(resolution) AS resolution_total, sum(resolution * resolution) AS resolution_squares, CAST(count_if(resolution < 0) AS BIGINT) AS resolution_negative, CAST(count_if(resolution > 0) AS BIGINT) AS resolution_positive
    FROM selected($filter) WHERE polarity IS NOT NULL
), named AS (
    SELECT 'effort' AS pillar, effort_n AS n, effort_total AS total, effort_squares AS squares, effort_negative AS negative, effort_positive AS positive, base FROM summed
    UNION ALL SELECT 'emotion', emotion_n, emotion_total, emotion_squares, emotion_negative, emotion_positive, base FROM summed
    UNION ALL SELECT 'expectation', expectation_n, expectation_total, expectation_squares, expectation_negative, expectation_positive, base FROM summed
    UNION ALL SELECT 'control', control_n, control_total, control_squares, control_negative, control_positive, base FROM summed
    UNION ALL SELECT 'trust', trust_n, trust_total, trust_squares, trust_negative, trust_positive, base FROM summed
    UNION ALL SELECT 'resolution', resolution_n, resolution_total, resolution_squares, resolution_negative, resolution_positive, base FROM summed
)
FROM named WHERE n > 0 ORDER BY pillar
