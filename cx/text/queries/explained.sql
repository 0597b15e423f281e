-- One row per word, phrase or statement and what it adds to: to the polarity (contribution: of the text, within: of the statement), in whole
-- parts of 1/16384 by cumulated rounding, to the polarity of a mention (within), and to the scores by which a statement counts as
-- judging and an aspect as named (naming, in 1/1024; 0 and more: it is). Parts sum exactly.
-- Parameters: $token RE2 pattern of cx/text/german.py, $doubt, the $judging_… numbers of cx/text/reading.py.
WITH pieces AS (
    SELECT id, start, regexp_extract_all(body, '(?s)(?:' || $token || ')|.') AS parts FROM cut
    ANTI JOIN foreign_feedback USING (feedback)
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
-- Everything that bears on the tally, where it stands.
spoken AS (
    SELECT t.scope // 1048576 AS id, t.place AS first, t.place AS last, t.written, f.number FROM token t JOIN form f USING (written)
    UNION ALL
    SELECT scope // 1048576, min(place), max(place), string_agg(h.written, ' ' ORDER BY place), -1 - phrase
    FROM phrase_hit JOIN hit h USING (scope, place) GROUP BY scope, phrase, rank
),
borne AS MATERIALIZED (SELECT * FROM spoken JOIN bearing USING (number)),
text_mass AS (SELECT text, sum(mass) AS mass FROM balance GROUP BY text),
leaning AS (
    SELECT statement AS id, first, last, written, rule, amount FROM judgement WHERE amount <> 0
    UNION ALL
    SELECT id, first, last, written, 'learned', lean FROM borne WHERE lean <> 0
    UNION ALL
    SELECT id, first, first, written, 'learned_here', amount FROM learned_here
),
summed AS (
    SELECT l.*, b.text, b.statement, b.mass AS statement_mass, t.mass AS text_mass,
        sum(l.amount) OVER inside AS inside, sum(l.amount) OVER across AS across
    FROM leaning l JOIN balance b USING (id) JOIN text_mass t ON t.text = b.text
    WINDOW inside AS (PARTITION BY l.id ORDER BY l.first, l.last, l.rule ROWS UNBOUNDED PRECEDING),
        across AS (PARTITION BY b.text ORDER BY b.statement, l.first, l.last, l.rule ROWS UNBOUNDED PRECEDING)
),
about AS (
    FROM (UNPIVOT (SELECT id, first, last, written, COLUMNS('^about_') FROM borne) ON COLUMNS('^about_') INTO NAME slot VALUE weight)
    WHERE weight <> 0
),
parts AS (
    SELECT id, first, last, written, rule, 'polarity' AS dimension, '' AS aspect,
        polarity_of(across, text_mass, $doubt) - polarity_of(across - amount, text_mass, $doubt) AS contribution,
        polarity_of(inside, statement_mass, $doubt) - polarity_of(inside - amount, statement_mass, $doubt) AS within, 0 AS naming
    FROM summed
    UNION ALL
    SELECT m.id, m.first, m.last, coalesce(m.written, ''), coalesce(m.rule, 'statement'), m.dimension, m.aspect, 0,
        polarity_of(sum(m.total) OVER mention, k.mass, $doubt * k.times)
            - polarity_of(sum(m.total) OVER mention - m.total, k.mass, $doubt * k.times), 0
    FROM mentioning m JOIN mention_balance k ON k.id = m.id AND k.dimension = m.dimension AND k.aspect = m.aspect
    WINDOW mention AS (PARTITION BY m.id, m.dimension, m.aspect ORDER BY m.first, m.last ROWS UNBOUNDED PRECEDING)
    UNION ALL
    SELECT a.id, a.first, a.last, a.written, 'names', n.dimension, n.aspect, 0, 0, a.weight
    FROM about a JOIN aspect s USING (slot) JOIN named n ON n.id = a.id AND n.dimension = s.dimension AND n.aspect = s.aspect
    UNION ALL
    SELECT id, NULL, NULL, '', 'whole', dimension, aspect, 0, 0, whole FROM named
    UNION ALL
    SELECT id, first, last, written, 'judges', 'judging', '', 0, 0, judges FROM borne WHERE judges <> 0
    UNION ALL
    SELECT id, NULL, NULL, '', 'whole', 'judging', '', 0, 0, judging_of(polarity, mass, question, $judging_bias, $judging_strength,
        $judging_good, $judging_mass, $judging_question)
    FROM balance WHERE polarity IS NOT NULL
)
SELECT b.text, b.statement, CAST(coalesce(f.start, b.start) AS INTEGER) AS start, CAST(coalesce(l.stop, b.stop) AS INTEGER) AS stop,
    p.written AS word, p.rule, p.dimension, p.aspect, p.contribution, p.within, p.naming / 1024 AS naming
FROM parts p JOIN balance b USING (id)
LEFT JOIN located f ON f.id = p.id AND f.place = p.first
LEFT JOIN located l ON l.id = p.id AND l.place = p.last
ORDER BY b.text, b.statement, p.dimension = 'judging', p.dimension = 'touchpoint', p.dimension = 'pillar', start, p.aspect, p.naming <> 0,
    p.rule, p.first, p.last
