-- What people may query on the page Abfrage: live feedback only, nothing that serves identity, and no table of the import's own business.
-- They lie in a catalogue of their own, in memory, made at every open; macros.sql is laid over them once more, so that the query of a figure reads the same there.
-- `data.main` stands for the workspace's tables. Without its number of letters a pseudonym would be the key that a customer is found by.

CREATE VIEW feedback AS
SELECT id, batch, kind, source, channel, submitted_at, date_precision, left(customer_key, 8) AS customer, product, location, language,
       rating, rating_native, rating_low, rating_high, nps, csat, csat_high, ces, ces_variant, reply, polarity, label,
       effort, emotion, expectation, control, trust, resolution, touchpoints, pairs, phases, live
FROM data.main.feedback WHERE live;

CREATE VIEW verbatim AS
SELECT id, feedback, field, ordinal, question, text FROM data.main.verbatim WHERE feedback IN (SELECT id FROM data.main.feedback WHERE live);

CREATE VIEW statement AS
SELECT id, verbatim, feedback, ordinal, start, stop, polarity, label FROM data.main.statement WHERE feedback IN (SELECT id FROM data.main.feedback WHERE live);

CREATE VIEW mention AS
SELECT statement, feedback, dimension, aspect, polarity, label, evidence FROM data.main.mention WHERE feedback IN (SELECT id FROM data.main.feedback WHERE live);

CREATE VIEW answer AS
SELECT feedback, question, native, score FROM data.main.answer WHERE feedback IN (SELECT id FROM data.main.feedback WHERE live);

CREATE VIEW question AS
SELECT id, batch, wording, worst, best, pillar, touchpoint FROM data.main.question
WHERE batch IN (SELECT id FROM data.main.batch WHERE undone_at IS NULL);

CREATE VIEW batch AS
SELECT id, demo, source, imported_at FROM data.main.batch WHERE undone_at IS NULL;
