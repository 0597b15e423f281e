-- One row per distinct word of token, in lower case, that vocabulary does not hold yet.
SELECT DISTINCT lower(written) AS word FROM (SELECT DISTINCT written FROM token) ANTI JOIN vocabulary ON word = lower(written)
