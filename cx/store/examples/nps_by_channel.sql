-- The NPS of each channel of the selection, lowest first; channels with fewer than ten answers are left out.
SELECT channel,
       count(nps) AS n,
       round(100.0 * (count(*) FILTER (nps >= 9) - count(*) FILTER (nps <= 6)) / count(nps), 1) AS nps_points
FROM auswahl
GROUP BY channel
HAVING count(nps) >= 10
ORDER BY nps_points
