-- Which of the incoming rows (blocks.ROW) are new, and which say another thing of a stored feedback: id, line, identity, replaces (the id of the stored
-- one). From incoming, and the temp tables of before.sql. Ids go by line: exports are in order of their dates, so that zone maps serve period filters.
-- Of several rows with one id of the source the first counts; equal contents without one are told apart by their number in the file. What is undone does
-- not count as stored: the rows of an undone upload stay its own, so that it can come back.
WITH seen AS (
    SELECT identity, sum(times) AS times FROM earlier SEMI JOIN incoming USING (identity) GROUP BY identity
), placed AS (
    SELECT line, content, identity, counted, row_number() OVER (PARTITION BY identity ORDER BY line) + coalesce(times, 0) AS occurrence
    FROM incoming LEFT JOIN seen USING (identity)
), identified AS (
    SELECT line, content, CASE WHEN counted THEN identity || ':' || occurrence ELSE identity END AS identity FROM placed WHERE counted OR occurrence = 1
)
SELECT row_number() OVER (ORDER BY i.line) + (SELECT coalesce(max(id), 0) FROM feedback) AS id, i.line, i.identity, s.id AS replaces
FROM identified i LEFT JOIN stored s USING (identity)
WHERE s.id IS NULL OR s.content <> i.content
