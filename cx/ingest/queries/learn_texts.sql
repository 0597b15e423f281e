-- One row per labelled text of this chunk, in order: text, total, mass (its bare sums, in 1/1024). No parameters.
SELECT l.text, sum(coalesce(b.total, 0)) AS total, sum(coalesce(b.mass, 0)) AS mass
FROM labelled_statement l JOIN read_statement b USING (id) GROUP BY l.text ORDER BY l.text
