-- One row per correction in the customer's texts: feedback, text (the piece; NULL where it was deleted), dimension, aspect, label,
-- read_as, made_at. From personal.
SELECT c.feedback, v.text[c.start + 1 : c.stop] AS text, c.dimension, c.aspect, c.label, c.read_as, c.made_at
FROM correction c SEMI JOIN personal p ON p.feedback = c.feedback
LEFT JOIN verbatim v ON v.feedback = c.feedback AND v.field = c.field AND v.ordinal = c.ordinal
ORDER BY c.feedback, c.id
