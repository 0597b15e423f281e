-- Temp tables hit, covered and unit: what the rules see of each statement.
-- hit: one row per token that the vocabulary marks as active.
CREATE OR REPLACE TEMP TABLE hit AS
SELECT t.statement, t.place, t.written, v.key, v.weight, v.role, v.degree, v.sense, v.rule
FROM token t JOIN vocabulary v USING (word)
WHERE v.active;

-- Phrases of which every word stands near enough to the rarest one; the nearest occurrence counts.
CREATE OR REPLACE TEMP TABLE found_phrase AS
WITH anchored AS (
    SELECT h.statement, h.place AS anchor, p.phrase, p.words, p.ordered, p.span, p.second
    FROM hit h JOIN phrase p ON h.key = p.anchor
    WHERE h.key > 0
),
likely AS (
    SELECT DISTINCT a.statement, a.anchor, a.phrase, a.words, a.ordered, a.span
    FROM anchored a JOIN hit h ON h.statement = a.statement AND h.key = a.second
    WHERE h.place <> a.anchor AND abs(h.place - a.anchor) < a.span
),
nearest AS (
    SELECT l.statement, l.anchor, l.phrase, any_value(l.words) AS words, any_value(l.ordered) AS ordered,
        any_value(l.span) AS span, w.ordinal, any_value(w.gap) AS gap,
        arg_min(h.place, 2 * abs(h.place - l.anchor) + CAST(h.place > l.anchor AS INTEGER)) AS place
    FROM likely l
    JOIN phrase_word w ON w.phrase = l.phrase
    JOIN hit h ON h.statement = l.statement AND h.key = w.key
    WHERE abs(h.place - l.anchor) < l.span
    GROUP BY l.statement, l.anchor, l.phrase, w.ordinal
),
stepped AS (
    SELECT *, place - lag(place) OVER (PARTITION BY statement, anchor, phrase ORDER BY ordinal) AS step FROM nearest
),
whole AS (
    SELECT statement, phrase, anchor, any_value(words) AS words, min(place) AS first, max(place) AS last,
        list(place ORDER BY place) AS places
    FROM stepped
    GROUP BY statement, phrase, anchor
    HAVING count(*) = any_value(words) AND count(DISTINCT place) = count(*)
        AND max(place) - min(place) < any_value(span)
        AND (NOT any_value(ordered) OR bool_and(coalesce(step BETWEEN 1 AND gap, true)))
),
-- Longest wins: a phrase stays where it is the best on each of its places.
claimed AS (
    SELECT *, min(rank) OVER (PARTITION BY statement, place) AS best FROM (
        SELECT statement, phrase, anchor, first, last, words, places, unnest(places) AS place,
            row_number() OVER (PARTITION BY statement ORDER BY words DESC, last - first, first, phrase) AS rank
        FROM (SELECT DISTINCT ON (statement, phrase, places) * FROM whole ORDER BY statement, phrase, places, anchor)
    )
)
SELECT statement, phrase, first, last, any_value(places) AS places
FROM claimed GROUP BY statement, phrase, anchor, first, last
HAVING bool_and(rank = best);

CREATE OR REPLACE TEMP TABLE unit AS
WITH covered AS (SELECT statement, unnest(places) AS place FROM found_phrase)
SELECT h.statement, h.place AS first, h.place AS last, h.weight, h.role, h.degree, h.sense, h.rule, [h.written] AS words
FROM hit h ANTI JOIN covered c ON c.statement = h.statement AND c.place = h.place
WHERE h.weight <> 0 OR h.role <> '' OR h.degree OR h.sense > 0
UNION ALL
SELECT f.statement, f.first, f.last, p.weight, p.role, false, p.sense, 'phrase',
    list_transform(f.places, lambda place: t.words[place])
FROM found_phrase f
JOIN phrase p USING (phrase)
JOIN (SELECT statement, map(list(place), list(written)) AS words FROM hit SEMI JOIN found_phrase USING (statement) GROUP BY statement) t
    ON t.statement = f.statement;
