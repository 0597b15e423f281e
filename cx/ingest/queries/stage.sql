-- Temp table fresh: the incoming rows that are new, and those that say another thing of a stored feedback (replaces: its id), with their ids, in order of
-- their date (zone maps serve period filters). Equal contents without an id of the source are told apart by their number in the file.
-- Own rows are compared with own ones only: demo data go with the first own import. What is undone does not count as stored: the
-- rows of an undone upload stay its own, so that it can come back. Parameters: $demo
CREATE OR REPLACE TEMP TABLE identified AS
SELECT * REPLACE (CASE WHEN counted THEN identity || ':' || row_number() OVER (PARTITION BY identity ORDER BY line) ELSE identity END AS identity)
FROM incoming;

CREATE OR REPLACE TEMP TABLE stored AS
SELECT f.id, f.identity, f.content FROM feedback f JOIN batch b ON b.id = f.batch WHERE f.live AND b.demo = $demo;

CREATE OR REPLACE TEMP TABLE fresh AS
WITH once AS (FROM identified QUALIFY row_number() OVER (PARTITION BY identity ORDER BY line) = 1),
compared AS (SELECT o.*, s.id AS replaces, s.content AS content_before FROM once o LEFT JOIN stored s USING (identity))
SELECT row_number() OVER (ORDER BY submitted_at NULLS FIRST, line) + (SELECT coalesce(max(id), 0) FROM feedback) AS id,
    * EXCLUDE (counted, content_before)
FROM compared WHERE replaces IS NULL OR content_before <> content;
