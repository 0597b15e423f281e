-- Whole uploads leave every table. Parameters: $batches (list of ids)
DELETE FROM mention WHERE list_contains($batches, batch);
DELETE FROM statement WHERE list_contains($batches, batch);
DELETE FROM verbatim WHERE list_contains($batches, batch);
DELETE FROM feedback WHERE list_contains($batches, batch);
DELETE FROM correction WHERE list_contains($batches, batch);
DELETE FROM adjustment WHERE list_contains($batches, batch);
DELETE FROM answer WHERE list_contains($batches, batch);
DELETE FROM question WHERE list_contains($batches, batch);
DELETE FROM reject WHERE list_contains($batches, batch);
DELETE FROM batch WHERE list_contains($batches, id);
