-- The fresh rows with their scores, their texts and their answers, into the tables. Parameters: $batch, $first (id of its first question)
INSERT INTO feedback BY NAME
SELECT f.id, f.identity, i.* EXCLUDE (line, identity, counted, title, text, language), coalesce(r.language, i.language) AS language,
       $batch AS batch, true AS live,
       r.polarity, r.label, r.effort, r.emotion, r.expectation, r.control, r.trust, r.resolution, r.touchpoints, r.pairs, r.phases
FROM fresh f JOIN incoming i USING (line)
LEFT JOIN found_feedback r ON r.feedback = CASE WHEN f.id IN (SELECT feedback FROM fresh_text) THEN f.id ELSE -f.line END;

INSERT INTO verbatim BY NAME
SELECT text AS id, feedback, $batch AS batch, field, ordinal, question, body AS text FROM fresh_verbatim;

INSERT INTO answer BY NAME
SELECT f.id AS feedback, $batch AS batch, a.question + $first AS question, a.native, a.score
FROM incoming_answer a JOIN fresh f USING (line);
