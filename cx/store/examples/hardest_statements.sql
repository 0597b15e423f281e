-- The statements of the selection that judge the pillar resolution most harshly, with their places.
SELECT CAST(a.submitted_at AS DATE) AS day, a.channel, m.polarity,
       v.text[s.start + 1 : s.stop] AS statement
FROM mention m
JOIN statement s ON s.id = m.statement
JOIN verbatim v ON v.id = s.verbatim
JOIN auswahl a ON a.id = m.feedback
WHERE m.dimension = 'pillar' AND m.aspect = 'resolution'
ORDER BY m.polarity, day DESC
LIMIT 50
