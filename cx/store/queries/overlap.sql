-- One row: n, how many feedbacks two Filters share. Parameters: $filter, $other STRUCT (macros.sql)
SELECT count(*) AS n FROM selected($filter) WHERE id IN (SELECT id FROM selected($other))
