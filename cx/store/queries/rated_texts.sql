-- One row per feedback with stars and German text, a fixed sample of them: rating (1–5), text (all its texts, a line each), total (how
-- many there are). Parameters: $filter STRUCT (macros.sql); $size
WITH matched AS (SELECT id, rating FROM selected($filter) WHERE rating IS NOT NULL AND polarity IS NOT NULL
    AND id IN (SELECT feedback FROM verbatim)),
drawn AS (SELECT *, count(*) OVER () AS total FROM matched ORDER BY hash(id), id LIMIT $size)
SELECT d.rating, string_agg(v.text, chr(10) ORDER BY v.ordinal, v.field) AS text, d.total
FROM drawn d JOIN verbatim v ON v.feedback = d.id
GROUP BY d.id, d.rating, d.total ORDER BY hash(d.id), d.id
