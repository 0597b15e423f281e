-- One row per text of the newest block, which is read ahead: text (line and ordinal, see ahead_kept.sql), feedback (its line below 0: the ids of what is
-- stored are above), body. Rows that are stored to the letter are left out. From incoming and incoming_text. Parameters: $first (line of the block)
SELECT line * 32768 + ordinal AS text, -line AS feedback, body
FROM (
    SELECT line, 0 AS ordinal, title AS body FROM incoming WHERE line >= $first AND title <> ''
    UNION ALL
    SELECT line, 1, text FROM incoming WHERE line >= $first AND text <> ''
    UNION ALL
    SELECT line, ordinal, text FROM incoming_text WHERE line >= $first
) ANTI JOIN (SELECT line FROM incoming SEMI JOIN stored USING (content) WHERE line >= $first) USING (line)
