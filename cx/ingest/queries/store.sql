-- The fresh rows with their scores, their texts and their answers, into the tables. Parameters: $batch, $first (id of its first question)
-- Sorted before the findings join, which keeps the order: to sort their lists as well took a fifth of this statement's time.
INSERT INTO feedback BY NAME
SELECT f.* EXCLUDE (language, given), coalesce(r.language, f.language) AS language,
       r.polarity, r.label, r.effort, r.emotion, r.expectation, r.control, r.trust, r.resolution, r.touchpoints, r.pairs, r.phases
FROM (
    SELECT f.id, f.identity, i.* EXCLUDE (line, identity, counted, title, text), $batch AS batch, true AS live,
           CASE WHEN f.id IN (SELECT feedback FROM fresh_text) THEN f.id ELSE -f.line END AS given
    FROM fresh f JOIN incoming i USING (line) ORDER BY f.id
) f LEFT JOIN found_feedback r ON r.feedback = f.given;

INSERT INTO verbatim BY NAME
SELECT text AS id, feedback, $batch AS batch, field, ordinal, question, body AS text FROM fresh_verbatim ORDER BY id;

INSERT INTO answer BY NAME
SELECT f.id AS feedback, $batch AS batch, a.question + $first AS question, a.native, a.score
FROM incoming_answer a JOIN fresh f USING (line) ORDER BY f.id;
