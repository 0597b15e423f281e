-- Temp table movable: one row per word, where it stands, that the temp table moved(number, lean) names: id (of cut), first (place),
-- number, written, base (what it adds now, in 1/1024), factor (what the rules make of a shift: of a word that they weigh what they
-- made of its weight, of any other all). A word inside a phrase that the rules weigh adds nothing by itself.
CREATE OR REPLACE TEMP TABLE movable AS
WITH said AS (
    SELECT t.scope, t.place, t.written, f.number, f.weight
    FROM token t JOIN form f USING (written) SEMI JOIN moved m ON m.number = f.number
)
SELECT j.statement AS id, j.first, s.number, s.written, j.amount AS base, CAST(j.amount AS DOUBLE) / s.weight AS factor
FROM said s JOIN judgement j ON j.scope = s.scope AND j.first = s.place
ANTI JOIN phrase_hit p ON p.scope = s.scope AND p.place = s.place
WHERE s.weight <> 0 AND j.amount <> 0
UNION ALL
SELECT s.scope // 1048576, s.place, s.number, s.written, CAST(coalesce(b.lean, 0) AS BIGINT), 1.0::DOUBLE
FROM said s LEFT JOIN bearing b USING (number) WHERE s.weight = 0;
