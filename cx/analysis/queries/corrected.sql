-- Feedback that people have corrected: feedback
SELECT DISTINCT feedback FROM correction ORDER BY feedback
