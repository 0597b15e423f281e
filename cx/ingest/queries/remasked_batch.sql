-- The upload is masked by the present rules; what they found joins its counts. Parameters: $batch, $privacy_rules, $kinds, $places
UPDATE batch SET privacy_rules = $privacy_rules, masked = map(CAST($kinds AS VARCHAR[]), CAST($places AS INTEGER[])) WHERE id = $batch;
