-- Groups, file names, mappings and questions without ways to reach a person. From the frames regrouped(before, after), renamed(id, source,
-- file_name, mapping), reworded(id, header, wording) and remembered(headers, mapping).
UPDATE feedback SET source = r.after FROM regrouped r WHERE r.before = feedback.source AND r.after <> r.before;
UPDATE feedback SET channel = r.after FROM regrouped r WHERE r.before = feedback.channel AND r.after <> r.before;
UPDATE feedback SET product = r.after FROM regrouped r WHERE r.before = feedback.product AND r.after <> r.before;
UPDATE feedback SET location = r.after FROM regrouped r WHERE r.before = feedback.location AND r.after <> r.before;
UPDATE batch SET source = r.source, file_name = r.file_name, mapping = CAST(r.mapping AS JSON) FROM renamed r WHERE r.id = batch.id;
UPDATE question SET header = r.header, wording = r.wording FROM reworded r WHERE r.id = question.id;
UPDATE mapping_memory SET mapping = CAST(r.mapping AS JSON) FROM remembered r WHERE r.headers = mapping_memory.headers;
