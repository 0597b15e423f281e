-- Uploads that were read as the reader of $text_model reads, with nothing learned from their ratings: batch. Parameters: $text_model
SELECT id AS batch FROM batch WHERE text_model = $text_model AND id NOT IN (SELECT batch FROM adjustment) ORDER BY id
