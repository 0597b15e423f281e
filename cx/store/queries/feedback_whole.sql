-- One feedback with all its texts: one row per verbatim (one with NULL text where it has none).
-- Columns: those of feedback, and field, ordinal, text. Parameters: $feedback
SELECT f.*, v.field, v.ordinal, v.text
FROM feedback f LEFT JOIN verbatim v ON v.feedback = f.id
WHERE f.id = $feedback ORDER BY v.ordinal
