-- Temp tables said and uttered: the statements whose words are kept, and their tokens. Of feedback that was read: every one, or one in $every
-- by the hash of its id (the same data give the same). Placeholders of personal data become commas, which no word pair crosses.
-- said: place (from 0, by feedback and statement), statement, feedback, day (NULL: without date), polarity, label, size (characters).
-- uttered: said (its place), place (of the token, from 1), written.
-- Parameters: $every, $token RE2 pattern, $placeholder RE2 pattern
CREATE OR REPLACE TEMP TABLE said AS
SELECT CAST(row_number() OVER (ORDER BY s.feedback, s.id) - 1 AS INTEGER) AS place, s.id AS statement, s.feedback,
       CAST(f.submitted_at AS DATE) AS day, CAST(s.polarity AS FLOAT) AS polarity, s.label, CAST(s.stop - s.start AS INTEGER) AS size,
       regexp_replace(v.text[s.start + 1 : s.stop], $placeholder, ' , ', 'g') AS body
FROM statement s JOIN feedback f ON f.id = s.feedback JOIN verbatim v ON v.id = s.verbatim
WHERE f.live AND s.polarity IS NOT NULL AND hash(s.feedback) % CAST($every AS UBIGINT) = 0;

CREATE OR REPLACE TEMP TABLE uttered AS
WITH found AS (SELECT place AS said, regexp_extract_all(body, $token) AS words FROM said)
SELECT said, CAST(generate_subscripts(words, 1) AS INTEGER) AS place, unnest(words) AS written FROM found;
