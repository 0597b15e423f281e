-- The uploads, newest first. Columns: those of batch (undone_at: NaT while it counts), and first_day, last_day of their feedback, live: how
-- many of them count now.
SELECT b.id, b.demo, b.source, b.file_name, b.rows, b.added, b.updated, b.duplicates, b.rejected, b.left_out, b.undone_at, b.preset,
       b.privacy_rules, b.text_model, b.taxonomy, b.imported_at,
       CAST(min(f.submitted_at) AS DATE) AS first_day, CAST(max(f.submitted_at) AS DATE) AS last_day,
       count(*) FILTER (f.live) AS live
FROM batch b LEFT JOIN feedback f ON f.batch = b.id
GROUP BY ALL ORDER BY b.id DESC
