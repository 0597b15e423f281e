-- One row per feedback of an upload that has a rating and German text, in order: feedback, rated (−1 … 1, macros.sql), body (its texts
-- as one, in lower case: equal ones are no evidence on each other). Parameters: $filter STRUCT of everything, $batch,
-- $promoter_min, $detractor_max
SELECT f.id AS feedback, f.rated, string_agg(lower(trim(v.text)), chr(10) ORDER BY v.ordinal) AS body
FROM rated($filter, $promoter_min, $detractor_max) f JOIN verbatim v ON v.feedback = f.id
WHERE f.batch = $batch AND f.rated IS NOT NULL AND f.polarity IS NOT NULL
GROUP BY f.id, f.rated ORDER BY f.id
