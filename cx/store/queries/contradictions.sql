-- Feedback whose words and rating disagree strongly, strongest first. The rating is that of the stars, else of NPS, else of CSAT.
-- Columns: those of feedback that are shown, rated (−1…1), strength (distance of words and rating, up to 2), text (title and text).
-- Parameters: $filter STRUCT (macros.sql); $rated, $worded (least distance of either from the middle); $size, $offset;
-- $promoter_min, $detractor_max
WITH judged AS (FROM rated($filter, $promoter_min, $detractor_max) WHERE polarity IS NOT NULL AND rated IS NOT NULL
    AND id IN (SELECT feedback FROM verbatim)),
page AS (
    SELECT *, abs(rated - polarity) AS strength FROM judged
    WHERE abs(rated) >= $rated AND abs(polarity) >= $worded AND rated * polarity < 0
    ORDER BY strength DESC, submitted_at DESC NULLS LAST, id DESC LIMIT $size OFFSET $offset
), texts AS (
    SELECT feedback, string_agg(text, chr(10) ORDER BY ordinal) AS text FROM verbatim
    WHERE feedback IN (SELECT id FROM page) GROUP BY feedback
)
SELECT page.id AS feedback, batch, t.text, polarity, label, rated, strength, submitted_at, date_precision, channel, source, product, language,
       rating, nps, csat, csat_high, ces, ces_variant
FROM page JOIN texts t ON t.feedback = page.id
ORDER BY strength DESC, submitted_at DESC NULLS LAST, page.id DESC
