-- Temp table fresh: the incoming rows that are not stored yet, with their ids, in order of their date (zone maps serve period filters).
-- incoming: columns of feedback without id, batch and scores, and line, title, text. Own rows are compared with own ones only:
-- demo data go with the first own import. Parameters: $demo
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT row_number() OVER (ORDER BY submitted_at NULLS FIRST, line) + (SELECT coalesce(max(id), 0) FROM feedback) AS id, *
FROM incoming
WHERE identity NOT IN (SELECT f.identity FROM feedback f JOIN batch b ON b.id = f.batch WHERE b.demo = $demo)
QUALIFY row_number() OVER (PARTITION BY identity ORDER BY line) = 1;
