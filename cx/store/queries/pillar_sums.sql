-- One row per pillar for the whole selection (part '') and per part and pillar: sums of the pillar's score over the feedback that names it.
-- Columns: part, pillar, n (feedback naming it), total, squares, negative, positive (counts by sign), base (feedback with text).
-- Parameters: $filter STRUCT (macros.sql); $by (the parts of the macro parted; '': the whole only)
-- (One pass over the rows: six times as many rows, one per pillar, took up to twice as long.)
WITH summed AS (
    SELECT CASE WHEN grouping(part) = 1 THEN '' ELSE coalesce(part, strftime(part_start, '%Y-%m-%d')) END AS part, count(*) AS base, [
        {'pillar': 'effort', 'n': count(effort), 'total': sum(effort), 'squares': sum(effort * effort), 'negative': count(*) FILTER (effort < 0), 'positive': count(*) FILTER (effort > 0)},
        {'pillar': 'emotion', 'n': count(emotion), 'total': sum(emotion), 'squares': sum(emotion * emotion), 'negative': count(*) FILTER (emotion < 0), 'positive': count(*) FILTER (emotion > 0)},
        {'pillar': 'expectation', 'n': count(expectation), 'total': sum(expectation), 'squares': sum(expectation * expectation), 'negative': count(*) FILTER (expectation < 0), 'positive': count(*) FILTER (expectation > 0)},
        {'pillar': 'control', 'n': count(control), 'total': sum(control), 'squares': sum(control * control), 'negative': count(*) FILTER (control < 0), 'positive': count(*) FILTER (control > 0)},
        {'pillar': 'trust', 'n': count(trust), 'total': sum(trust), 'squares': sum(trust * trust), 'negative': count(*) FILTER (trust < 0), 'positive': count(*) FILTER (trust > 0)},
        {'pillar': 'resolution', 'n': count(resolution), 'total': sum(resolution), 'squares': sum(resolution * resolution), 'negative': count(*) FILTER (resolution < 0), 'positive': count(*) FILTER (resolution > 0)}
    ] AS pillars
    FROM parted($filter, $by) WHERE polarity IS NOT NULL
    GROUP BY GROUPING SETS ((part, part_start), ()) HAVING grouping(part) = 1 OR part IS NOT NULL OR part_start IS NOT NULL
), named AS (SELECT part, base, unnest(pillars, recursive := true) FROM summed)
SELECT part, pillar, n, total, squares, negative, positive, base FROM named WHERE n > 0 ORDER BY part, pillar
