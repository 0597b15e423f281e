-- One row per text of text_input, in order: polarity, label (NULL without text).
SELECT polarity, label FROM read_feedback ORDER BY feedback
