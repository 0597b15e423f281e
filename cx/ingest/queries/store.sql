-- The fresh rows with their scores, and their texts, into the tables. Parameters: $batch
INSERT INTO feedback BY NAME
SELECT f.* EXCLUDE (line, language, title, text), $batch AS batch, coalesce(r.language, f.language) AS language,
       r.polarity, r.label, r.effort, r.emotion, r.expectation, r.control, r.trust, r.resolution
FROM fresh f LEFT JOIN found_feedback r ON r.feedback = f.id ORDER BY f.id;

INSERT INTO verbatim BY NAME
SELECT text AS id, feedback, $batch AS batch, field, ordinal, body AS text FROM fresh_text ORDER BY id;
