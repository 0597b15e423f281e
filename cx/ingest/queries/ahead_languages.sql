-- What the block says about languages: feedback (as in ahead_texts.sql), language. From the frame given_row.
SELECT -line AS feedback, language FROM given_row WHERE language IS NOT NULL
