-- Temp tables of a reading: read_statement, read_mention, read_feedback (columns: cx/text/reading.py).
-- Polarity is balance / (mass + doubt) as a whole number of 1/16384. Parameters: the verdict numbers of data/lexicon/model.toml.
CREATE OR REPLACE TEMP MACRO polarity_of(total, mass, doubt) AS
    floor(16384 * CAST(total AS DOUBLE) / (CAST(mass AS DOUBLE) + 1024 * CAST(doubt AS DOUBLE)) + 0.5) / 16384;
CREATE OR REPLACE TEMP MACRO label_of(polarity, total, mass, negative, positive, mixed_mass, mixed_share) AS CASE
    WHEN mass - abs(total) >= 2 * greatest(1024 * mixed_mass, mixed_share * mass) THEN 'mixed'
    WHEN polarity >= positive THEN 'positive'
    WHEN polarity <= negative THEN 'negative'
    ELSE 'neutral' END;

CREATE OR REPLACE TEMP TABLE balance AS
SELECT c.id, c.text, c.feedback, c.statement, c.start, c.stop,
    CASE WHEN f.language IS NULL THEN CAST(coalesce(b.total, 0) AS BIGINT) END AS total,
    CASE WHEN f.language IS NULL THEN CAST(coalesce(b.mass, 0) AS BIGINT) END AS mass
FROM cut c LEFT JOIN (
    SELECT statement, sum(amount) AS total, sum(abs(amount)) AS mass FROM judgement GROUP BY statement
) b ON b.statement = c.id LEFT JOIN foreign_feedback f USING (feedback);  -- no verdict on what is no German

CREATE OR REPLACE TEMP TABLE read_statement AS
SELECT text, feedback, statement, start, stop, polarity,
    CASE WHEN polarity IS NOT NULL THEN label_of(polarity, total, mass, $negative, $positive, $mixed_mass, $mixed_share) END AS label
FROM (SELECT *, polarity_of(total, mass, $doubt) AS polarity FROM balance);

-- What a mention is judged by: its own words where they judge, else what is said between the same commas, else the whole statement.
CREATE OR REPLACE TEMP TABLE mentioning AS
WITH named AS (
    SELECT j.statement AS id, j.scope, j.segment, a.dimension, a.aspect, j.first, j.last, j.written, j.rule, j.amount
    FROM judgement j JOIN sense_aspect a USING (sense)
),
judged AS (SELECT id, dimension, aspect, bool_or(amount <> 0) AS own FROM named GROUP BY id, dimension, aspect),
said AS (
    SELECT scope, segment, CAST(sum(amount) AS BIGINT) AS total, CAST(sum(abs(amount)) AS BIGINT) AS mass
    FROM judgement WHERE amount <> 0 GROUP BY scope, segment
)
SELECT n.id, n.dimension, n.aspect, n.first, n.last, n.written, n.rule, j.own,
    CASE WHEN j.own THEN n.amount ELSE coalesce(s.total, b.total) END AS total,
    CASE WHEN j.own THEN abs(n.amount) ELSE coalesce(s.mass, b.mass) END AS mass
FROM named n
JOIN judged j USING (id, dimension, aspect)
JOIN balance b USING (id)
LEFT JOIN said s ON s.scope = n.scope AND s.segment = n.segment;

CREATE OR REPLACE TEMP TABLE mention_balance AS
SELECT id, dimension, aspect, CAST(sum(total) AS BIGINT) AS total, CAST(sum(mass) AS BIGINT) AS mass,
    CASE WHEN any_value(own) THEN 1 ELSE count(*) END AS times, list(written ORDER BY first) AS evidence
FROM mentioning GROUP BY id, dimension, aspect;

CREATE OR REPLACE TEMP TABLE read_mention AS
SELECT b.text, b.feedback, b.statement, m.dimension, m.aspect, m.polarity,
    label_of(m.polarity, m.total, m.mass, $negative, $positive, $mixed_mass, $mixed_share) AS label, m.evidence
FROM (SELECT *, polarity_of(total, mass, $doubt * times) AS polarity FROM mention_balance) m
JOIN balance b USING (id);

CREATE OR REPLACE TEMP TABLE read_feedback AS
WITH whole AS (
    SELECT feedback, polarity_of(sum(total), sum(mass), $doubt) AS polarity, sum(total) AS total, sum(mass) AS mass
    FROM balance GROUP BY feedback
),
pillar AS (
    SELECT feedback,
        avg(polarity) FILTER (aspect = 'effort') AS effort,
        avg(polarity) FILTER (aspect = 'emotion') AS emotion,
        avg(polarity) FILTER (aspect = 'expectation') AS expectation,
        avg(polarity) FILTER (aspect = 'control') AS control,
        avg(polarity) FILTER (aspect = 'trust') AS trust,
        avg(polarity) FILTER (aspect = 'resolution') AS resolution
    FROM read_mention WHERE dimension = 'pillar' GROUP BY feedback
)
SELECT f.feedback, coalesce(x.language, CASE WHEN w.feedback IS NOT NULL THEN 'de' END) AS language, w.polarity,
    CASE WHEN w.polarity IS NOT NULL
        THEN label_of(w.polarity, w.total, w.mass, $negative, $positive, $mixed_mass, $mixed_share_text) END AS label,
    p.effort, p.emotion, p.expectation, p.control, p.trust, p.resolution
FROM (SELECT DISTINCT feedback FROM text_input) f
LEFT JOIN whole w USING (feedback)
LEFT JOIN foreign_feedback x USING (feedback)
LEFT JOIN pillar p USING (feedback);
