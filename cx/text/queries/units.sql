-- Temp tables form, spoken, hit, phrase_hit and unit: what the rules see of each statement.
-- form: one row per way a word of token is written, with what the vocabulary says. number: of the word, spelling: of the way.
CREATE OR REPLACE TEMP TABLE form AS
SELECT CAST(row_number() OVER () AS INTEGER) AS spelling, f.written, v.*
FROM (SELECT DISTINCT written FROM token) f JOIN vocabulary v ON v.word = lower(f.written);

-- spoken: the tokens by number, so that words are compared as text once.
CREATE OR REPLACE TEMP TABLE spoken AS
SELECT t.scope, t.place, f.spelling, f.number FROM token t JOIN form f USING (written);

-- hit: one row per token that the rules need.
CREATE OR REPLACE TEMP TABLE hit AS
SELECT t.scope, t.place, f.written, f.key, f.weight, f.role, f.degree, f.steady, f.names, f.rule
FROM spoken t JOIN form f USING (spelling) WHERE f.active;

-- Phrases of which every word stands near enough to the rarest one, one row per word; the nearest occurrence counts, the longest
-- phrase wins: one stays where it is the best on each of its places.
CREATE OR REPLACE TEMP TABLE phrase_hit AS
WITH anchored AS (
    SELECT h.scope, h.place AS anchor, p.phrase, p.span, p.second, p.words, p.ordered, p.step
    FROM hit h JOIN phrase p ON h.key = p.anchor
),
paired AS (
    SELECT a.scope, a.anchor, a.phrase, any_value(a.words) AS words, any_value(a.span) AS span,
        any_value(a.ordered) AS ordered, any_value(a.step) AS step,
        arg_min(h.place, 2 * abs(h.place - a.anchor) + CAST(h.place > a.anchor AS INTEGER)) AS place
    FROM anchored a JOIN hit h ON h.scope = a.scope AND h.key = a.second
    WHERE abs(h.place - a.anchor) < a.span
    GROUP BY a.scope, a.anchor, a.phrase
),
-- Two words are found by now. step: how far behind the anchor the second one stands at most, below 0: before it.
two AS (
    SELECT scope, phrase, [least(anchor, place), greatest(anchor, place)] AS places
    FROM paired
    WHERE words = 2 AND (NOT ordered OR (place - anchor) * sign(step) BETWEEN 1 AND abs(step))
),
-- Materialized: left to itself, the planner joins all hits with all words of phrases first.
wanted AS MATERIALIZED (
    SELECT p.scope, p.anchor, p.phrase, p.span, w.ordinal, w.key, w.gap
    FROM paired p JOIN phrase_word w USING (phrase) WHERE p.words > 2
),
nearest AS (
    SELECT w.scope, w.anchor, w.phrase, w.ordinal, any_value(w.gap) AS gap,
        arg_min(h.place, 2 * abs(h.place - w.anchor) + CAST(h.place > w.anchor AS INTEGER)) AS place
    FROM wanted w JOIN hit h ON h.scope = w.scope AND h.key = w.key
    WHERE abs(h.place - w.anchor) < w.span
    GROUP BY w.scope, w.anchor, w.phrase, w.ordinal
),
gathered AS (
    SELECT scope, anchor, phrase, list(place ORDER BY ordinal) AS sequence, list(gap ORDER BY ordinal) AS gaps FROM nearest
    GROUP BY scope, anchor, phrase
),
more AS (
    SELECT g.scope, g.phrase, list_sort(g.sequence) AS places
    FROM gathered g JOIN phrase p USING (phrase)
    WHERE len(g.sequence) = p.words AND len(list_distinct(g.sequence)) = p.words
        AND list_max(g.sequence) - list_min(g.sequence) < p.span
        AND (NOT p.ordered OR list_bool_and(list_transform(
            range(2, p.words + 1), lambda i: g.sequence[i] - g.sequence[i - 1] BETWEEN 1 AND g.gaps[i])))
),
whole AS (FROM two UNION ALL FROM more),
ranked AS (
    SELECT scope, phrase, places, row_number() OVER (
        PARTITION BY scope ORDER BY len(places) DESC, places[-1] - places[1], places[1], phrase) AS rank
    FROM (SELECT DISTINCT * FROM whole)
),
claimed AS (SELECT scope, phrase, rank, unnest(places) AS place FROM ranked),
owner AS (SELECT scope, place, min(rank) AS rank FROM claimed GROUP BY scope, place),
beaten AS (SELECT DISTINCT c.scope, c.rank FROM claimed c JOIN owner o USING (scope, place) WHERE c.rank <> o.rank)
SELECT c.scope, c.phrase, c.rank, c.place FROM claimed c ANTI JOIN beaten b ON b.scope = c.scope AND b.rank = c.rank;

-- unit: one row per phrase, and per word outside of phrases. first, last: places; segment counts commas.
CREATE OR REPLACE TEMP TABLE unit AS
WITH single AS (
    SELECT h.scope, h.place AS first, h.place AS last, h.weight, h.role, h.degree, h.steady, h.names, h.rule, h.written
    FROM hit h ANTI JOIN phrase_hit c ON c.scope = h.scope AND c.place = h.place
    WHERE h.weight <> 0 OR h.role <> '' OR h.degree OR h.names > 0
),
several AS (
    -- Sorted as lists: an aggregate with an order of its own takes three times as long.
    SELECT scope, phrase, min(place) AS first, max(place) AS last,
        array_to_string(list_transform(list_sort(list({'place': place, 'word': h.written})), lambda each: each.word), ' ') AS written
    FROM phrase_hit c JOIN hit h USING (scope, place) GROUP BY scope, phrase, rank
),
gathered AS MATERIALIZED (
    FROM single
    UNION ALL
    SELECT s.scope, s.first, s.last, p.weight, p.role, false, p.steady, p.names, 'phrase', s.written
    FROM several s JOIN phrase p USING (phrase)
)
-- The commas of a scope as a list, of which each unit takes those before it: a window would sort all units.
SELECT g.*, coalesce(len(list_filter(c.commas, lambda place: place <= g.first)), 0) AS segment
FROM gathered g
LEFT JOIN (SELECT scope, list(first) AS commas FROM gathered WHERE role = 'comma' GROUP BY scope) c ON c.scope = g.scope;
