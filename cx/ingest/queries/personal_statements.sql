-- One row per statement of the customer's texts and aspect named in it (one with NULL aspect where none is): feedback, text (the piece;
-- NULL where it was deleted), label, polarity, dimension, aspect, aspect_label, aspect_polarity, evidence (list of words). From personal.
SELECT s.feedback, v.text[s.start + 1 : s.stop] AS text, s.label, s.polarity, m.dimension, m.aspect, m.label AS aspect_label,
       m.polarity AS aspect_polarity, m.evidence
FROM statement s SEMI JOIN personal p ON p.feedback = s.feedback
LEFT JOIN verbatim v ON v.id = s.verbatim LEFT JOIN mention m ON m.statement = s.id
ORDER BY s.feedback, s.id, m.dimension, m.aspect
