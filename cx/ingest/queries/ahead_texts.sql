-- One row per text of a block that is read ahead: text (line and ordinal, see ahead_kept.sql), feedback (its line below 0: the ids of what is stored
-- are above), body. Rows that are stored to the letter are left out. From the frames given_row and given_text.
SELECT line * 32768 + ordinal AS text, -line AS feedback, body
FROM (
    SELECT line, 0 AS ordinal, title AS body FROM given_row WHERE title <> ''
    UNION ALL
    SELECT line, 1, text FROM given_row WHERE text <> ''
    UNION ALL
    SELECT line, ordinal, text FROM given_text
) ANTI JOIN (SELECT line FROM given_row SEMI JOIN stored USING (content)) USING (line)
