-- Keep a segment. Parameters: $name, $query, $made_at
INSERT INTO segment VALUES ($name, $query, $made_at)
