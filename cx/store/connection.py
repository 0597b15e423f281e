"""A DuckDB file (or memory): opened hardened, read through cursors, written in transactions by one writer at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from cx.errors import StoreError
from cx.language import _

HERE = Path(__file__).parent
SCHEMA = HERE / "schema"
QUERIES = HERE / "queries"
MEMORY = ":memory:"


@cache
def sql(path: Path) -> str:
    """The text of a query file."""
    return path.read_text(encoding="utf-8")


class Session:
    """One cursor with its own temporary tables. Made by `Store.reading` and `Store.writing`, closed by them."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def run(self, script: str, **parameters: Any) -> None:
        """Execute every statement of `script`; each gets the parameters it names."""
        for statement in self._cursor.extract_statements(script):
            wanted = {name: parameters[name] for name in statement.named_parameters}
            self._cursor.execute(statement, wanted or None)

    def frame(self, script: str, **parameters: Any) -> pd.DataFrame:
        """The rows of one SELECT, as a frame."""
        return self._cursor.execute(script, parameters or None).df()

    def arrow(self, script: str, **parameters: Any) -> pa.Table:
        """The rows of one SELECT, as an Arrow table (dates and lists keep their types)."""
        return self._cursor.execute(script, parameters or None).to_arrow_table()

    def value(self, script: str, **parameters: Any) -> Any:
        """The first cell of one SELECT; None where there is no row."""
        rows = self._cursor.execute(script, parameters or None).fetchall()  # fetchone would leave the result open
        return rows[0][0] if rows else None

    @contextmanager
    def given(self, name: str, rows: pd.DataFrame | pa.Table) -> Iterator[None]:
        """Within the block, SQL can select from `name`."""
        self._cursor.register(name, rows)
        try:
            yield
        finally:
            self._cursor.unregister(name)


class Store:
    """The database of one workspace. `version` rises with every committed write, so that caches can key on it."""

    def __init__(self, path: str | Path = MEMORY) -> None:
        self.path = str(path)
        self.version = 0
        self._writer = threading.Lock()
        self._connection = _connect(self.path)
        try:
            _migrate(self._connection)
            self._connection.execute(sql(HERE / "macros.sql"))
        except BaseException:
            self._connection.close()
            raise
        _harden(self._connection)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that reads one state of the database."""
        cursor = self._connection.cursor()
        try:
            yield Session(cursor)
        finally:
            cursor.close()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: committed as a whole at the end of the block, or not at all."""
        with self._writer, self.reading() as session:
            session.run("BEGIN")
            try:
                yield session
            except BaseException:
                session.run("ROLLBACK")
                raise
            session.run("COMMIT")
            self.version += 1

    def frame(self, query: str, **parameters: Any) -> pd.DataFrame:
        """The rows of `queries/<query>.sql`."""
        with self.reading() as session:
            return session.frame(sql(QUERIES / f"{query}.sql"), **parameters)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _connect(path: str) -> duckdb.DuckDBPyConnection:
    if path != MEMORY:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    try:
        return duckdb.connect(path)
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            message = _(
                "Die Datenbank „{path}“ ist gerade in einem anderen Programm offen. "
                "Schließen Sie dort die App oder das Notebook und versuchen Sie es noch einmal."
            )
        else:
            message = _(
                "Die Datenbank „{path}“ lässt sich nicht öffnen. Prüfen Sie Pfad und Rechte "
                "oder nennen Sie in CX_DATABASE eine andere Datei."
            )
        raise StoreError(message.format(path=path)) from error
    except duckdb.Error as error:
        message = _(
            "„{path}“ ist keine Datenbank von CX-Explorer oder beschädigt. "
            "Spielen Sie eine Sicherung ein oder nennen Sie in CX_DATABASE eine andere Datei."
        )
        raise StoreError(message.format(path=path)) from error


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the schema to the newest version, in one transaction; refuse one that is newer than the code."""
    files = sorted(SCHEMA.glob("*.sql"))
    connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
    found = connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()[0]
    if found > len(files):
        raise StoreError(
            _(
                "Diese Datenbank stammt aus einer neueren Version von CX-Explorer. "
                "Aktualisieren Sie die App, dann lässt sie sich öffnen."
            )
        )
    connection.execute("BEGIN")
    for number, file in enumerate(files[found:], start=found + 1):
        connection.execute(sql(file))
        connection.execute("INSERT INTO schema_version VALUES (?)", [number])
    connection.execute("COMMIT")


def _harden(connection: duckdb.DuckDBPyConnection) -> None:
    """No files, no network, no extensions, no way back: SQL can reach this database only."""
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
