-- Temp table found_named: what each feedback names, summed from found_mention as the columns of feedback hold it (cx/store/schema/007_named.sql).
CREATE OR REPLACE TEMP TABLE found_named AS
WITH touchpoint AS (
    SELECT feedback, list({'touchpoint': aspect, 'total': total, 'mentions': mentions} ORDER BY aspect) AS touchpoints
    FROM (SELECT feedback, aspect, sum(polarity) AS total, CAST(count(*) AS INTEGER) AS mentions
          FROM found_mention WHERE dimension = 'touchpoint' GROUP BY ALL) GROUP BY feedback
), pair AS (
    SELECT coalesce(p.feedback, t.feedback) AS feedback, coalesce(p.aspect, '') AS pillar, coalesce(t.aspect, '') AS touchpoint,
           sum(coalesce(p.polarity, t.polarity)) AS total, CAST(count(*) AS INTEGER) AS mentions
    FROM (FROM found_mention WHERE dimension = 'pillar') p
    FULL JOIN (FROM found_mention WHERE dimension = 'touchpoint') t USING (text, statement) GROUP BY ALL
), paired AS (
    SELECT feedback, list({'pillar': pillar, 'touchpoint': touchpoint, 'total': total, 'mentions': mentions} ORDER BY pillar, touchpoint) AS pairs
    FROM pair GROUP BY feedback
)
SELECT feedback, touchpoints, pairs FROM paired LEFT JOIN touchpoint USING (feedback);
