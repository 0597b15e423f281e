-- One row for the whole selection (part '', the first row) and one per part, ascending: counts and sums from which every KPI and pillar and its interval follow.
-- Columns: part, n; promoters, passives, detractors; csat_top, csat_n; ces_<n|total|squares> of one variant; the same for rating and polarity; for each
-- pillar, of the feedback naming it, <name>_<n|total|squares> and <name>_<negative|positive> (counts by sign).
-- Parameters: $filter STRUCT (macros.sql); $by (the parts of the macro parted; '': the whole only); $promoter_min, $detractor_max, $top_boxes, $ces_variant
WITH parts AS (
    SELECT * REPLACE (CASE WHEN ces_variant = $ces_variant THEN ces END AS ces,
        CASE WHEN polarity IS NOT NULL THEN effort END AS effort, CASE WHEN polarity IS NOT NULL THEN emotion END AS emotion, CASE WHEN polarity IS NOT NULL THEN expectation END AS expectation,
        CASE WHEN polarity IS NOT NULL THEN control END AS control, CASE WHEN polarity IS NOT NULL THEN trust END AS trust, CASE WHEN polarity IS NOT NULL THEN resolution END AS resolution)
    FROM parted($filter, $by)
)
SELECT CASE WHEN grouping(part) = 1 THEN '' ELSE coalesce(part, strftime(part_start, '%Y-%m-%d')) END AS part, count(*) AS n,
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
FROM parts GROUP BY GROUPING SETS ((part, part_start), ())
HAVING grouping(part) = 1 OR part IS NOT NULL OR part_start IS NOT NULL ORDER BY grouping(part) DESC, part
