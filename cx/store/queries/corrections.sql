-- What people have corrected, newest first. Columns: id, feedback, source, channel, field, ordinal, start, stop, text (the piece as
-- stored), dimension, aspect, label, read_as (what the reader says instead), made_at.
SELECT c.id, c.feedback, f.source, f.channel, c.field, c.ordinal, c.start, c.stop, v.text[c.start + 1 : c.stop] AS text,
       c.dimension, c.aspect, c.label, c.read_as, c.made_at
FROM correction c JOIN feedback f ON f.id = c.feedback
JOIN verbatim v ON v.feedback = c.feedback AND v.field = c.field AND v.ordinal = c.ordinal
WHERE f.live
ORDER BY c.made_at DESC, c.id DESC
