-- The upload itself. Parameters: the columns of batch; $kinds and $places for its map masked; $now
INSERT INTO batch BY NAME
SELECT $id AS id, $demo AS demo, $source AS source, $file_name AS file_name, $sha256 AS sha256, $rows AS rows, $added AS added,
       $duplicates AS duplicates, $rejected AS rejected, map(CAST($kinds AS VARCHAR[]), CAST($places AS INTEGER[])) AS masked,
       CAST($mapping AS JSON) AS mapping, $text_model AS text_model, $taxonomy AS taxonomy, $now AS imported_at;
