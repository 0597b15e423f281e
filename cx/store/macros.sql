-- The meaning of a Filter in SQL, once. Made anew at every open, since the Filter grows.
-- f: STRUCT of cx.model.filter.Filter.parameter(). (f['start'], not f.start: the binder takes the dotted form for a table.)

-- Statements that a Filter's aspects and labels match; all statements where it names none.
CREATE OR REPLACE MACRO spoken(f) AS TABLE
SELECT * FROM statement
WHERE (len(f['pillars']) = 0 OR id IN (
        SELECT m.statement FROM mention m
        WHERE len(f['pillars']) > 0 AND m.dimension = 'pillar' AND list_contains(f['pillars'], m.aspect)
          AND (len(f['labels']) = 0 OR list_contains(f['labels'], m.label))))
  AND (len(f['touchpoints']) = 0 OR id IN (
        SELECT m.statement FROM mention m
        WHERE len(f['touchpoints']) > 0 AND m.dimension = 'touchpoint' AND list_contains(f['touchpoints'], m.aspect)
          AND (len(f['labels']) = 0 OR list_contains(f['labels'], m.label))))
  AND (len(f['lens_groups']) = 0 OR id IN (
        SELECT coalesce(p.statement, t.statement)
        FROM (SELECT * FROM mention WHERE len(f['lens_groups']) > 0 AND dimension = 'pillar') p
        FULL JOIN (SELECT * FROM mention WHERE len(f['lens_groups']) > 0 AND dimension = 'touchpoint') t ON p.statement = t.statement
        WHERE list_contains(f['pairs'], coalesce(p.aspect, '') || '|' || coalesce(t.aspect, ''))
          AND (len(f['labels']) = 0 OR list_contains(f['labels'], coalesce(p.label, t.label)))))
  AND (len(f['labels']) = 0 OR len(f['pillars']) + len(f['touchpoints']) + len(f['lens_groups']) > 0 OR list_contains(f['labels'], label));

-- Feedback that a Filter selects as far as it is no question of texts: of several versions of one the newest, nothing of undone uploads.
CREATE OR REPLACE MACRO described(f) AS TABLE
SELECT * FROM feedback
WHERE live
  AND (f['start'] IS NULL OR submitted_at >= f['start'])
  AND (f['end'] IS NULL OR submitted_at < CAST(f['end'] AS DATE) + INTERVAL 1 DAY)
  AND (NOT f['undated'] OR submitted_at IS NULL)
  AND (len(f['channels']) = 0 OR list_contains(f['channels'], channel))
  AND (len(f['sources']) = 0 OR list_contains(f['sources'], source))
  AND (len(f['products']) = 0 OR list_contains(f['products'], product))
  AND (len(f['locations']) = 0 OR list_contains(f['locations'], location))
  AND (len(f['kinds']) = 0 OR list_contains(f['kinds'], kind))
  AND (len(f['languages']) = 0 OR list_contains(f['languages'], language))
  AND (f['rating_min'] IS NULL OR rating >= f['rating_min'])
  AND (f['rating_max'] IS NULL OR rating <= f['rating_max'])
  AND (len(f['labels']) = 0 OR len(f['pillars']) + len(f['touchpoints']) + len(f['lens_groups']) > 0 OR list_contains(f['labels'], label));

-- Feedback that a Filter selects. The conditions repeated inside the subqueries let the planner drop their scans (14 ms of 16 at 100,000); a
-- Filter that names nothing in texts does without them (selected_at_once.sql).
CREATE OR REPLACE MACRO selected(f) AS TABLE
SELECT * FROM described(f)
WHERE (f['words'] = '' OR id IN (
        SELECT v.feedback FROM verbatim v WHERE f['words'] <> '' AND contains(lower(v.text), lower(f['words']))))
  AND (len(f['pillars']) + len(f['touchpoints']) + len(f['lens_groups']) = 0 OR id IN (
        SELECT s.feedback FROM spoken(f) s WHERE len(f['pillars']) + len(f['touchpoints']) + len(f['lens_groups']) > 0));

-- The selected feedback with what it is divided by: `part`, or, for periods, `part_start` (their first day, a number until all is counted: as a
-- text it took longer than the counting); both NULL where it belongs to no part.
-- which: '' (no parts), 'month', 'quarter', 'year', 'channel', 'product', 'location', 'source', 'language'
CREATE OR REPLACE MACRO parted(f, which) AS TABLE
SELECT *,
    CASE which WHEN 'channel' THEN channel WHEN 'product' THEN product WHEN 'location' THEN location
        WHEN 'source' THEN source WHEN 'language' THEN language END AS part,
    CASE which WHEN 'month' THEN date_trunc('month', submitted_at) WHEN 'quarter' THEN date_trunc('quarter', submitted_at)
        WHEN 'year' THEN date_trunc('year', submitted_at) END AS part_start
FROM selected(f);

-- The selected feedback with `rated`: its rating from −1 (worst) to 1 (best): stars, else NPS (promoters 1, then 0 down to −1 over the detractors: a 6 beside praise is no surprise), else CSAT
-- as a scale from 1. NULL: without any.
CREATE OR REPLACE MACRO rated(f, promoter_min, detractor_max) AS TABLE
SELECT *, coalesce(
    (rating - 3) / 2,
    CASE WHEN nps >= promoter_min THEN 1 WHEN nps IS NOT NULL THEN least(0, (nps - detractor_max) / detractor_max) END,
    2 * (csat - 1) / (csat_high - 1) - 1) AS rated
FROM selected(f);

-- The selected feedback with `outcome`: NPS −100/0/100, CSAT 0/100, CES (one variant) and rating on their scales; NULL where there is none.
-- which: 'nps', 'csat', 'ces', 'rating'
CREATE OR REPLACE MACRO with_outcome(f, which, promoter_min, detractor_max, top_boxes, variant) AS TABLE
SELECT *, CASE which
    WHEN 'nps' THEN CASE WHEN nps >= promoter_min THEN 100.0 WHEN nps <= detractor_max THEN -100.0 WHEN nps IS NOT NULL THEN 0.0 END
    WHEN 'csat' THEN CASE WHEN csat > csat_high - top_boxes THEN 100.0 WHEN csat IS NOT NULL THEN 0.0 END
    WHEN 'ces' THEN CASE WHEN ces_variant = variant THEN ces END
    WHEN 'rating' THEN rating END AS outcome
FROM selected(f);
