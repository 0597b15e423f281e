-- Temp table tally: one row per statement with a word that was learned: id, lean, lean_mass, judges, about_… per aspect: the sums over
-- all its words and phrases, in 1/1024.
CREATE OR REPLACE TEMP TABLE tally AS
WITH said AS (
    SELECT scope // 1048576 AS id, number FROM spoken
    UNION ALL
    SELECT scope // 1048576, -1 - phrase FROM (SELECT DISTINCT scope, phrase, rank FROM phrase_hit)
)
SELECT id, CAST(sum(lean) AS BIGINT) AS lean, CAST(sum(abs(lean)) AS BIGINT) AS lean_mass, CAST(sum(judges) AS BIGINT) AS judges,
    CAST(sum(COLUMNS('^(about_.*)$')) AS INTEGER) AS "\1"
FROM said JOIN bearing USING (number) GROUP BY id;
