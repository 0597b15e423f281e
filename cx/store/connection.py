"""A DuckDB file (or memory): opened hardened, read through cursors, written in transactions by one writer at a time."""

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from cx.errors import QueryError, StoreError
from cx.language import _, number
from cx.model.filter import IN_TEXTS, Filter
from cx.store import compacting, querying
from cx.store.answers import Answers

HERE = Path(__file__).parent
SCHEMA = HERE / "schema"
QUERIES = HERE / "queries"
MEMORY = ":memory:"
MEMORY_LIMIT = "850MB"  # of the database alone: an import of any size stays below 2 GB, both processes together
DRAFT = "compacting draft"  # name under which the connection knows it
VIEWS = "cx views"  # the catalogue of views.sql
GUESTS = 2  # queries of people that run at once: what is left of the machine is for the pages
AHEAD = 1  # queries that run ahead at once: the other core is for whoever asked for them
INTERRUPT_EVERY_S = 0.02
NO_TIME_ZONES = "pytz"  # a library that DuckDB wants for TIMESTAMPTZ in Python, and we do without
QUOTE = '"'
# What the system says of a full disk, a full quota, a file that may not grow (DuckDB passes it on in English).
NO_SPACE = ("No space left on device", "Disk quota exceeded", "File too large", "not enough space on the disk")
READERS_WAIT_S = 60  # a reading that takes longer leaves the compacting to the next opening


_recorded: ContextVar[list[tuple[str, dict[str, Any]]] | None] = ContextVar("recorded", default=None)


@cache
def sql(path: Path) -> str:
    """The text of a query file."""
    return path.read_text(encoding="utf-8")


def named(query: str) -> str:
    """The text of `queries/<query>.sql`."""
    return sql(QUERIES / f"{query}.sql")


def example(query: str) -> str:
    """The text of `examples/<query>.sql`, without what it says of itself."""
    lines = sql(HERE / "examples" / f"{query}.sql").strip().splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


@contextmanager
def recording() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Within the block, every query that this thread asks by name, with the values bound to it, is added to the list."""
    found: list[tuple[str, dict[str, Any]]] = []
    before = _recorded.set(found)
    try:
        yield found
    finally:
        _recorded.reset(before)


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
        return self._cursor.sql(script, params=parameters or None).to_arrow_table()

    def value(self, script: str, **parameters: Any) -> Any:
        """The first cell of one SELECT; None where there is no row."""
        rows = self._cursor.execute(script, parameters or None).fetchall()  # fetchone would leave the result open
        return rows[0][0] if rows else None

    def first(self, script: str, rows: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns of one SELECT, and its first rows; what lies beyond is not computed where DuckDB can stop."""
        [statement] = self._cursor.extract_statements(script)
        found = self._cursor.execute(statement).fetchmany(rows)
        return [column[0] for column in self._cursor.description], found

    def reachable(self) -> querying.Reachable:
        """What a query can name in the catalogue that this session is in."""
        views = self._cursor.execute(
            "SELECT view_name FROM duckdb_views() WHERE database_name = $name", {"name": VIEWS}
        )
        views = frozenset(name for [name] in views.fetchall())
        macros = self._cursor.execute(
            "SELECT function_name FROM duckdb_functions() WHERE database_name = $name", {"name": VIEWS}
        )
        return querying.Reachable(views, frozenset(name for [name] in macros.fetchall()))

    def visit(self, selection: Filter) -> None:
        """From here on this session sees the views alone, `selection` as the view auswahl, and cannot write."""
        self._cursor.execute(f'USE "{VIEWS}"')
        self._cursor.execute("SET VARIABLE auswahl = $selection", {"selection": selection.parameter()})
        self._cursor.execute("BEGIN TRANSACTION READ ONLY")

    @contextmanager
    def ending(self, seconds: float) -> Iterator[None]:
        """Within the block, what runs is interrupted after `seconds`, again and again, since DuckDB forgets it between statements."""
        done = threading.Event()

        def interrupt() -> None:
            pause = seconds
            while not done.wait(pause):
                self._cursor.interrupt()
                pause = INTERRUPT_EVERY_S

        watch = threading.Thread(target=interrupt, name="time limit", daemon=True)
        watch.start()
        try:
            yield
        finally:
            done.set()
            watch.join()

    @contextmanager
    def given(self, **tables: pd.DataFrame | pa.Table) -> Iterator[None]:
        """Within the block, SQL can select from these by their names."""
        lent = {name: _Lent(rows) if isinstance(rows, pa.Table) else rows for name, rows in tables.items()}
        for name, rows in lent.items():
            self._cursor.register(name, rows)
        try:
            yield
        finally:
            for name, rows in lent.items():
                self._cursor.unregister(name)
                if isinstance(rows, _Lent):
                    rows.take_back()


