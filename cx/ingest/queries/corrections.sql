-- What people have corrected takes the place of what was read: in read_statement, read_mention and read_feedback of this chunk.
-- A correction belongs to the statement of its text that shares most of its place, so that it survives another cut of the text.
-- Parameters: $negative, $positive (polarity of a corrected label), $neutral_below; $doubt, $mixed_mass, $mixed_share_text of the
-- reader (data/lexicon/model.toml)
CREATE OR REPLACE TEMP MACRO corrected_polarity(label, negative, positive) AS
    CASE label WHEN 'negative' THEN negative WHEN 'positive' THEN positive ELSE 0.0 END;

CREATE OR REPLACE TEMP TABLE corrected AS
WITH placed AS (
    SELECT c.id, c.dimension, c.aspect, c.label, s.text, s.feedback, s.statement, s.label AS statement_label
    FROM correction c
    JOIN fresh_text t ON t.feedback = c.feedback AND t.field = c.field AND t.ordinal = c.ordinal
    JOIN read_statement s ON s.text = t.text AND s.start < c.stop AND s.stop > c.start
    QUALIFY row_number() OVER (
        PARTITION BY c.id ORDER BY least(s.stop, c.stop) - greatest(s.start, c.start) DESC, s.statement) = 1
)
SELECT p.*, CASE WHEN p.dimension = 'polarity' THEN p.statement_label
        WHEN p.statement_label IS NOT NULL THEN coalesce(m.label, 'none') END AS read_as
FROM placed p LEFT JOIN read_mention m
    ON m.text = p.text AND m.statement = p.statement AND m.dimension = p.dimension AND m.aspect = p.aspect
QUALIFY row_number() OVER (PARTITION BY p.text, p.statement, p.dimension, p.aspect ORDER BY p.id DESC) = 1;

UPDATE correction SET read_as = c.read_as FROM corrected c WHERE c.id = correction.id;

-- Another label turns the statement, and with it what it says of its aspects; the same label leaves the reader's number.
UPDATE read_mention SET label = c.label, polarity = corrected_polarity(c.label, $negative, $positive)
FROM corrected c
WHERE c.dimension = 'polarity' AND c.label <> 'mixed' AND c.text = read_mention.text AND c.statement = read_mention.statement
    AND c.label <> read_mention.label;
UPDATE read_statement SET label = c.label, polarity = corrected_polarity(c.label, $negative, $positive)
FROM corrected c
WHERE c.dimension = 'polarity' AND c.text = read_statement.text AND c.statement = read_statement.statement
    AND c.label IS DISTINCT FROM read_statement.label;

UPDATE read_mention SET label = c.label, polarity = corrected_polarity(c.label, $negative, $positive)
FROM corrected c
WHERE c.text = read_mention.text AND c.statement = read_mention.statement AND c.dimension = read_mention.dimension
    AND c.aspect = read_mention.aspect AND c.label NOT IN ('none', read_mention.label);
DELETE FROM read_mention USING corrected c
WHERE c.text = read_mention.text AND c.statement = read_mention.statement AND c.dimension = read_mention.dimension
    AND c.aspect = read_mention.aspect AND c.label = 'none';
INSERT INTO read_mention BY NAME
SELECT c.text, c.feedback, c.statement, c.dimension, c.aspect, c.label, [] AS evidence,
    corrected_polarity(c.label, $negative, $positive) AS polarity
FROM corrected c ANTI JOIN read_mention m
    ON m.text = c.text AND m.statement = c.statement AND m.dimension = c.dimension AND m.aspect = c.aspect
WHERE c.dimension <> 'polarity' AND c.label <> 'none';

-- The feedback, from its statements: a corrected one weighs as much as one plain word of the reader (mixed: two of them).
CREATE OR REPLACE TEMP TABLE corrected_feedback AS
WITH touched AS (SELECT feedback, bool_or(dimension = 'polarity') AS turned FROM corrected GROUP BY feedback),
turned AS (FROM corrected WHERE dimension = 'polarity' AND label IS DISTINCT FROM read_as),
weight AS (
    SELECT b.feedback,
        CASE WHEN c.id IS NULL THEN b.total ELSE 1024 * sign(corrected_polarity(c.label, -1, 1)) END AS total,
        CASE WHEN c.id IS NULL THEN b.mass ELSE 1024 * CASE c.label WHEN 'neutral' THEN 0 WHEN 'mixed' THEN 2 ELSE 1 END END AS mass
    FROM read_statement b SEMI JOIN touched USING (feedback)
    LEFT JOIN turned c ON c.text = b.text AND c.statement = b.statement
),
summed AS (SELECT feedback, sum(total) AS total, sum(mass) AS mass FROM weight GROUP BY feedback),
verdict AS (
    SELECT *, floor(16384 * CAST(total AS DOUBLE) / (CAST(mass AS DOUBLE) + 1024 * CAST($doubt AS DOUBLE)) + 0.5) / 16384 AS polarity
    FROM summed
),
pillar AS (
    SELECT feedback,
        avg(polarity) FILTER (aspect = 'effort') AS effort, avg(polarity) FILTER (aspect = 'emotion') AS emotion,
        avg(polarity) FILTER (aspect = 'expectation') AS expectation, avg(polarity) FILTER (aspect = 'control') AS control,
        avg(polarity) FILTER (aspect = 'trust') AS trust, avg(polarity) FILTER (aspect = 'resolution') AS resolution
    FROM read_mention SEMI JOIN touched USING (feedback) WHERE dimension = 'pillar' GROUP BY feedback
)
SELECT t.feedback, t.turned, v.polarity,
    CASE WHEN v.polarity IS NULL THEN NULL
        WHEN v.mass - abs(v.total) >= 2 * greatest(1024 * $mixed_mass, $mixed_share_text * v.mass) AND v.mass > 0 THEN 'mixed'
        WHEN v.polarity >= $neutral_below THEN 'positive'
        WHEN v.polarity <= -$neutral_below THEN 'negative'
        ELSE 'neutral' END AS label,
    p.effort, p.emotion, p.expectation, p.control, p.trust, p.resolution
FROM touched t LEFT JOIN verdict v USING (feedback) LEFT JOIN pillar p USING (feedback);

UPDATE read_feedback SET effort = c.effort, emotion = c.emotion, expectation = c.expectation, control = c.control, trust = c.trust,
    resolution = c.resolution, polarity = CASE WHEN c.turned THEN c.polarity ELSE read_feedback.polarity END,
    label = CASE WHEN c.turned THEN c.label ELSE read_feedback.label END
FROM corrected_feedback c WHERE c.feedback = read_feedback.feedback;
