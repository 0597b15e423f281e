-- Temp tables fresh_text: texts of the fresh rows that are still to be read; declared_language: what is known of their language; and earlier
-- (before.sql), longer by these rows. From fresh, incoming, fresh_verbatim and found_feedback.
-- What people have corrected in a text that the newer version still holds to the letter is taken along. Parameters: $batch
INSERT INTO earlier SELECT identity, count(*) AS times FROM incoming GROUP BY identity;

INSERT INTO correction BY NAME
SELECT row_number() OVER (ORDER BY c.id) + (SELECT coalesce(max(id), 0) FROM correction) AS id, f.id AS feedback, $batch AS batch,
    c.field, c.ordinal, c.start, c.stop, c.dimension, c.aspect, c.label, c.made_at
FROM fresh f JOIN correction c ON c.feedback = f.replaces
JOIN verbatim v ON v.feedback = c.feedback AND v.field = c.field AND v.ordinal = c.ordinal
JOIN fresh_verbatim t ON t.feedback = f.id AND t.field = c.field AND t.ordinal = c.ordinal AND t.body = v.text;

-- Corrections are applied where a text is read.
CREATE OR REPLACE TEMP TABLE fresh_text AS
FROM fresh_verbatim WHERE line NOT IN (SELECT -feedback FROM found_feedback) OR feedback IN (SELECT feedback FROM correction);

-- What the file says about the language; the reader asks where the text itself leaves it open.
CREATE OR REPLACE TEMP TABLE declared_language AS
SELECT id AS feedback, language FROM fresh JOIN incoming USING (line) WHERE language IS NOT NULL AND id IN (SELECT feedback FROM fresh_text);
