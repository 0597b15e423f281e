-- The texts of the fresh rows, one row each: text (its id), feedback, line, field, ordinal, question, body. From fresh, incoming and incoming_text.
SELECT row_number() OVER (ORDER BY feedback, ordinal) + (SELECT coalesce(max(id), 0) FROM verbatim) AS text, *
FROM (
    SELECT id AS feedback, line, 'title' AS field, 0 AS ordinal, NULL AS question, title AS body
    FROM fresh JOIN incoming USING (line) WHERE title <> ''
    UNION ALL
    SELECT id, line, 'text', 1, NULL, text FROM fresh JOIN incoming USING (line) WHERE text <> ''
    UNION ALL
    SELECT f.id, f.line, t.field, t.ordinal, t.question, t.text FROM fresh f JOIN incoming_text t USING (line)
)
