-- One row per statement and aspect of a reading, with empty dimension and aspect where a statement names none.
SELECT s.text, s.statement, s.start, s.stop, s.polarity, s.label,
    coalesce(m.dimension, '') AS dimension, coalesce(m.aspect, '') AS aspect, m.polarity AS aspect_polarity
FROM read_statement s LEFT JOIN read_mention m ON m.text = s.text AND m.statement = s.statement
ORDER BY ALL