class _Lent:
    """Rows of Arrow that DuckDB reads where they are. What it was once given within a transaction it holds until that ends: then it holds nothing."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._rows.__arrow_c_stream__(requested_schema)

    def take_back(self) -> None:
        """Let the rows go."""
        self._rows = self._rows.schema.empty_table()


class _Door:
    """Any number pass through it at a time; who wants the room for itself waits until all are out."""

    def __init__(self) -> None:
        self.lock = threading.Condition()
        self._inside: Counter[int] = Counter()  # by thread
        self._closing = False

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Within the block, one of many. A thread that is inside may come in again, so that it comes to an end."""
        thread = threading.get_ident()
        with self.lock:
            self.lock.wait_for(lambda: not self._closing or self._inside[thread])
            self._inside[thread] += 1
        try:
            yield
        finally:
            with self.lock:
                self._inside[thread] -= 1
                self._inside += Counter()  # forget threads that are out
                self.lock.notify_all()

    @contextmanager
    def closed(self) -> Iterator[bool]:
        """Within the block, alone, and the next wait outside; False where somebody stays for too long."""
        with self.lock:
            self._closing = True
            try:
                yield self.lock.wait_for(lambda: not self._inside.total(), READERS_WAIT_S)
            finally:
                self._closing = False
                self.lock.notify_all()


