-- Of one selected feedback in $every: id. Parameters: $filter STRUCT (macros.sql), $every
SELECT id FROM selected($filter) WHERE hash(id) % $every = 0
