-- Uploads that other rules have masked: batch, masked (their counts by kind). Parameters: $privacy_rules
SELECT id AS batch, masked FROM batch WHERE privacy_rules <> $privacy_rules ORDER BY id
