-- One customer leaves every table; the uploads keep the counts of what they once brought. Where somebody else's version of the same
-- identity is left (two star-only reviews alike), the newest one is live. From personal and personal_reject.
DELETE FROM mention WHERE feedback IN (SELECT feedback FROM personal);
DELETE FROM statement WHERE feedback IN (SELECT feedback FROM personal);
DELETE FROM verbatim WHERE feedback IN (SELECT feedback FROM personal);
DELETE FROM answer WHERE feedback IN (SELECT feedback FROM personal);
DELETE FROM correction WHERE feedback IN (SELECT feedback FROM personal);
DELETE FROM feedback WHERE id IN (SELECT feedback FROM personal);
DELETE FROM reject USING personal_reject p WHERE reject.batch = p.batch AND reject.line = p.line;
UPDATE feedback SET live = coalesce(feedback.id = n.newest, false)
FROM (
    SELECT f.identity, b.demo, max(f.id) FILTER (b.undone_at IS NULL) AS newest
    FROM feedback f JOIN batch b ON b.id = f.batch SEMI JOIN personal p ON p.identity = f.identity AND p.demo = b.demo
    GROUP BY f.identity, b.demo
) n, batch o
WHERE feedback.identity = n.identity AND o.id = feedback.batch AND o.demo = n.demo;
