-- The saved segments, by name. Columns: those of segment.
SELECT name, query, made_at FROM segment ORDER BY lower(name), name
