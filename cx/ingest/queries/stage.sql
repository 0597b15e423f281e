-- Temp table fresh: which of the incoming rows are new, and which say another thing of a stored feedback: id, line, identity, replaces (the id of the
-- stored one). Ids are in order of the date (zone maps serve period filters). Equal contents without an id of the source are told apart by their number
-- in the file. What is undone does not count as stored: the rows of an undone upload stay its own, so that it can come back.
CREATE OR REPLACE TEMP TABLE fresh AS
WITH identified AS (
    SELECT line, submitted_at, content, identity FROM incoming WHERE NOT counted
    UNION ALL
    SELECT line, submitted_at, content, identity || ':' || row_number() OVER (PARTITION BY identity ORDER BY line) FROM incoming WHERE counted
),
once AS (
    SELECT identity, min(line) AS line, arg_min_null(submitted_at, line) AS submitted_at, arg_min(content, line) AS content
    FROM identified GROUP BY identity
)
SELECT row_number() OVER (ORDER BY o.submitted_at NULLS FIRST, o.line) + (SELECT coalesce(max(id), 0) FROM feedback) AS id,
    o.line, o.identity, s.id AS replaces
FROM once o LEFT JOIN stored s USING (identity)
WHERE s.id IS NULL OR s.content <> o.content;
