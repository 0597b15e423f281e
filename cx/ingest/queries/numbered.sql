-- The texts that hold statements, as placed, with the id of their first statement. Ids go by text, so that it follows from how many the texts before it
-- have. From placed and found_statement.
SELECT p.*, CAST(sum(n.statements) OVER (ORDER BY p.text) - n.statements + 1 + (SELECT coalesce(max(id), 0) FROM statement) AS BIGINT) AS first
FROM placed p JOIN (SELECT text AS given, count(*) AS statements FROM found_statement GROUP BY text) n USING (given)
