-- The next replies of an upload: id, text. Parameters: $batch, $after (id), $size
SELECT id, reply AS text FROM feedback WHERE batch = $batch AND id > $after AND reply IS NOT NULL ORDER BY id LIMIT $size
