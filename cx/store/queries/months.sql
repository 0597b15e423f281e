-- One row per month with feedback: month (first day), n. Parameters: $filter STRUCT (macros.sql)
SELECT CAST(date_trunc('month', submitted_at) AS DATE) AS month, count(*) AS n, CAST(min(submitted_at) AS DATE) AS first_day, CAST(max(submitted_at) AS DATE) AS last_day
FROM selected($filter) WHERE submitted_at IS NOT NULL GROUP BY month ORDER BY month
