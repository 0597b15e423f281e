-- One row per text of the newest block, which is read ahead: text, feedback, body. They have no ids yet, so they are called by their line below 0 (ids of what
-- is stored are above): text is -(line * 32768 + ordinal), feedback is -line. Rows that are stored to the letter are left out.
-- From incoming and incoming_text. Parameters: $first (line of the block)
SELECT -(line * 32768 + ordinal) AS text, -line AS feedback, body
FROM (
    SELECT line, 0 AS ordinal, title AS body FROM incoming WHERE line >= $first AND title <> ''
    UNION ALL
    SELECT line, 1, text FROM incoming WHERE line >= $first AND text <> ''
    UNION ALL
    SELECT line, ordinal, text FROM incoming_text WHERE line >= $first
) ANTI JOIN (SELECT line FROM incoming SEMI JOIN stored USING (content) WHERE line >= $first) USING (line)
