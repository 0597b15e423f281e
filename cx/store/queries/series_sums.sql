-- One row per day with feedback, and per whether its date is exact: counts and sums of powers from which KPIs, pillars, their limits and shifts
-- follow for days, weeks and months. Columns: day, exact (false: known by the month or relative to the export; dates known by the year are left out), n;
-- promoters, passives, detractors; csat_top, csat_n; for ces (one variant), rating, polarity and each pillar <name>_<n|total|squares|cubes>.
-- A day without answers has NULL or 0. (count_if and one condition for the CES: with FILTER a third more CPU.)
-- Parameters: $filter STRUCT (macros.sql); $inexact precisions of date; $promoter_min, $detractor_max, $top_boxes, $ces_variant
WITH chosen AS (
    SELECT * REPLACE (CASE WHEN ces_variant = $ces_variant THEN ces END AS ces) FROM selected($filter)
)
SELECT CAST(submitted_at AS DATE) AS day, NOT list_contains($inexact, date_precision) AS exact, count(*) AS n,
       count_if(nps >= $promoter_min) AS promoters,
       count_if(nps > $detractor_max AND nps < $promoter_min) AS passives,
       count_if(nps <= $detractor_max) AS detractors,
       count_if(csat > csat_high - $top_boxes) AS csat_top, count(csat) AS csat_n,
       count(ces) AS ces_n, sum(ces) AS ces_total,
       sum(ces * ces) AS ces_squares, sum(ces * ces * ces) AS ces_cubes,
       count(rating) AS rating_n, sum(rating) AS rating_total, sum(rating * rating) AS rating_squares, sum(rating * rating * rating) AS rating_cubes,
       count(polarity) AS polarity_n, sum(polarity) AS polarity_total,
       sum(polarity * polarity) AS polarity_squares, sum(polarity * polarity * polarity) AS polarity_cubes,
       count(effort) AS effort_n, sum(effort) AS effort_total, sum(effort * effort) AS effort_squares, sum(effort * effort * effort) AS effort_cubes,
       count(emotion) AS emotion_n, sum(emotion) AS emotion_total, sum(emotion * emotion) AS emotion_squares, sum(emotion * emotion * emotion) AS emotion_cubes,
       count(expectation) AS expectation_n, sum(expectation) AS expectation_total,
       sum(expectation * expectation) AS expectation_squares, sum(expectation * expectation * expectation) AS expectation_cubes,
       count(control) AS control_n, sum(control) AS control_total, sum(control * control) AS control_squares, sum(control * control * control) AS control_cubes,
       count(trust) AS trust_n, sum(trust) AS trust_total, sum(trust * trust) AS trust_squares, sum(trust * trust * trust) AS trust_cubes,
       count(resolution) AS resolution_n, sum(resolution) AS resolution_total,
       sum(resolution * resolution) AS resolution_squares, sum(resolution * resolution * resolution) AS resolution_cubes
FROM chosen
WHERE submitted_at IS NOT NULL AND date_precision <> 'year'
GROUP BY ALL ORDER BY day, exact
