"""The one door to DuckDB: connection, schema, queries. Knows no meaning of a metric."""

from cx.store.connection import Session, Store, example, named, recording, sql

__all__ = ["Session", "Store", "example", "named", "recording", "sql"]
