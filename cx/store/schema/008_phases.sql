-- The phases of the journey that a feedback names, summed from its touchpoints, as these are from its mentions (007): to group touchpoints by feedback
-- and phase with every question took four times as long (1,000,000 feedbacks). NULL: names none.

ALTER TABLE feedback ADD COLUMN phases STRUCT(phase VARCHAR, total DOUBLE, mentions INTEGER)[];

-- As cx/ingest/named.py sums new mentions; a migration stands alone and does not change with it.
CREATE TEMP TABLE named AS
WITH placed AS (SELECT phase, unnest(touchpoints) AS touchpoint FROM (VALUES
    ('discover', ['advertising', 'reviews', 'product_information', 'navigation', 'search', 'site_speed', 'accessibility', 'app']),
    ('buy', ['personalisation', 'assortment', 'price', 'checkout', 'payment', 'premises', 'staff']),
    ('receive', ['delivery', 'packaging']),
    ('use', ['product_quality', 'service_quality', 'usage']),
    ('help', ['contact', 'customer_service', 'chat', 'returns', 'after_sales', 'billing']),
    ('stay', ['loyalty'])
) AS journey (phase, touchpoints)), mentioned AS (
    SELECT id AS feedback, unnest(touchpoints, recursive := true) FROM feedback
), summed AS (
    SELECT feedback, phase, sum(total) AS total, CAST(sum(mentions) AS INTEGER) AS mentions FROM mentioned JOIN placed USING (touchpoint) GROUP BY ALL
)
SELECT feedback, list({'phase': phase, 'total': total, 'mentions': mentions} ORDER BY phase) AS phases FROM summed GROUP BY feedback;

UPDATE feedback SET phases = n.phases FROM named n WHERE n.feedback = feedback.id;
DROP TABLE named;
