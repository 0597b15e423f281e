-- Temp table judgement: one row per unit that judges or names an aspect. statement (id of cut), scope, first, last (places), segment,
-- written, names, rule, amount (signed whole number of 1/1024, all rules applied).
-- Parameters: the scope and factor numbers of data/lexicon/model.toml.
CREATE OR REPLACE TEMP TABLE weighed AS
WITH excess AS (
    SELECT u.scope, u.first, true AS over
    FROM unit t JOIN unit u ON u.scope = t.scope AND u.first = t.last + 1
    WHERE t.role = 'too' AND u.degree
),
felt AS (
    SELECT u.* EXCLUDE (weight), coalesce(e.over, false) AS over,
        CASE WHEN e.over THEN least($too * 1024, u.weight * $intensified) ELSE CAST(u.weight AS DOUBLE) END AS weight
    FROM unit u LEFT JOIN excess e ON e.scope = u.scope AND e.first = u.first
    WHERE u.weight <> 0 OR u.role <> '' OR u.names > 0 OR e.over
)
SELECT *, role = '' AND weight <> 0 AND NOT steady AS judges FROM felt;

CREATE OR REPLACE TEMP TABLE judgement AS
WITH nor AS (
    SELECT n.scope, n.first FROM weighed n JOIN weighed w ON w.scope = n.scope AND w.role = 'neither' AND w.first < n.first
    WHERE n.role = 'nor' GROUP BY n.scope, n.first
),
modifier AS (
    SELECT scope, first, last, segment, role IN ('negator', 'neither') AS negates, role
    FROM weighed WHERE role IN ('negator', 'neither', 'intensifier', 'diminisher', 'too')
    UNION ALL
    SELECT w.scope, w.first, w.last, w.segment, true, w.role FROM weighed w SEMI JOIN nor USING (scope, first)
),
aimed AS (
    SELECT m.scope, m.first, any_value(m.role) AS role, any_value(m.negates) AS negates, coalesce(
        min(u.first) FILTER (u.first > m.first AND u.first - m.last <= CASE WHEN m.negates THEN $forward ELSE $degree END),
        max(u.first) FILTER (m.negates AND u.first < m.first AND m.first - u.last <= $backward)) AS target
    FROM modifier m JOIN weighed u ON u.scope = m.scope AND u.segment = m.segment AND u.judges
    GROUP BY m.scope, m.first
    HAVING target IS NOT NULL
),
shift AS (
    SELECT scope, target, count(*) FILTER (negates) % 2 = 1 AS negated,
        bool_or(role = 'intensifier') AS intensified, bool_or(role = 'diminisher') AS diminished
    FROM aimed GROUP BY scope, target
),
wished AS (SELECT DISTINCT scope, true AS wish FROM weighed WHERE role = 'wish'),
shifted AS (
    SELECT w.scope // 1048576 AS statement, w.scope, w.first, w.last, w.segment, w.written, w.names, w.rule AS base, w.over,
        coalesce(s.negated, false) AS negated, coalesce(s.intensified, false) AS intensified,
        coalesce(s.diminished, false) AS diminished, coalesce(h.wish, false) AS wish,
        w.role IN ('negator', 'neither') AND w.weight = 0 AND a.target IS NULL AS lonely,
        CASE WHEN a.target IS NOT NULL OR w.role IN ('comma', 'wish') THEN 0
            WHEN w.role IN ('negator', 'neither') AND w.weight = 0 THEN $lonely_negator * 1024
            ELSE w.weight END AS weight
    FROM weighed w
    LEFT JOIN aimed a ON a.scope = w.scope AND a.first = w.first
    LEFT JOIN shift s ON s.scope = w.scope AND s.target = w.first
    LEFT JOIN wished h ON h.scope = w.scope
    WHERE w.role <> 'comma'
),
turned AS (
    SELECT s.*, c.question, c.but, s.weight * CASE WHEN NOT negated THEN 1.0::DOUBLE
        WHEN s.weight > 0 THEN $negated_positive ELSE $negated_negative END AS turned
    FROM shifted s JOIN cut c ON c.id = s.statement
    WHERE s.weight <> 0 OR s.names > 0
),
final AS (
    SELECT statement, scope, first, last, segment, written, names,
        CASE WHEN weight = 0 THEN base WHEN negated THEN 'negated' WHEN lonely THEN 'negation' WHEN over THEN 'too'
            WHEN wish AND turned > 0 THEN 'wish' WHEN intensified THEN 'intensified' WHEN diminished THEN 'diminished'
            WHEN question THEN 'question' WHEN but THEN 'but_clause' ELSE base END AS rule,
        CAST(floor(turned
            * CASE WHEN intensified AND NOT negated THEN $intensified ELSE 1.0::DOUBLE END
            * CASE WHEN diminished THEN $diminished ELSE 1.0::DOUBLE END
            * CASE WHEN wish AND turned > 0 THEN $wish ELSE 1.0::DOUBLE END
            * CASE WHEN question THEN $question ELSE 1.0::DOUBLE END
            * CASE WHEN but THEN $but_clause ELSE 1.0::DOUBLE END + 0.5) AS BIGINT) AS amount
    FROM turned
)
FROM final WHERE amount <> 0 OR names > 0;
