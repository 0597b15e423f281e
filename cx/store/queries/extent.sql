-- One row: what a Filter selects. Columns: n, with_text (text that was read), foreign_text (text in another language, not read),
-- undated, first_day, last_day, months (the first days of those with feedback, ascending), imported_at,
-- nps, csat, ces_1, ces_2 (answers per variant), rating (answers).
-- Parameters: $filter STRUCT (macros.sql)
-- (By days first: dates and months are then those of some hundred rows. min with a number: a list of so many, ascending; list is no
-- function for queries of one's own, and this query is shown as one.)
WITH days AS (
    SELECT CAST(submitted_at AS DATE) AS day, count(*) AS n, count(polarity) AS with_text, count(nps) AS nps, count(csat) AS csat,
           count_if(ces_variant = '1.0') AS ces_1, count_if(ces_variant = '2.0') AS ces_2, count(rating) AS rating
    FROM selected($filter) GROUP BY day
), months AS (
    SELECT DISTINCT date_trunc('month', day) AS month FROM days WHERE day IS NOT NULL
)
SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS n, CAST(coalesce(sum(with_text), 0) AS BIGINT) AS with_text,
       (SELECT count(DISTINCT feedback) FROM verbatim WHERE feedback IN (
           SELECT id FROM selected($filter) WHERE language <> 'de' AND polarity IS NULL)) AS foreign_text,
       CAST(coalesce(sum(n) FILTER (day IS NULL), 0) AS BIGINT) AS undated, min(day) AS first_day, max(day) AS last_day,
       (SELECT coalesce(min(month, 12000), []) FROM months) AS months, (SELECT max(imported_at) FROM batch) AS imported_at,
       CAST(coalesce(sum(nps), 0) AS BIGINT) AS nps, CAST(coalesce(sum(csat), 0) AS BIGINT) AS csat,
       CAST(coalesce(sum(ces_1), 0) AS BIGINT) AS ces_1, CAST(coalesce(sum(ces_2), 0) AS BIGINT) AS ces_2,
       CAST(coalesce(sum(rating), 0) AS BIGINT) AS rating
FROM days
