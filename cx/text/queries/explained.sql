-- One row per unit and dimension of a reading: what it adds, in whole parts of 1/16384 by cumulated rounding, so that the parts
-- sum exactly. Parameters: $token RE2 pattern of cx/text/german.py, $doubt.
WITH pieces AS (
    SELECT id, start, regexp_extract_all(body, '(?s)(?:' || $token || ')|.') AS parts FROM cut
    WHERE id IN (SELECT statement FROM judgement)
),
placed AS (SELECT id, start, unnest(parts) AS part, generate_subscripts(parts, 1) AS n FROM pieces),
measured AS (
    SELECT id, n, part, start + coalesce(sum(length(part)) OVER (PARTITION BY id ORDER BY n
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS start
    FROM placed
),
located AS (
    SELECT id, row_number() OVER (PARTITION BY id ORDER BY n) AS place, start, start + length(part) AS stop
    FROM measured WHERE regexp_full_match(part, $token)
),
text_balance AS (SELECT text, sum(total) AS total, sum(mass) AS mass FROM balance GROUP BY text),
judging AS (
    SELECT j.*, b.text, b.statement AS ordinal, b.mass AS statement_mass, t.mass AS text_mass,
        sum(j.amount) OVER inside AS inside, sum(j.amount) OVER across AS across
    FROM judgement j JOIN balance b ON b.id = j.statement JOIN text_balance t ON t.text = b.text
    WHERE j.amount <> 0
    WINDOW inside AS (PARTITION BY j.statement ORDER BY j.first),
        across AS (PARTITION BY b.text ORDER BY b.statement, j.first)
),
parts AS (
    SELECT statement AS id, text, ordinal, first, last, written, rule, 'polarity' AS dimension, '' AS aspect,
        polarity_of(across, text_mass, $doubt) - polarity_of(across - amount, text_mass, $doubt) AS contribution,
        polarity_of(inside, statement_mass, $doubt) - polarity_of(inside - amount, statement_mass, $doubt) AS within
    FROM judging
    UNION ALL
    SELECT m.id, b.text, b.statement, m.first, m.last, m.written, m.rule, m.dimension, m.aspect, 0,
        polarity_of(sum(m.total) OVER mention, k.mass, $doubt * k.times)
            - polarity_of(sum(m.total) OVER mention - m.total, k.mass, $doubt * k.times)
    FROM mentioning m
    JOIN mention_balance k ON k.id = m.id AND k.dimension = m.dimension AND k.aspect = m.aspect
    JOIN balance b ON b.id = m.id
    WINDOW mention AS (PARTITION BY m.id, m.dimension, m.aspect ORDER BY m.first)
)
SELECT p.text, p.ordinal AS statement, CAST(f.start AS INTEGER) AS start, CAST(l.stop AS INTEGER) AS stop, p.written AS word, p.rule, p.dimension, p.aspect,
    p.contribution, p.within
FROM parts p
JOIN located f ON f.id = p.id AND f.place = p.first
JOIN located l ON l.id = p.id AND l.place = p.last
ORDER BY p.text, p.ordinal, p.dimension = 'touchpoint', p.dimension = 'pillar', start, p.aspect
