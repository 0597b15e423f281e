-- The uploads, newest first. Columns: those of batch, and first_day, last_day of their feedback.
SELECT b.id, b.demo, b.source, b.file_name, b.rows, b.added, b.duplicates, b.rejected, b.text_model, b.taxonomy, b.imported_at,
       CAST(min(f.submitted_at) AS DATE) AS first_day, CAST(max(f.submitted_at) AS DATE) AS last_day
FROM batch b LEFT JOIN feedback f ON f.batch = b.id
GROUP BY ALL ORDER BY b.id DESC
