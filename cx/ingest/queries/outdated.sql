-- Temp table outdated: own feedback (feedback) that is older than $months, undated feedback by its import, and still has a text or a
-- reply. Temp table outdated_reject: own uploads (batch) of that age that still have refused rows. Parameters: $now, $months
CREATE OR REPLACE TEMP TABLE outdated AS
SELECT f.id AS feedback FROM feedback f JOIN batch b ON b.id = f.batch
WHERE NOT b.demo AND coalesce(f.submitted_at, b.imported_at) < CAST($now AS TIMESTAMP) - to_months(CAST($months AS INTEGER))
  AND (f.reply IS NOT NULL OR f.id IN (SELECT feedback FROM verbatim));

CREATE OR REPLACE TEMP TABLE outdated_reject AS
SELECT b.id AS batch FROM batch b SEMI JOIN reject r ON r.batch = b.id
WHERE NOT b.demo AND b.imported_at < CAST($now AS TIMESTAMP) - to_months(CAST($months AS INTEGER));
