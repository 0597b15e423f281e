-- One line of the audit. Parameters: $now, $action, $subject, $feedbacks
INSERT INTO audit BY NAME
SELECT coalesce((SELECT max(id) FROM audit), 0) + 1 AS id, $now AS done_at, $action AS action, $subject AS subject, $feedbacks AS feedbacks;
