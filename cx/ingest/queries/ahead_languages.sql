-- What the newest block says about languages: feedback (as in ahead_texts.sql), language. From incoming. Parameters: $first (line of the block)
SELECT -line AS feedback, language FROM incoming WHERE line >= $first AND language IS NOT NULL
