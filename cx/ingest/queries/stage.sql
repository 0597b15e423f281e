-- Temp table fresh: the incoming rows that are new, and those that say another thing of a stored feedback (replaces: its id), with their ids, in order of
-- their date (zone maps serve period filters). Equal contents without an id of the source are told apart by their number in the file.
-- What is undone does not count as stored: the rows of an undone upload stay its own, so that it can come back.
CREATE OR REPLACE TEMP TABLE fresh AS
WITH identified AS (
    SELECT line, submitted_at, content,
        CASE WHEN counted THEN identity || ':' || row_number() OVER (PARTITION BY identity ORDER BY line) ELSE identity END AS identity
    FROM incoming
),
once AS (FROM identified QUALIFY row_number() OVER (PARTITION BY identity ORDER BY line) = 1),
compared AS (
    SELECT o.line, o.submitted_at, o.identity, s.id AS replaces FROM once o LEFT JOIN stored s USING (identity)
    WHERE s.id IS NULL OR s.content <> o.content
),
-- Rows are numbered without their texts, which would have to be sorted as well.
numbered AS (
    SELECT row_number() OVER (ORDER BY submitted_at NULLS FIRST, line) + (SELECT coalesce(max(id), 0) FROM feedback) AS id,
        line, identity, replaces
    FROM compared
)
SELECT n.id, i.* EXCLUDE (counted) REPLACE (n.identity AS identity), n.replaces FROM numbered n JOIN incoming i USING (line);
