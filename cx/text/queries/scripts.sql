-- One row per feedback of text_input whose letters are mostly of one other script: feedback, language.
-- From the frame language_script of cx/text/languages.py (language; others: RE2 of stretches that hold no letter of it).
-- Parameters: $script_letters and $script_share: thresholds of cx/text/languages.py.
-- Letters of other scripts take two bytes or more; umlauts do not reach a quarter, but emoji do.
WITH wide AS (
    SELECT feedback, string_agg(body, ' ') AS body FROM text_input
    WHERE feedback IN (SELECT feedback FROM text_input WHERE strlen(body) > length(body) + length(body) // 4)
    GROUP BY feedback
),
odd AS (
    SELECT *, length(regexp_replace(body, '\PL+', '', 'g')) AS every FROM wide
    WHERE length(regexp_replace(body, '[\p{Latin}\PL]+', '', 'g')) >= $script_letters
),
lettered AS (
    SELECT feedback, language, others, every, length(regexp_replace(body, others, '', 'g')) AS letters FROM odd, language_script
)
SELECT feedback, language FROM lettered
WHERE letters >= $script_letters AND letters >= $script_share * every
QUALIFY row_number() OVER (PARTITION BY feedback ORDER BY letters DESC, length(others), language = 'ru' DESC) = 1
