-- In how many negative feedbacks a word of five letters or more occurs.
WITH word AS (
    SELECT DISTINCT a.id, unnest(regexp_extract_all(lower(v.text), '[a-zäöüß]{5,}')) AS word
    FROM auswahl a JOIN verbatim v ON v.feedback = a.id
    WHERE a.label = 'negative'
)
SELECT word, count(*) AS feedbacks
FROM word
GROUP BY word
ORDER BY feedbacks DESC, word
LIMIT 30
