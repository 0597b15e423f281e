-- One row per corrected label of the texts in fresh_text, in order: feedback, label. No parameters.
SELECT feedback, label FROM correction SEMI JOIN fresh_text USING (feedback) WHERE dimension = 'polarity' ORDER BY id
