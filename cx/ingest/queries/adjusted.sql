-- Uploads with an adjustment among the texts that are to be read: batch, low, high: the ids of its feedback, which follow each other
-- (an import takes them from the largest on), from low up to, not including, high. No parameters.
SELECT f.batch, min(f.id) AS low, max(f.id) + 1 AS high
FROM feedback f SEMI JOIN fresh_text t ON t.feedback = f.id SEMI JOIN adjustment a ON a.batch = f.batch
GROUP BY f.batch ORDER BY low
