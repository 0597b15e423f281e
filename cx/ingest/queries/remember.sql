-- The mapping confirmed for a layout replaces an older one. Parameters: $headers, $mapping, $now
DELETE FROM mapping_memory WHERE headers = $headers;
INSERT INTO mapping_memory BY NAME SELECT $headers AS headers, CAST($mapping AS JSON) AS mapping, $now AS confirmed_at;
