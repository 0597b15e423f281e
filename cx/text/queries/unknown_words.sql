-- One row per distinct word of token that vocabulary does not hold yet.
SELECT DISTINCT word FROM token ANTI JOIN vocabulary USING (word)
