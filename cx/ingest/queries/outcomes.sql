-- What became of each row of the file that was usable: line, outcome (cx.ingest.importing.Outcome). From incoming and fresh.
SELECT i.line, CASE WHEN f.line IS NULL THEN 'unchanged' WHEN f.replaces IS NOT NULL THEN 'updated' ELSE 'new' END AS outcome
FROM incoming i LEFT JOIN fresh f USING (line)
