-- Temp table labelled_statement: which statements of this chunk make up a labelled text: text (its number among the labelled ones), id
-- (of read_statement). A rated feedback is all its statements; a corrected statement is the one that shares most of its place.
-- From the frame given_rated(text, feedback), fresh_text, read_statement and correction. Parameters: $corrected (number of the first correction)
CREATE OR REPLACE TEMP TABLE labelled_statement AS
WITH numbered AS (
    SELECT c.*, row_number() OVER (ORDER BY c.id) - 1 + $corrected AS number
    FROM correction c SEMI JOIN fresh_text t USING (feedback) WHERE c.dimension = 'polarity'
),
placed AS (
    SELECT n.number, s.id
    FROM numbered n JOIN fresh_text t ON t.feedback = n.feedback AND t.field = n.field AND t.ordinal = n.ordinal
    JOIN read_statement s ON s.text = t.text AND s.start < n.stop AND s.stop > n.start
    QUALIFY row_number() OVER (PARTITION BY n.id ORDER BY least(s.stop, n.stop) - greatest(s.start, n.start) DESC, s.statement) = 1
)
SELECT r.text, c.id FROM read_statement c JOIN given_rated r USING (feedback)
UNION ALL
SELECT number, id FROM placed;
