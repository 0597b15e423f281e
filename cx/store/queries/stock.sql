-- What the uploads hold: one row per upload, newest first, and one of all live feedback (batch NULL), the last. Columns: batch, n (versions of feedback that
-- are stored); with_text, with_rating, with_nps, with_date, with_channel, with_product, with_location; text_deleted (read once, kept no
-- longer), star_only (a rating, and never a text); before_2000, in_future (more than a day after the import); same_text (feedback whose texts another
-- has too, letter for letter: in lower case it would take six times as long), text_median, text_p90 (characters of all texts of a feedback). Shares of text refer to with_text.
WITH texts AS (
    SELECT feedback, sum(length(text)) AS characters, bit_xor(hash(text, ordinal)) AS wording
    FROM verbatim GROUP BY feedback
), read AS (SELECT DISTINCT feedback FROM statement),
feedbacks AS (
    SELECT f.batch, f.live, f.rating, f.nps, f.submitted_at, f.channel, f.product, f.location, t.characters, t.wording,
           r.feedback IS NOT NULL AS was_read, f.submitted_at > b.imported_at + INTERVAL 1 DAY AS is_future
    FROM feedback f JOIN batch b ON b.id = f.batch LEFT JOIN texts t ON t.feedback = f.id LEFT JOIN read r ON r.feedback = f.id
), parts AS (
    SELECT *, batch AS part FROM feedbacks UNION ALL SELECT *, NULL FROM feedbacks WHERE live
), alike AS (
    SELECT part, sum(n) AS same_text
    FROM (SELECT part, wording, count(*) AS n FROM parts WHERE wording IS NOT NULL GROUP BY ALL HAVING n > 1) GROUP BY part
), counted AS (
    SELECT part, count(*) AS n, count(characters) AS with_text, count(rating) AS with_rating, count(nps) AS with_nps,
           count(submitted_at) AS with_date, count(channel) AS with_channel, count(product) AS with_product,
           count(location) AS with_location, count(*) FILTER (characters IS NULL AND was_read) AS text_deleted,
           count(*) FILTER (characters IS NULL AND NOT was_read AND rating IS NOT NULL) AS star_only,
           count(*) FILTER (submitted_at < TIMESTAMP '2000-01-01') AS before_2000,
           count(*) FILTER (is_future) AS in_future,
           median(characters) AS text_median, quantile_cont(characters, 0.9) AS text_p90
    FROM parts GROUP BY part
)
SELECT c.part AS batch, c.* EXCLUDE (part), coalesce(a.same_text, 0) AS same_text
FROM counted c LEFT JOIN alike a ON a.part IS NOT DISTINCT FROM c.part ORDER BY batch DESC NULLS LAST
