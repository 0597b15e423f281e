-- One row per feedback with stars and read text, a fixed sample of them: rating (1–5), polarity, label, text (all its texts), total
-- (how many there are). Feedback that a person has corrected is left out. Parameters: $filter STRUCT (macros.sql); $size
WITH matched AS (
    SELECT id, rating, polarity, label FROM selected($filter)
    WHERE rating IS NOT NULL AND polarity IS NOT NULL AND id NOT IN (SELECT feedback FROM correction)
),
drawn AS (SELECT *, count(*) OVER () AS total FROM matched ORDER BY hash(id), id LIMIT $size)
SELECT d.rating, d.polarity, d.label, string_agg(v.text, chr(10) ORDER BY v.ordinal, v.field) AS text, d.total
FROM drawn d JOIN verbatim v ON v.feedback = d.id
GROUP BY d.id, d.rating, d.polarity, d.label, d.total ORDER BY hash(d.id), d.id
