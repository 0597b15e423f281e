-- What a query of people can name: one row per view and column. Columns: view, column, type.
-- Parameters: $catalogue
SELECT table_name AS view, column_name AS column, data_type AS type
FROM duckdb_columns() WHERE database_name = $catalogue ORDER BY table_oid, column_index
