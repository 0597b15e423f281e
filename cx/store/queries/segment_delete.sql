-- Delete a segment. Parameters: $name
DELETE FROM segment WHERE name = $name
