-- One page of statements of the selected feedback that the Filter's aspects and labels match, newest first; those whose text was deleted
-- are not among them.
-- Columns: statement, feedback, batch, text (the statement as stored), start, stop, polarity, label (both NULL in other languages), field,
--          ordinal, question (of the verbatim; NULL where none was asked), submitted_at, date_precision, channel, source, product, language, rating, nps, csat, csat_high, ces,
--          ces_variant; pillars, touchpoints (lists of STRUCT aspect, polarity, label); corrections (list of STRUCT id, dimension,
--          aspect, label, read_as).
-- Parameters: $filter STRUCT (macros.sql); $size, $offset; $window (of the newest feedback only: a page that comes out full is the right one, as
-- whatever stands further back is older)
WITH newest AS MATERIALIZED (
    SELECT id FROM selected($filter) ORDER BY submitted_at DESC NULLS LAST, id DESC LIMIT $window
), page AS (
    SELECT s.*, f.submitted_at, f.date_precision, f.channel, f.source, f.product, f.language, f.rating, f.nps, f.csat, f.csat_high, f.ces, f.ces_variant
    FROM spoken($filter) s JOIN feedback f ON f.id = s.feedback
    WHERE s.feedback IN (FROM newest) AND s.stop > 0
    ORDER BY f.submitted_at DESC NULLS LAST, s.feedback DESC, s.id LIMIT $size OFFSET $offset
), aspects AS (
    SELECT statement,
           list({'aspect': aspect, 'polarity': polarity, 'label': label} ORDER BY aspect) FILTER (dimension = 'pillar') AS pillars,
           list({'aspect': aspect, 'polarity': polarity, 'label': label} ORDER BY aspect) FILTER (dimension = 'touchpoint') AS touchpoints
    FROM mention WHERE statement IN (SELECT id FROM page) GROUP BY statement
), corrected AS (
    SELECT p.id AS statement, list({'id': c.id, 'dimension': c.dimension, 'aspect': c.aspect, 'label': c.label, 'read_as': c.read_as} ORDER BY c.id) AS corrections
    FROM page p JOIN verbatim v ON v.id = p.verbatim
    JOIN correction c ON c.feedback = p.feedback AND c.field = v.field AND c.ordinal = v.ordinal AND c.start < p.stop AND c.stop > p.start
    GROUP BY p.id
)
SELECT page.id AS statement, page.feedback, page.batch, v.text[page.start + 1 : page.stop] AS text, page.start, page.stop, page.polarity, page.label,
       v.field, v.ordinal, v.question, submitted_at, date_precision, channel, source, product, language, rating, nps, csat, csat_high, ces, ces_variant,
       coalesce(pillars, []) AS pillars, coalesce(touchpoints, []) AS touchpoints, coalesce(corrections, []) AS corrections
FROM page JOIN verbatim v ON v.id = page.verbatim LEFT JOIN aspects a ON a.statement = page.id LEFT JOIN corrected c ON c.statement = page.id
ORDER BY submitted_at DESC NULLS LAST, page.feedback DESC, page.id
