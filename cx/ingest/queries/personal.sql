-- Temp table personal: the feedback of one customer, every version of it: feedback, identity, demo. A version that names nobody belongs to the customer
-- who is named in another. Temp table personal_reject: the refused rows whose cells hold the pseudonym: batch, line.
-- Parameters: $customer_key
CREATE OR REPLACE TEMP TABLE personal AS
WITH version AS (SELECT f.id, f.identity, f.customer_key, b.demo FROM feedback f JOIN batch b ON b.id = f.batch),
named AS (SELECT DISTINCT identity, demo FROM version WHERE customer_key = $customer_key)
SELECT v.id AS feedback, v.identity, v.demo
FROM version v SEMI JOIN named n ON n.identity = v.identity AND n.demo = v.demo
WHERE v.customer_key IS NULL OR v.customer_key = $customer_key;

CREATE OR REPLACE TEMP TABLE personal_reject AS
SELECT batch, line FROM reject WHERE list_contains(map_values(cells), $customer_key);
