-- Which pillar and touchpoint are named in the same statement of the selection, and how the pillar is judged there.
SELECT p.aspect AS pillar, t.aspect AS touchpoint,
       count(DISTINCT p.feedback) AS n,
       round(avg(p.polarity), 2) AS polarity
FROM mention p
JOIN mention t ON t.statement = p.statement AND t.dimension = 'touchpoint'
JOIN auswahl a ON a.id = p.feedback
WHERE p.dimension = 'pillar'
GROUP BY ALL
HAVING n >= 10
ORDER BY n DESC
