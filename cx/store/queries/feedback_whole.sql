-- One feedback with all its texts: one row per verbatim (one with NULL text where it has none).
-- Columns: those of feedback but what it names, and field, ordinal, question (NULL where none was asked), text, corrections (list of STRUCT start, stop, dimension, aspect, label, read_as).
-- Parameters: $feedback
SELECT f.* EXCLUDE (touchpoints, pairs, phases), v.field, v.ordinal, v.question, v.text, coalesce((
        SELECT list({'start': c.start, 'stop': c.stop, 'dimension': c.dimension, 'aspect': c.aspect, 'label': c.label, 'read_as': c.read_as}
            ORDER BY c.start, c.id)
        FROM correction c WHERE c.feedback = f.id AND c.field = v.field AND c.ordinal = v.ordinal), []) AS corrections
FROM feedback f LEFT JOIN verbatim v ON v.feedback = f.id
WHERE f.id = $feedback ORDER BY v.ordinal
