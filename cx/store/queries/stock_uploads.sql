-- What every upload once was, newest first. Columns: batch, demo, source, file_name, imported_at, undone_at (NULL: counts), preset, privacy_rules, text_model,
-- taxonomy; rows, added, updated, duplicates, rejected, left_out; masked, doubtful (maps of counts).
SELECT id AS batch, demo, source, file_name, imported_at, undone_at, preset, privacy_rules, text_model, taxonomy,
       rows, added, updated, duplicates, rejected, left_out, masked, doubtful
FROM batch ORDER BY id DESC