class Store:
    """The database of one workspace. `version` rises with every committed write, so that caches can key on it."""

    def __init__(self, path: str | Path = MEMORY) -> None:
        self.path = str(path)
        self.version = 0
        self._answers = Answers()
        self._begun: dict[str, Future[pd.DataFrame]] = {}  # by what is asked ahead
        self._ahead = ThreadPoolExecutor(AHEAD, "ahead")
        self._writer = threading.Lock()
        self._guests = threading.BoundedSemaphore(GUESTS)
        self._reachable: querying.Reachable | None = None
        self._door = _Door()
        self._connection: duckdb.DuckDBPyConnection | None = _open(self.path)
        if self.path != MEMORY:
            self._finish_compacting()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that reads one state of the database."""
        with self._door.passed():
            cursor = self._opened().cursor()
            try:
                yield Session(cursor)
            finally:
                cursor.close()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: committed as a whole at the end of the block, or not at all."""
        with self._writer, self._transaction() as session:
            yield session

    @contextmanager
    def erasing(self) -> Iterator[Session]:
        """`writing`, after which the file is written anew, so that nothing that was deleted stands in it or its WAL any more.

        Readers go on meanwhile and wait for some milliseconds at the end. A process killed at any moment leaves a database that
        opens, and what is owed is made up for then. Raises StoreError where the disk has no room for a second copy: what was
        deleted is deleted, its bytes are owed.
        """
        with self._writer:
            marked = self.path != MEMORY and self._mark()
            try:
                with self._transaction() as session:
                    yield session
            except BaseException:
                if marked:
                    compacting.unmark(self.path)
                raise
            if self.path != MEMORY:
                self._compact()

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        """Raises StoreError where the disk is full or the memory too small; nothing has changed then."""
        try:
            with self.reading() as session:
                session.run("BEGIN")
                try:
                    yield session
                except BaseException:
                    with suppress(duckdb.Error):  # what is fatal has ended the transaction
                        session.run("ROLLBACK")
                    raise
                session.run("COMMIT")
                self.version += 1
        except duckdb.Error as error:
            if isinstance(error, duckdb.FatalException):
                self._drop_connection()
            _refuse_shortage(error)
            raise

    def _drop_connection(self) -> None:
        """After a fatal error DuckDB wants the file opened anew; whoever comes next does so."""
        with self._door.lock:
            if self._connection:
                self._connection.close()
                self._connection = None

    def frame(self, query: str, **parameters: Any) -> pd.DataFrame:
        """The rows of `queries/<query>.sql`."""
        if (recorded := _recorded.get()) is not None:
            recorded.append((query, parameters))
        begun = self._begun.pop(repr((query, parameters)), None)
        if begun and not begun.cancel():  # what still waits behind the query of another visitor is asked here
            wait([begun], READERS_WAIT_S)
        return self._answered(query, parameters)

    def has(self, query: str, **parameters: Any) -> bool:
        """Whether `frame` has the answer without asking the database."""
        return self._answers.find(self.version, repr((query, parameters))) is not None

    def ahead(self, query: str, **parameters: Any) -> None:
        """Begin to ask what `frame` will be asked for: the database works while Python does."""
        self._begun = {asked: begun for asked, begun in [*self._begun.items()] if not begun.done()}
        self._begun[repr((query, parameters))] = self._ahead.submit(self._answered, query, parameters)

    def _answered(self, query: str, parameters: dict[str, Any]) -> pd.DataFrame:
        version, asked = self.version, repr((query, parameters))
        if (kept := self._answers.find(version, asked)) is not None:
            return kept
        with self.reading() as session:
            if _asks_no_texts(parameters):
                session.run(sql(HERE / "selected_at_once.sql"))
            found = session.frame(named(query), **parameters)
        self._answers.keep(version, asked, found)
        return found

    def asked(
        self, query: str, selection: Filter, seconds: float, rows: int
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The first `rows` of a query that somebody has written: names of the columns, tuples. The query can name the views of views.sql
        (auswahl: `selection`) and nothing else, and ends after `seconds`.

        Raises QueryError where it is refused (cx.store.querying), fails, takes too long or needs too much memory.
        """
        if len(query) > querying.LONGEST:
            message = _("Diese Abfrage ist zu lang. Möglich sind {n} Zeichen.")
            raise QueryError(message.format(n=number(querying.LONGEST)))
        if not self._guests.acquire(timeout=seconds):
            raise QueryError(_("Gerade laufen schon mehrere Abfragen. Versuchen Sie es gleich noch einmal."))
        try:
            with self.reading() as session, session.ending(seconds):
                session.visit(selection)
                serialized = session.value("SELECT json_serialize_sql($query)", query=query)
                self._reachable = self._reachable or session.reachable()
                querying.refuse_all_but_reading(serialized, self._reachable)
                return session.first(query, rows)
        except (duckdb.Error, ValueError, OverflowError) as error:
            if isinstance(error, duckdb.FatalException):
                self._drop_connection()
            raise _failed(error, seconds) from error
        finally:
            self._guests.release()

    def reachable_columns(self) -> pd.DataFrame:
        """What a query of people can name: view, column, type, in the order of views.sql."""
        with self.reading() as session:
            return session.frame(named("view_columns"), catalogue=VIEWS)

    def close(self) -> None:
        """Let go of the file."""
        self._ahead.shutdown(cancel_futures=True)
        if self._connection:
            self._connection.close()

    def _opened(self) -> duckdb.DuckDBPyConnection:
        """The connection; made anew after a fatal error, and where another program was faster at the end of a compacting."""
        with self._door.lock:
            if self._connection is None:
                self._connection = _open(self.path)
                self.version += 1
                compacting.destroy(self.path)
            return self._connection

    def _mark(self) -> bool:
        try:
            return compacting.mark(self.path)
        except OSError as error:
            message = _(
                "Neben der Datenbank „{path}“ lässt sich nichts anlegen, deshalb wurde nichts gelöscht. "
                "Prüfen Sie die Rechte des Ordners oder legen Sie die Datenbank auf ein lokales Laufwerk."
            )
            raise StoreError(message.format(path=self.path)) from error

    def _finish_compacting(self) -> None:
        """Make up for what a killed process or a full disk has left undone; where it fails again, it stays owed."""
        compacting.remove_draft(self.path)
        with suppress(StoreError), self._writer:
            if compacting.is_owed(self.path):
                self._compact()
        compacting.destroy(self.path)

    def _compact(self) -> None:
        """Copy the database into a fresh file, which takes its place; the old one is overwritten and removed.

        The old connection holds the locks of both files until the fresh one is in place, so that no other process can open the old
        one and write what would be lost.
        """
        message = _(
            "Die Daten sind gelöscht, aber die Datenbankdatei ließ sich nicht neu schreiben; Reste können noch darin stehen. "
            "Schaffen Sie Platz für eine zweite Kopie der Datenbank und starten Sie die App neu, dann wird es nachgeholt."
        )
        try:
            self._write_draft()
            with self._door.closed() as alone:
                if not alone:
                    raise StoreError(message)
                self._put_draft_in_place()
        except (duckdb.Error, OSError) as error:
            raise StoreError(message) from error
        finally:
            self._drop_draft()
        compacting.destroy(self.path)

    def _write_draft(self) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(f'ATTACH $path AS "{DRAFT}"', {"path": compacting.draft(self.path)})
            [name] = cursor.execute("SELECT current_database()").fetchone()
            cursor.execute(f'COPY FROM DATABASE "{name.replace(QUOTE, 2 * QUOTE)}" TO "{DRAFT}"')
            cursor.execute(f'CHECKPOINT "{DRAFT}"')

    def _put_draft_in_place(self) -> None:
        self._connection.execute("CHECKPOINT")  # the WAL ends: the draft must not inherit it
        compacting.put_in_place(self.path)
        self._connection.close()
        self._connection = None
        self._connection = _open(self.path)
        assert not self._has_draft(), "a session was left open: DuckDB handed out the old file once more"

    def _has_draft(self) -> bool:
        listed = self._connection.execute("SELECT count(*) FROM duckdb_databases() WHERE database_name = ?", [DRAFT])
        return bool(listed.fetchone()[0])

    def _drop_draft(self) -> None:
        with suppress(duckdb.Error):
            if self._connection and self._has_draft():
                self._connection.execute(f'DETACH "{DRAFT}"')
        compacting.remove_draft(self.path)


def _open(path: str) -> duckdb.DuckDBPyConnection:
    connection = _connect(path)
    try:
        _migrate(connection)
        connection.execute(sql(HERE / "macros.sql"))
        _expose(connection)
    except BaseException as error:
        connection.close()
        _refuse_shortage(error)
        raise
    _spill(connection, path)
    _harden(connection, [] if path == MEMORY else compacting.draft_files(path))
    return connection


def _expose(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay views.sql, and the macros over it, into a catalogue of its own: from there no table is found by its bare name."""
    [name] = connection.execute("SELECT current_database()").fetchone()
    own = f'"{name.replace(QUOTE, 2 * QUOTE)}"'
    connection.execute(f"ATTACH ':memory:' AS \"{VIEWS}\"")
    connection.execute(f'USE "{VIEWS}"')
    connection.execute("SET VARIABLE auswahl = $selection", {"selection": Filter().parameter()})
    connection.execute(sql(HERE / "views.sql").replace("data.main", f"{own}.main"))
    connection.execute(sql(HERE / "macros.sql"))
    connection.execute(sql(HERE / "view_of_selection.sql"))
    connection.execute(f"USE {own}")


def _asks_no_texts(parameters: dict[str, Any]) -> bool:
    """Whether the Filters among the parameters name nothing in texts."""
    filters = [value for value in parameters.values() if isinstance(value, dict)]
    return bool(filters) and not any(each[name] for each in filters for name in IN_TEXTS)


def _failed(error: Exception, seconds: float) -> QueryError:
    """What went wrong with a query of people, in a sentence; DuckDB's own words beside it."""
    if isinstance(error, duckdb.InterruptException):
        message = _(
            "Die Abfrage lief länger als {n} s und wurde abgebrochen. Schränken Sie sie ein oder erlauben Sie mehr Zeit."
        )
        return QueryError(message.format(n=number(seconds, 0 if seconds >= 1 else 1)))
    if isinstance(error, duckdb.OutOfMemoryException):
        return QueryError(
            _("Die Abfrage braucht mehr Arbeitsspeicher, als für Abfragen da ist. Schränken Sie sie ein."), str(error)
        )
    if NO_TIME_ZONES in str(error):
        return QueryError(
            _("Zeiten mit Zeitzone lassen sich nicht ausgeben. Schreiben Sie zum Beispiel CAST(now() AS TIMESTAMP).")
        )
    return QueryError(_("Diese Abfrage lässt sich nicht ausführen."), str(error))


def _spill(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    """Beyond MEMORY_LIMIT, work goes to a folder beside the file (texts in it are masked); what a killed process left there goes now. What is in
    memory stays there: DuckDB would else write to the folder that the process was started in."""
    if path == MEMORY:
        connection.execute("SET temp_directory = ''")
        return
    folder = Path(f"{path}.tmp")
    shutil.rmtree(folder, ignore_errors=True)
    connection.execute("SET temp_directory = $folder", {"folder": str(folder)})
    connection.execute("SET memory_limit = $limit", {"limit": MEMORY_LIMIT})


def _connect(path: str) -> duckdb.DuckDBPyConnection:
    try:
        if path != MEMORY:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(path)
    except (duckdb.IOException, OSError) as error:
        _refuse_shortage(error)
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


def _refuse_shortage(error: BaseException) -> None:
    """Raise StoreError where the disk is full or the memory too small, said in the user's words."""
    if any(words in str(error) for words in NO_SPACE):
        message = _(
            "Die Platte ist voll, deshalb wurde nichts gespeichert. Schaffen Sie Platz und versuchen Sie es noch einmal."
        )
        raise StoreError(message) from error
    if isinstance(error, duckdb.OutOfMemoryException):
        message = _(
            "Der Arbeitsspeicher reicht nicht, deshalb wurde nichts gespeichert. "
            "Schließen Sie andere Programme oder teilen Sie den Export, zum Beispiel nach Jahren."
        )
        raise StoreError(message) from error


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
    for version, file in enumerate(files[found:], start=found + 1):
        connection.execute(sql(file))
        connection.execute("INSERT INTO schema_version VALUES (?)", [version])
    connection.execute("COMMIT")


def _harden(connection: duckdb.DuckDBPyConnection, draft: list[str]) -> None:
    """No files, no network, no extensions, no way back: SQL can reach this database only, and the draft of its compacted copy."""
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET allowed_paths = $draft", {"draft": draft})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
