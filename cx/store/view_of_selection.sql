-- The feedback that the filter of the page selects, as a view beside those of views.sql; the variable is set for each query.
CREATE VIEW auswahl AS
SELECT * FROM selected(getvariable('auswahl'));
