-- One row: what a Filter selects. Columns: n, with_text (text that was read), foreign_text (text in another language, not read),
-- undated, first_day, last_day, imported_at, ces_1, ces_2 (answers per variant).
-- Parameters: $filter STRUCT (macros.sql)
SELECT count(*) AS n, count(polarity) AS with_text,
       (SELECT count(DISTINCT feedback) FROM verbatim WHERE feedback IN (
           SELECT id FROM selected($filter) WHERE language <> 'de' AND polarity IS NULL)) AS foreign_text,
       count(*) FILTER (submitted_at IS NULL) AS undated,
       CAST(min(submitted_at) AS DATE) AS first_day, CAST(max(submitted_at) AS DATE) AS last_day,
       (SELECT max(imported_at) FROM batch) AS imported_at,
       count(*) FILTER (ces_variant = '1.0') AS ces_1, count(*) FILTER (ces_variant = '2.0') AS ces_2
FROM selected($filter)
