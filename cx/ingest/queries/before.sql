-- Temp table stored: own feedback that is there already, demo data for demo data. Empty temp table earlier: how often the rows of a file that came
-- before have an identity, one row per stretch of the file.
-- Own rows are compared with own ones only: demo data go with the first own import. Parameters: $demo
CREATE OR REPLACE TEMP TABLE stored AS
SELECT f.id, f.identity, f.content FROM feedback f JOIN batch b ON b.id = f.batch WHERE f.live AND b.demo = $demo;

CREATE OR REPLACE TEMP TABLE earlier (identity VARCHAR, times BIGINT);
