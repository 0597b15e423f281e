-- The adjustment of an upload takes the place of an older one. learned: feature, lean. Parameters: $batch, $feedbacks, $text_model, $now
DELETE FROM adjustment WHERE batch = $batch;
INSERT INTO adjustment BY NAME
SELECT $batch AS batch, feature, lean, $feedbacks AS feedbacks, $text_model AS text_model, $now AS learned_at FROM learned;
