-- Corrections of one statement; each replaces an older one of the same thing.
-- Parameters: $feedback, $batch, $field, $ordinal, $start, $stop; $dimensions, $aspects, $labels (lists of equal length), $now
CREATE OR REPLACE TEMP TABLE said AS
SELECT unnest(CAST($dimensions AS VARCHAR[])) AS dimension, unnest(CAST($aspects AS VARCHAR[])) AS aspect,
    unnest(CAST($labels AS VARCHAR[])) AS label;
DELETE FROM correction USING said
WHERE correction.feedback = $feedback AND correction.field = $field AND correction.ordinal = $ordinal
    AND correction.start = $start AND correction.stop = $stop
    AND correction.dimension = said.dimension AND correction.aspect = said.aspect;
INSERT INTO correction BY NAME
SELECT row_number() OVER () + (SELECT coalesce(max(id), 0) FROM correction) AS id, $feedback AS feedback, $batch AS batch,
    $field AS field, $ordinal AS ordinal, $start AS start, $stop AS stop, dimension, aspect, label, $now AS made_at
FROM said;
