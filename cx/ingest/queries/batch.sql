-- The upload itself. Parameters: the columns of batch; $kinds and $places for its map masked, $doubts and $doubtful for its map doubtful;
-- $now
INSERT INTO batch BY NAME
SELECT $id AS id, $demo AS demo, $source AS source, $file_name AS file_name, $sha256 AS sha256, $rows AS rows, $added AS added,
       $updated AS updated, $duplicates AS duplicates, $rejected AS rejected, $left_out AS left_out,
       map(CAST($kinds AS VARCHAR[]), CAST($places AS INTEGER[])) AS masked,
       map(CAST($doubts AS VARCHAR[]), CAST($doubtful AS INTEGER[])) AS doubtful,
       CAST($mapping AS JSON) AS mapping, $preset AS preset, $privacy_rules AS privacy_rules, $text_model AS text_model,
       $taxonomy AS taxonomy, $now AS imported_at;
