-- Temp table foreign_feedback: feedback of text_input that is no German, with its language; its tokens leave the table token.
-- From language_form, language_script and declared_language of cx/text/languages.py, and cut and token. Only what holds many
-- foreign words for its length is cut into words once more (cheaper than to look through all tokens again) and counted out.
-- Ids hold the number of the text from bit 20 (cut) and bit 40 (token) on. Parameters: $token RE2 pattern of
-- cx/text/german.py; the thresholds of cx/text/languages.py.
CREATE OR REPLACE TEMP TABLE suspect AS
WITH strange AS (
    SELECT scope >> 40 AS number, count(*) AS hits
    FROM token SEMI JOIN (SELECT form FROM language_form WHERE language <> 'de') ON form = written
    GROUP BY number
),
owner AS (SELECT id >> 20 AS number, feedback, sum(length(body)) AS size FROM cut GROUP BY number, feedback),
whole AS (
    SELECT feedback, sum(size) AS size, coalesce(sum(hits), 0) AS hits FROM owner LEFT JOIN strange USING (number) GROUP BY feedback
),
looked_at AS (
    SELECT feedback, size FROM whole
    WHERE hits >= least($hits, $short_hits) AND hits * $spread >= size
        OR feedback IN (SELECT feedback FROM declared_language WHERE language <> 'de')
)
SELECT number, feedback, l.size FROM owner JOIN looked_at l USING (feedback);

CREATE OR REPLACE TEMP TABLE foreign_feedback AS
WITH said AS (
    SELECT s.feedback, unnest(regexp_extract_all(c.body, $token)) AS written FROM cut c JOIN suspect s ON s.number = (c.id >> 20)
),
counted AS MATERIALIZED (
    SELECT feedback, language, count(*) AS hits, count(DISTINCT lower(written)) AS kinds
    FROM said JOIN language_form ON form = written GROUP BY feedback, language
),
best AS (
    FROM counted WHERE language <> 'de'
    QUALIFY row_number() OVER (PARTITION BY feedback ORDER BY hits DESC, kinds DESC, language) = 1
),
weighed AS (
    SELECT s.feedback, s.size, b.language, coalesce(b.hits, 0) AS hits, coalesce(b.kinds, 0) AS kinds, coalesce(g.hits, 0) AS german
    FROM (SELECT DISTINCT feedback, size FROM suspect) s
    LEFT JOIN best b USING (feedback) LEFT JOIN counted g ON g.feedback = s.feedback AND g.language = 'de'
),
worded AS (
    SELECT feedback, language FROM weighed
    WHERE kinds >= $kinds AND hits >= $outweighed * german AND (hits >= $hits AND hits * $spread >= size
        OR german = 0 AND hits >= $short_hits AND hits * $short_spread >= size AND size >= $short_size)
),
-- Letters of other scripts take two bytes or more; umlauts do not reach a quarter, but emoji do.
wide AS (
    SELECT feedback, string_agg(body, ' ') AS body FROM text_input
    WHERE feedback IN (SELECT feedback FROM text_input WHERE strlen(body) > length(body) + length(body) // 4)
    GROUP BY feedback
),
odd AS (
    SELECT *, length(regexp_replace(body, '\PL', '', 'g')) AS every FROM wide
    WHERE length(regexp_replace(body, '[\p{Latin}\PL]', '', 'g')) >= $script_letters
),
lettered AS (
    SELECT feedback, language, others, every, length(regexp_replace(body, others, '', 'g')) AS letters FROM odd, language_script
),
scripted AS (
    FROM lettered WHERE letters >= $script_letters AND letters >= $script_share * every
    QUALIFY row_number() OVER (PARTITION BY feedback ORDER BY letters DESC, length(others), language = 'ru' DESC) = 1
),
declared AS (
    SELECT feedback, d.language FROM declared_language d JOIN weighed w USING (feedback)
    WHERE d.language <> 'de' AND w.hits >= w.german
),
found AS (
    SELECT feedback, language, 1 AS rank FROM worded
    UNION ALL SELECT feedback, language, 2 FROM scripted
    UNION ALL SELECT feedback, language, 3 FROM declared
)
SELECT feedback, arg_min(language, rank) AS language FROM found GROUP BY feedback;

DELETE FROM token WHERE scope >> 40 IN (SELECT id >> 20 FROM cut SEMI JOIN foreign_feedback USING (feedback));
