-- What was read of the texts in fresh_text makes room for what is found now; the scores of their feedback are set anew. Feedback whose texts
-- were deleted keeps what was once read.
DELETE FROM mention WHERE feedback IN (SELECT feedback FROM fresh_text);
DELETE FROM statement WHERE feedback IN (SELECT feedback FROM fresh_text);
UPDATE feedback SET language = r.language, polarity = r.polarity, label = r.label, effort = r.effort, emotion = r.emotion,
    expectation = r.expectation, control = r.control, trust = r.trust, resolution = r.resolution,
    touchpoints = r.touchpoints, pairs = r.pairs, phases = r.phases
FROM found_feedback r WHERE r.feedback = feedback.id;
