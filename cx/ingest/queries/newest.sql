-- Of each identity that an upload holds, the newest version among uploads that are not undone is live. Parameters: $batch
UPDATE feedback SET live = coalesce(feedback.id = n.newest, false)
FROM (
    SELECT f.identity, b.demo, max(f.id) FILTER (b.undone_at IS NULL) AS newest
    FROM feedback f JOIN batch b ON b.id = f.batch
    WHERE f.identity IN (SELECT identity FROM feedback WHERE batch = $batch)
    GROUP BY f.identity, b.demo
) n, batch o
WHERE feedback.identity = n.identity AND o.id = feedback.batch AND o.demo = n.demo;
