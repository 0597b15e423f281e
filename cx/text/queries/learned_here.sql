-- Temp table learned_here: one row per word whose lean the adjustment of an upload shifts: id (of cut), first (place), written, amount
-- (added to the balance) and mass (added to the mass, may be below 0), in 1/1024. From movable and moved(number, lean).
CREATE OR REPLACE TEMP TABLE learned_here AS
WITH shifted AS (
    SELECT w.id, w.first, w.written, w.base, CAST(floor(m.lean * w.factor + 0.5) AS BIGINT) AS amount
    FROM movable w JOIN moved m USING (number)
)
SELECT id, first, written, amount, abs(base + amount) - abs(base) AS mass FROM shifted WHERE amount <> 0;
