-- One row per filled cell of the customer's refused rows: batch, file_name, line, reason, header, cell. From personal_reject.
WITH refused AS (
    SELECT r.batch, r.line, r.reason, unnest(map_entries(r.cells)) AS entry FROM reject r SEMI JOIN personal_reject USING (batch, line)
)
SELECT r.batch, b.file_name, r.line, r.reason, r.entry.key AS header, r.entry.value AS cell
FROM refused r JOIN batch b ON b.id = r.batch WHERE r.entry.value <> '' ORDER BY r.batch, r.line
