-- All that a pattern finds in each row of the frame `searched` (body), one after the other: one row each, in order: found, a list.
-- Parameters: $pattern: RE2.
SELECT regexp_extract_all(body, $pattern) AS found FROM searched
