-- Temp table text_input: the texts of the feedbacks from $low up to, not including, $high. Parameters: $low, $high
CREATE OR REPLACE TEMP TABLE text_input AS
SELECT text, feedback, body FROM fresh_text WHERE feedback >= $low AND feedback < $high;
