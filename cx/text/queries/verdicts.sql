-- Temp tables of a reading: read_statement, read_mention, read_feedback (columns: cx/text/reading.py).
-- Polarity is balance / (mass + doubt) as a whole number of 1/16384. What an upload has learned from its own ratings (learned_here)
-- moves statements and feedback; mentions, and with them the pillars, are read from the bare sums. Parameters: the verdict numbers of data/lexicon/model.toml,
-- $judging_… of data/weights/numbers.toml.
CREATE OR REPLACE TEMP MACRO polarity_of(total, mass, doubt) AS
    floor(16384 * CAST(total AS DOUBLE) / (CAST(mass AS DOUBLE) + 1024 * CAST(doubt AS DOUBLE)) + 0.5) / 16384;
-- How much of a whole is there: 0 for nothing, towards 1.
CREATE OR REPLACE TEMP MACRO filled(mass) AS CAST(mass AS DOUBLE) / (CAST(mass AS DOUBLE) + 1024);
-- What a text as a whole adds to the score that tells a judging text from a neutral one (0 and more: it judges).
CREATE OR REPLACE TEMP MACRO judging_of(polarity, mass, question, bias, strength, good, weight, asking) AS
    CAST(floor(1024 * (bias + strength * abs(polarity) + good * greatest(polarity, 0.0) + weight * filled(mass)
        + CASE WHEN question THEN asking ELSE 0.0 END) + 0.5) AS BIGINT);
CREATE OR REPLACE TEMP MACRO label_of(judging, total, mass, mixed_mass, mixed_share) AS CASE
    WHEN judging < 0 OR mass = 0 THEN 'neutral'
    WHEN mass - abs(total) >= 2 * greatest(1024 * mixed_mass, mixed_share * mass) THEN 'mixed'
    WHEN total > 0 THEN 'positive'
    WHEN total < 0 THEN 'negative'
    ELSE 'neutral' END;

CREATE OR REPLACE TEMP TABLE balance AS
WITH ruled AS (
    SELECT statement AS id, CAST(sum(amount) AS BIGINT) AS total, CAST(sum(abs(amount)) AS BIGINT) AS mass
    FROM judgement GROUP BY statement
),
here AS (SELECT id, CAST(sum(amount) AS BIGINT) AS total, CAST(sum(mass) AS BIGINT) AS mass FROM learned_here GROUP BY id),
summed AS (
    SELECT c.id, c.text, c.feedback, c.statement, c.start, c.stop, c.question, coalesce(t.judges, 0) AS judges,
        CASE WHEN f.language IS NULL THEN coalesce(r.total, 0) + coalesce(t.lean, 0) END AS bare_total,
        CASE WHEN f.language IS NULL THEN coalesce(r.mass, 0) + coalesce(t.lean_mass, 0) END AS bare_mass,
        bare_total + coalesce(h.total, 0) AS total, bare_mass + coalesce(h.mass, 0) AS mass
    FROM cut c LEFT JOIN ruled r USING (id) LEFT JOIN tally t USING (id) LEFT JOIN here h USING (id)
    LEFT JOIN foreign_feedback f USING (feedback)
)
SELECT *, polarity_of(total, mass, $doubt) AS polarity FROM summed;     -- NULL: no German, no verdict

CREATE OR REPLACE TEMP TABLE read_statement AS
WITH judged AS (
    SELECT *, judges + judging_of(polarity, mass, question, $judging_bias, $judging_strength, $judging_good, $judging_mass,
            $judging_question) AS judging,
        judges + judging_of(polarity_of(bare_total, bare_mass, $doubt), bare_mass, question, $judging_bias, $judging_strength,
            $judging_good, $judging_mass, $judging_question) AS bare_judging
    FROM balance
)
SELECT text, feedback, statement, start, stop, polarity,
    CASE WHEN polarity IS NOT NULL THEN label_of(judging, total, mass, $mixed_mass, $mixed_share) END AS label,
    id, bare_judging
FROM judged;

