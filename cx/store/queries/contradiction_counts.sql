-- One row: n (feedback whose words and rating disagree strongly), base (feedback with both: read text, which is still there, and a rating).
-- Parameters: $filter STRUCT (macros.sql); $rated, $worded (least distance of either from the middle); $promoter_min, $detractor_max
SELECT count(*) FILTER (abs(rated) >= $rated AND abs(polarity) >= $worded AND rated * polarity < 0) AS n, count(*) AS base
FROM rated($filter, $promoter_min, $detractor_max) WHERE polarity IS NOT NULL AND rated IS NOT NULL
    AND id NOT IN (SELECT feedback FROM statement WHERE stop = 0) -- whose text was deleted; to ask for the texts took two and a half times as long
