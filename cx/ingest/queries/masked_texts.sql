-- The next texts of an upload: id, feedback, field, ordinal, text. Parameters: $batch, $after (id), $size
SELECT id, feedback, field, ordinal, text FROM verbatim WHERE batch = $batch AND id > $after ORDER BY id LIMIT $size