-- The aspects of which a statement says enough: the words' sums and what the statement as a whole adds reach 0.
CREATE OR REPLACE TEMP TABLE named AS
WITH least AS (SELECT -max(bias + greatest(good, 0) + greatest(bad, 0) + greatest(question, 0)) AS score FROM aspect),
listed AS (SELECT id, list_value(*COLUMNS('^about_')) AS scores FROM tally),
spoken AS (
    FROM (SELECT id, unnest(scores) AS score, CAST(generate_subscripts(scores, 1) AS INTEGER) AS place FROM listed)
    WHERE score >= (SELECT score FROM least)
),
weighed AS (
    SELECT s.id, a.dimension, a.aspect, a.bit, CAST(s.score AS BIGINT) AS spoken, a.bias
            + CAST(floor(a.good * filled((b.bare_mass + b.bare_total) / 2) + a.bad * filled((b.bare_mass - b.bare_total) / 2) + 0.5) AS BIGINT)
            + CASE WHEN b.question THEN a.question ELSE 0 END AS whole
    FROM spoken s JOIN aspect a USING (place) JOIN balance b USING (id)
)
FROM weighed WHERE spoken + whole >= 0;

-- What a mention is judged by: its own words where they judge, else what is said between the same commas, else the whole statement.
CREATE OR REPLACE TEMP TABLE mentioning AS
WITH evident AS (
    SELECT n.id, n.dimension, n.aspect, j.scope, j.segment, j.first, j.last, j.written, j.rule, j.amount
    FROM named n LEFT JOIN judgement j ON j.statement = n.id AND (j.names & n.bit) <> 0
),
judged AS (SELECT id, dimension, aspect, bool_or(coalesce(amount, 0) <> 0) AS own FROM evident GROUP BY id, dimension, aspect),
said AS (
    SELECT scope, segment, CAST(sum(amount) AS BIGINT) AS total, CAST(sum(abs(amount)) AS BIGINT) AS mass
    FROM judgement WHERE amount <> 0 GROUP BY scope, segment
)
SELECT n.id, n.dimension, n.aspect, n.first, n.last, n.written, n.rule, j.own,
    CASE WHEN j.own THEN n.amount ELSE coalesce(s.total, b.bare_total) END AS total,
    CASE WHEN j.own THEN abs(n.amount) ELSE coalesce(s.mass, b.bare_mass) END AS mass
FROM evident n
JOIN judged j USING (id, dimension, aspect)
JOIN balance b USING (id)
LEFT JOIN said s ON s.scope = n.scope AND s.segment = n.segment;

CREATE OR REPLACE TEMP TABLE mention_balance AS
SELECT id, dimension, aspect, CAST(sum(total) AS BIGINT) AS total, CAST(sum(mass) AS BIGINT) AS mass,
    CASE WHEN any_value(own) THEN 1 ELSE count(*) END AS times,
    coalesce(list_transform(
        list_sort(list({'place': first, 'word': written}) FILTER (written IS NOT NULL)), lambda each: each.word), []) AS evidence
FROM mentioning GROUP BY id, dimension, aspect;

CREATE OR REPLACE TEMP TABLE read_mention AS
SELECT s.text, s.feedback, s.statement, m.dimension, m.aspect, m.polarity,
    label_of(s.bare_judging, m.total, m.mass, $mixed_mass, $mixed_share) AS label, m.evidence
FROM (SELECT *, polarity_of(total, mass, $doubt * times) AS polarity FROM mention_balance) m
JOIN read_statement s USING (id);

CREATE OR REPLACE TEMP TABLE read_feedback AS
WITH summed AS (
    SELECT feedback, CAST(sum(total) AS BIGINT) AS total, CAST(sum(mass) AS BIGINT) AS mass, CAST(sum(judges) AS BIGINT) AS judges,
        bool_or(question) AS question
    FROM balance GROUP BY feedback
),
whole AS (SELECT *, polarity_of(total, mass, $doubt) AS polarity FROM summed),
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
    CASE WHEN w.polarity IS NOT NULL THEN label_of(
        w.judges + judging_of(w.polarity, w.mass, w.question, $judging_bias, $judging_strength, $judging_good, $judging_mass,
            $judging_question), w.total, w.mass, $mixed_mass, $mixed_share_text) END AS label,
    p.effort, p.emotion, p.expectation, p.control, p.trust, p.resolution
FROM (SELECT DISTINCT feedback FROM text_input) f
LEFT JOIN whole w USING (feedback)
LEFT JOIN foreign_feedback x USING (feedback)
LEFT JOIN pillar p USING (feedback);
