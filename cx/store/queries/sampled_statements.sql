-- Of one feedback in $every the statements that the Filter's aspects and labels match: statement. Parameters: $filter STRUCT (macros.sql), $every
SELECT id AS statement FROM spoken($filter) WHERE hash(feedback) % CAST($every AS UBIGINT) = 0
