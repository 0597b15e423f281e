-- How often each way to write a token occurs in uttered (said.sql): written, n
SELECT written, count(*) AS n FROM uttered GROUP BY written ORDER BY written
