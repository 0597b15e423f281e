-- One row per month, channel and whether the text was read: counts and sums from which KPIs and pillars follow by adding up, as a whole, by
-- month, by channel and for periods of whole months. Columns: month (first day; NULL: without date), channel (NULL: none), read; those of
-- part_sums.sql without part.
-- Parameters: $filter STRUCT (macros.sql); $promoter_min, $detractor_max, $top_boxes, $ces_variant
-- (year and month, and count_if: with date_trunc and FILTER a tenth more CPU each. Sums of nothing are 0: a frame takes 8 ms longer where columns have gaps.)
WITH chosen AS (
    SELECT * REPLACE (CASE WHEN ces_variant = $ces_variant THEN ces END AS ces), year(submitted_at) AS y, month(submitted_at) AS m, polarity IS NOT NULL AS read
    FROM selected($filter)
), summed AS (
    SELECT y, m, channel, read, count(*) AS n,
           count_if(nps >= $promoter_min) AS promoters, count_if(nps > $detractor_max AND nps < $promoter_min) AS passives, count_if(nps <= $detractor_max) AS detractors,
           count_if(csat > csat_high - $top_boxes) AS csat_top, count(csat) AS csat_n,
           count(ces) AS ces_n, sum(ces) AS ces_total, sum(ces * ces) AS ces_squares,
           count(rating) AS rating_n, sum(rating) AS rating_total, sum(rating * rating) AS rating_squares,
           count(polarity) AS polarity_n, sum(polarity) AS polarity_total, sum(polarity * polarity) AS polarity_squares,
           count(effort) AS effort_n, sum(effort) AS effort_total, sum(effort * effort) AS effort_squares, count_if(effort < 0) AS effort_negative, count_if(effort > 0) AS effort_positive,
           count(emotion) AS emotion_n, sum(emotion) AS emotion_total, sum(emotion * emotion) AS emotion_squares, count_if(emotion < 0) AS emotion_negative, count_if(emotion > 0) AS emotion_positive,
           count(expectation) AS expectation_n, sum(expectation) AS expectation_total, sum(expectation * expectation) AS expectation_squares, count_if(expectation < 0) AS expectation_negative, count_if(expectation > 0) AS expectation_positive,
           count(control) AS control_n, sum(control) AS control_total, sum(control * control) AS control_squares, count_if(control < 0) AS control_negative, count_if(control > 0) AS control_positive,
           count(trust) AS trust_n, sum(trust) AS trust_total, sum(trust * trust) AS trust_squares, count_if(trust < 0) AS trust_negative, count_if(trust > 0) AS trust_positive,
           count(resolution) AS resolution_n, sum(resolution) AS resolution_total, sum(resolution * resolution) AS resolution_squares, count_if(resolution < 0) AS resolution_negative, count_if(resolution > 0) AS resolution_positive
    FROM chosen GROUP BY y, m, channel, read
)
SELECT make_date(y, m, 1) AS month, channel, read, coalesce(COLUMNS(* EXCLUDE (y, m, channel, read)), 0) FROM summed ORDER BY month, channel, read
