-- How people speak of the pillar resolution, month by month; months in which fewer than ten do are left out.
SELECT CAST(date_trunc('month', submitted_at) AS DATE) AS month,
       round(avg(resolution), 3) AS resolution,
       count(resolution) AS n
FROM auswahl
WHERE submitted_at IS NOT NULL
GROUP BY month
HAVING count(resolution) >= 10
ORDER BY month
