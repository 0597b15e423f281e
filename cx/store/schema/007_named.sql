-- What a feedback names, summed from its mentions as the six pillar scores are, so that touchpoints and models need no join: with one, counting
-- touchpoints took four times as long, their pairs with pillars three times (1,000,000 feedbacks). NULL: names nothing.

ALTER TABLE feedback ADD COLUMN touchpoints STRUCT(touchpoint VARCHAR, total DOUBLE, mentions INTEGER)[];  -- total: of their polarities
ALTER TABLE feedback ADD COLUMN pairs STRUCT(pillar VARCHAR, touchpoint VARCHAR, total DOUBLE, mentions INTEGER)[];  -- each pillar of a
-- statement with each of its touchpoints, '' where it names none of one side; the polarity is the pillar's, without pillar the touchpoint's

-- As cx/ingest/named.py sums new mentions; a migration stands alone and does not change with it.
CREATE TEMP TABLE named AS
WITH touchpoint AS (
    SELECT feedback, list({'touchpoint': aspect, 'total': total, 'mentions': mentions} ORDER BY aspect) AS touchpoints
    FROM (SELECT feedback, aspect, sum(polarity) AS total, CAST(count(*) AS INTEGER) AS mentions
          FROM mention WHERE dimension = 'touchpoint' GROUP BY ALL) GROUP BY feedback
), pair AS (
    SELECT coalesce(p.feedback, t.feedback) AS feedback, coalesce(p.aspect, '') AS pillar, coalesce(t.aspect, '') AS touchpoint,
           sum(coalesce(p.polarity, t.polarity)) AS total, CAST(count(*) AS INTEGER) AS mentions
    FROM (FROM mention WHERE dimension = 'pillar') p FULL JOIN (FROM mention WHERE dimension = 'touchpoint') t USING (statement) GROUP BY ALL
), paired AS (
    SELECT feedback, list({'pillar': pillar, 'touchpoint': touchpoint, 'total': total, 'mentions': mentions} ORDER BY pillar, touchpoint) AS pairs
    FROM pair GROUP BY feedback
)
SELECT feedback, touchpoints, pairs FROM paired LEFT JOIN touchpoint USING (feedback);

UPDATE feedback SET touchpoints = n.touchpoints, pairs = n.pairs FROM named n WHERE n.feedback = feedback.id;
DROP TABLE named;
