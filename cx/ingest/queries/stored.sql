-- Temp tables fresh_text: texts that are stored already, to be read again; placed: how each is given to the reader; and declared_language, what is
-- known of their language.
-- Parameters: $feedbacks (list of ids; empty: all), $batch (NULL: all)
CREATE OR REPLACE TEMP TABLE fresh_text AS
SELECT id AS text, feedback, batch, field, ordinal, text AS body FROM verbatim
WHERE (len($feedbacks) = 0 OR feedback IN (SELECT unnest(CAST($feedbacks AS BIGINT[])))) AND ($batch IS NULL OR batch = $batch);
CREATE OR REPLACE TEMP TABLE placed AS SELECT text AS given, text, feedback, batch FROM fresh_text;
CREATE OR REPLACE TEMP TABLE declared_language AS
SELECT id AS feedback, language FROM feedback WHERE language IS NOT NULL AND id IN (SELECT feedback FROM fresh_text);
