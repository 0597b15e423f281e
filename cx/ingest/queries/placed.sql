-- How each text of the fresh rows was given to the reader: by its id where it was read again, else as cx/ingest/blocks.py calls it. Columns: given, text,
-- feedback, batch. From fresh_verbatim and fresh_text. Parameters: $batch
SELECT coalesce(t.text, -(v.line * 32768 + v.ordinal)) AS given, v.text, v.feedback, CAST($batch AS INTEGER) AS batch
FROM fresh_verbatim v LEFT JOIN fresh_text t USING (text)
