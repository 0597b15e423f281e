-- Statements by their ids: statement, text, submitted_at, date_precision, channel, label. Parameters: $statements
SELECT s.id AS statement, v.text[s.start + 1 : s.stop] AS text, f.submitted_at, f.date_precision, f.channel, s.label
FROM statement s JOIN feedback f ON f.id = s.feedback JOIN verbatim v ON v.id = s.verbatim
WHERE s.id IN (SELECT unnest(CAST($statements AS BIGINT[])))
