-- What was read before makes room for what is found now; the scores of the feedback are set anew.
-- Parameters: $feedbacks (list of ids; empty: all), $batch (NULL: all)
DELETE FROM mention WHERE (len($feedbacks) = 0 OR list_contains($feedbacks, feedback)) AND ($batch IS NULL OR batch = $batch);
DELETE FROM statement WHERE (len($feedbacks) = 0 OR list_contains($feedbacks, feedback)) AND ($batch IS NULL OR batch = $batch);
UPDATE feedback SET language = r.language, polarity = r.polarity, label = r.label, effort = r.effort, emotion = r.emotion,
    expectation = r.expectation, control = r.control, trust = r.trust, resolution = r.resolution
FROM found_feedback r WHERE r.feedback = feedback.id;
