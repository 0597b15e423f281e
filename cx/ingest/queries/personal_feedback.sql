-- One row per version of the customer's feedback, oldest upload first, with its upload. From personal.
SELECT f.* EXCLUDE (identity, content, touchpoints, pairs, phases), b.file_name, b.imported_at, b.undone_at
FROM feedback f SEMI JOIN personal p ON p.feedback = f.id JOIN batch b ON b.id = f.batch ORDER BY f.batch, f.id
