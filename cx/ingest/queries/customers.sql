-- Pseudonyms of customers that a question can mean: the one that it comes to, or those that begin as it does. Columns: customer_key.
-- Parameters: $pseudonym, $beginning ('' for none)
WITH known AS (
    SELECT customer_key FROM feedback WHERE customer_key IS NOT NULL
    UNION
    SELECT unnest(map_values(cells)) FROM reject
)
SELECT customer_key FROM known
WHERE customer_key = $pseudonym
   OR ($beginning <> '' AND starts_with(customer_key, $beginning) AND regexp_full_match(customer_key, '[0-9a-f]{16}'))
ORDER BY customer_key
