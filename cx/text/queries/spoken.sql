-- One row per text of text_input, in order: language (code; NULL without text).
SELECT language FROM read_feedback ORDER BY feedback
