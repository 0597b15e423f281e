-- Temp table judgement: one row per unit that judges or names an aspect. statement, first, last (places), words (as written),
-- sense, rule, amount (signed whole number of 1/1024, all rules applied), segment (between commas), and the segment's sums.
-- Parameters: $forward … $but_clause, the numbers of data/lexicon/model.toml.
CREATE OR REPLACE TEMP TABLE judgement AS
WITH neighboured AS (
    SELECT *, lag(role) OVER o AS role_before, lag(last) OVER o AS last_before
    FROM unit WINDOW o AS (PARTITION BY statement ORDER BY first)
),
weighed AS (
    SELECT * EXCLUDE (weight, role_before, last_before), over,
        CASE WHEN over THEN least($too * 1024, weight * $intensified) ELSE CAST(weight AS DOUBLE) END AS weight,
        role = '' AND (weight <> 0 OR over) AS judges
    FROM (SELECT *, coalesce(degree AND role_before = 'too' AND first - last_before = 1, false) AS over FROM neighboured)
    WHERE weight <> 0 OR role <> '' OR sense > 0 OR over
),
surrounded AS (
    SELECT *,
        min(first) FILTER (judges) OVER ahead AS next_first,
        max(first) FILTER (judges) OVER behind AS prev_first,
        max(last) FILTER (judges) OVER behind AS prev_last,
        min(first) FILTER (role = 'comma') OVER ahead AS next_comma,
        max(first) FILTER (role = 'comma') OVER behind AS prev_comma,
        count(*) FILTER (role = 'comma') OVER behind AS segment,
        count(*) FILTER (role = 'neither') OVER behind AS neither
    FROM weighed
    WINDOW ahead AS (PARTITION BY statement ORDER BY first ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
        behind AS (PARTITION BY statement ORDER BY first ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
aimed AS (
    SELECT *, CASE
        WHEN role IN ('negator', 'neither') OR role = 'nor' AND neither > 0 THEN
            CASE WHEN next_first - last <= $forward AND (next_comma IS NULL OR next_comma > next_first) THEN next_first
                WHEN first - prev_last <= $backward AND (prev_comma IS NULL OR prev_comma < prev_first) THEN prev_first END
        WHEN role IN ('intensifier', 'diminisher', 'too') AND next_first - last <= $degree THEN next_first
        END AS target
    FROM surrounded
),
shift AS (
    SELECT statement, target,
        count(*) FILTER (role IN ('negator', 'neither', 'nor')) % 2 = 1 AS negated,
        bool_or(role = 'intensifier') AS intensified,
        bool_or(role = 'diminisher') AS diminished
    FROM aimed WHERE target IS NOT NULL GROUP BY statement, target
),
wished AS (SELECT DISTINCT statement, true AS wish FROM unit WHERE role = 'wish'),
shifted AS (
    SELECT a.statement, a.first, a.last, a.words, a.sense, a.segment, c.question, c.but, coalesce(w.wish, false) AS wish,
        coalesce(s.negated, false) AS negated, coalesce(s.intensified, false) AS intensified,
        coalesce(s.diminished, false) AS diminished, a.over,
        a.role IN ('negator', 'neither') AND a.target IS NULL AND a.weight = 0 AS lonely,
        a.rule AS base,
        CASE WHEN a.target IS NOT NULL OR a.role IN ('comma', 'wish') THEN 0
            WHEN a.role IN ('negator', 'neither') AND a.weight = 0 THEN $lonely_negator * 1024
            ELSE a.weight END AS weight
    FROM aimed a
    JOIN cut c ON c.id = a.statement
    LEFT JOIN shift s ON s.statement = a.statement AND s.target = a.first
    LEFT JOIN wished w ON w.statement = a.statement
),
negation AS (
    SELECT *, weight * CASE WHEN NOT negated THEN 1.0::DOUBLE WHEN weight > 0 THEN $negated_positive ELSE $negated_negative END AS turned
    FROM shifted
),
final AS (
    SELECT statement, first, last, words, sense, segment,
        CASE WHEN weight = 0 THEN base WHEN negated THEN 'negated' WHEN lonely THEN 'negation' WHEN over THEN 'too'
            WHEN wish AND weight > 0 THEN 'wish' WHEN intensified THEN 'intensified' WHEN diminished THEN 'diminished'
            WHEN question THEN 'question' WHEN but THEN 'but_clause' ELSE base END AS rule,
        CAST(floor(turned
            * CASE WHEN intensified AND NOT negated THEN $intensified ELSE 1.0::DOUBLE END
            * CASE WHEN diminished THEN $diminished ELSE 1.0::DOUBLE END
            * CASE WHEN wish AND turned > 0 THEN $wish ELSE 1.0::DOUBLE END
            * CASE WHEN question THEN $question ELSE 1.0::DOUBLE END
            * CASE WHEN but THEN $but_clause ELSE 1.0::DOUBLE END + 0.5) AS BIGINT) AS amount
    FROM negation
)
SELECT *,
    CAST(sum(amount) OVER (PARTITION BY statement, segment) AS BIGINT) AS segment_total,
    CAST(sum(abs(amount)) OVER (PARTITION BY statement, segment) AS BIGINT) AS segment_mass
FROM final
WHERE amount <> 0 OR sense > 0;
