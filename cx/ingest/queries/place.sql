-- One row: where a stored statement stands: feedback, batch, field, ordinal, start, stop. Parameters: $statement
SELECT s.feedback, s.batch, v.field, v.ordinal, s.start, s.stop
FROM statement s JOIN verbatim v ON v.id = s.verbatim WHERE s.id = $statement
