-- What was done to stored feedback, newest first. Columns: those of audit.
SELECT done_at, action, subject, feedbacks FROM audit ORDER BY id DESC
