-- The statements of the selected feedback that the Filter's aspects and labels match, of one feedback in $every. Column: statement.
-- Parameters: $filter STRUCT (macros.sql), $every
SELECT s.id AS statement FROM spoken($filter) s
WHERE s.polarity IS NOT NULL AND hash(s.feedback) % $every = 0
  AND s.feedback IN (SELECT id FROM selected($filter) WHERE hash(id) % $every = 0)
