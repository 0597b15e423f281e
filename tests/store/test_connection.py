"""The one door to DuckDB: made, migrated, locked against the outside, written as a whole or not at all."""

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from cx.errors import StoreError
from cx.store import Store, connection, sql

ROOT = Path(__file__).parents[2]
TABLES = {
    "batch",
    "feedback",
    "verbatim",
    "statement",
    "mention",
    "reject",
    "mapping_memory",
    "correction",
    "schema_version",
}
ADD_BATCH = """
    INSERT INTO batch BY NAME SELECT $id AS id, false AS demo, 'Test' AS source, 'a.csv' AS file_name, 'x' AS sha256, 1 AS rows,
        1 AS added, 0 AS duplicates, 0 AS rejected, MAP {} AS masked, '{}' AS mapping, 'm' AS text_model, 't' AS taxonomy,
        TIMESTAMP '2026-01-01' AS imported_at
"""


def tables(store: Store) -> set[str]:
    with store.reading() as session:
        return set(session.frame("SELECT table_name FROM information_schema.tables")["table_name"])


def batches(store: Store) -> list[int]:
    with store.reading() as session:
        return session.frame("SELECT id FROM batch ORDER BY id")["id"].tolist()


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations to add to; it starts with those that ship."""
    folder = tmp_path / "schema"
    folder.mkdir()
    for file in connection.SCHEMA.glob("*.sql"):
        folder.joinpath(file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(connection, "SCHEMA", folder)
    return folder


# --- made and migrated


def test_a_new_database_has_every_table(store: Store) -> None:
    assert tables(store) >= TABLES


def test_missing_folders_are_made(tmp_path: Path) -> None:
    Store(tmp_path / "neu" / "tief" / "cx.duckdb").close()
    assert (tmp_path / "neu" / "tief" / "cx.duckdb").exists()


def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    first = Store(tmp_path / "cx.duckdb")
    with first.writing() as session:
        session.run(ADD_BATCH, id=1)
    first.close()
    assert batches(Store(tmp_path / "cx.duckdb")) == [1]


def test_an_older_database_is_migrated_and_keeps_its_rows(tmp_path: Path, migrations: Path) -> None:
    old = Store(tmp_path / "cx.duckdb")
    with old.writing() as session:
        session.run(ADD_BATCH, id=7)
    old.close()
    migrations.joinpath("900_more.sql").write_text(
        "ALTER TABLE batch ADD COLUMN note VARCHAR DEFAULT 'alt'", encoding="utf-8"
    )
    with Store(tmp_path / "cx.duckdb").reading() as session:
        assert session.value("SELECT note FROM batch WHERE id = 7") == "alt"
        assert session.value("SELECT max(version) FROM schema_version") == len(list(migrations.glob("*.sql")))


def test_a_database_of_the_first_schema_learns_of_languages_and_corrections(tmp_path: Path, migrations: Path) -> None:
    later = [file for file in migrations.glob("*.sql") if not file.name.startswith("001")]
    texts = {file: file.read_text(encoding="utf-8") for file in later}
    for file in later:
        file.unlink()
    with pytest.MonkeyPatch.context() as without_views:
        without_views.setattr(connection, "_expose", lambda _connection: None)
        old = Store(tmp_path / "cx.duckdb")
    with old.writing() as session:
        session.run("INSERT INTO statement VALUES (1, 1, 1, 1, 0, 0, 4, 0.5, 'positive')")
    old.close()
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
    new = Store(tmp_path / "cx.duckdb")
    assert "correction" in tables(new)
    with new.writing() as session:
        session.run("INSERT INTO statement VALUES (2, 2, 2, 1, 0, 0, 4, NULL, NULL)")
        assert session.frame("SELECT label FROM statement ORDER BY id")["label"].iloc[0] == "positive"
        assert session.value("SELECT count(label) FROM statement") == 1


def test_a_failing_migration_changes_nothing(tmp_path: Path, migrations: Path) -> None:
    Store(tmp_path / "cx.duckdb").close()
    broken = migrations / "900_broken.sql"
    broken.write_text("CREATE TABLE half (id INTEGER); SELECT * FROM missing", encoding="utf-8")
    with pytest.raises(duckdb.CatalogException):
        Store(tmp_path / "cx.duckdb")
    broken.unlink()
    assert "half" not in tables(Store(tmp_path / "cx.duckdb"))


def test_a_newer_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    Store(tmp_path / "cx.duckdb").close()
    with duckdb.connect(str(tmp_path / "cx.duckdb")) as later:
        later.execute("INSERT INTO schema_version VALUES (9999)")
    with pytest.raises(StoreError, match="neueren Version"):
        Store(tmp_path / "cx.duckdb")
    with duckdb.connect(str(tmp_path / "cx.duckdb")) as again:  # it was let go
        assert again.execute("SELECT max(version) FROM schema_version").fetchone() == (9999,)


def test_a_foreign_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    foreign = tmp_path / "cx.duckdb"
    foreign.write_text("Sehr geehrte Damen und Herren, " * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match="CX_DATABASE"):
        Store(foreign)
    assert foreign.read_text(encoding="utf-8").startswith("Sehr geehrte")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="CX_DATABASE"):
        Store(tmp_path)


def opened_elsewhere(path: Path) -> str:
    """What another process prints that opens `path` and says its CxError; "" where nothing is wrong."""
    code = "import sys, cx.store\ntry: cx.store.Store(sys.argv[1])\nexcept cx.errors.CxError as error: print(error)"
    command = [sys.executable, "-X", "utf8", "-c", code, str(path)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True).stdout


def test_a_second_process_gets_a_sentence_and_the_file_once_it_is_free(tmp_path: Path) -> None:
    held = Store(tmp_path / "cx.duckdb")
    assert "in einem anderen Programm offen" in opened_elsewhere(tmp_path / "cx.duckdb")
    held.close()
    assert opened_elsewhere(tmp_path / "cx.duckdb") == ""


# --- locked against the outside

READING = [
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM '{file}'",
    "SELECT content FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM glob('{folder}/*')",
    "ATTACH '{folder}/other.duckdb' AS other",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "EXPORT DATABASE '{folder}/export'",
]
CONFIGURING = [
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET GLOBAL enable_external_access = true",
    "RESET enable_external_access",
    "SET lock_configuration = false",
    "SET autoinstall_known_extensions = true",
    "SET allowed_directories = ['/']",
    "SET temp_directory = '{folder}/temp'",
    "SELECT * FROM 'https://localhost/x.parquet'",
    "CREATE SECRET s (TYPE s3)",
]


@pytest.mark.parametrize("statement", READING + CONFIGURING)
def test_sql_cannot_leave_the_database(store: Store, tmp_path: Path, statement: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n", encoding="utf-8")
    with store.reading() as session, pytest.raises(duckdb.Error):
        session.frame(statement.format(file=secret, folder=tmp_path))
    assert list(tmp_path.iterdir()) == [secret]


@pytest.mark.parametrize("statement", READING)
def test_without_the_lock_it_could(tmp_path: Path, statement: str) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with duckdb.connect() as open_door:
        open_door.execute(statement.format(file=tmp_path / "secret.csv", folder=tmp_path))


def test_a_frame_of_the_caller_is_no_table_unless_given(store: Store) -> None:
    loose = pd.DataFrame({"a": [1]})  # DuckDB's replacement scan would find it by its name
    with store.reading() as session:
        with pytest.raises(duckdb.Error):
            session.frame("SELECT * FROM loose")
        with session.given(loose=loose):
            assert session.value("SELECT a FROM loose") == 1
        with pytest.raises(duckdb.Error):
            session.frame("SELECT * FROM loose")


# --- whole or not at all


def test_rows_that_are_given_within_a_transaction_are_let_go_before_it_ends(store: Store) -> None:
    with store.writing() as session:
        session.run("CREATE TEMP TABLE kept (n BIGINT)")
        before = pa.total_allocated_bytes()
        for _block in range(3):
            with session.given(given_numbers=pa.table({"n": pa.array(range(100_000))})):
                session.run("INSERT INTO kept FROM given_numbers WHERE n IN (SELECT max(n) FROM given_numbers)")
        assert pa.total_allocated_bytes() - before < 100_000
        assert session.value("SELECT sum(n) FROM kept") == 3 * 99_999


def test_what_raises_is_rolled_back_and_leaves_the_version(store: Store) -> None:
    with pytest.raises(RuntimeError, match="mittendrin"), store.writing() as session:
        session.run(ADD_BATCH, id=1)
        raise RuntimeError("mittendrin")
    assert batches(store) == []
    assert store.version == 0


def test_an_interrupt_is_rolled_back_too(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.writing() as session:
        session.run(ADD_BATCH, id=1)
        raise KeyboardInterrupt
    assert batches(store) == []


def test_after_a_failure_writing_goes_on(store: Store) -> None:
    with pytest.raises(duckdb.Error), store.writing() as session:
        session.run("SELECT * FROM nowhere")
    with store.writing() as session:
        session.run(ADD_BATCH, id=2)
    assert batches(store) == [2]


def test_the_version_rises_with_every_write_and_only_then(store: Store) -> None:
    batches(store)
    assert store.version == 0
    for expected in (1, 2):
        with store.writing() as session:
            session.run(ADD_BATCH, id=expected)
        assert store.version == expected


def test_readers_see_the_state_before_a_write_until_it_is_whole(store: Store) -> None:
    with store.writing() as session:
        session.run(ADD_BATCH, id=1)
        assert batches(store) == []
    assert batches(store) == [1]


def test_writers_wait_for_each_other(store: Store) -> None:
    def add(number: int) -> None:
        with store.writing() as session:
            taken = session.value("SELECT coalesce(max(id), 0) FROM batch")
            session.run(ADD_BATCH, id=taken + 1)

    threads = [threading.Thread(target=add, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert batches(store) == list(range(1, 9))
    assert store.version == 8


def test_readers_in_many_threads_do_not_disturb_each_other(store: Store) -> None:
    found: list[int] = []

    def ask(number: int) -> None:
        with store.reading() as session:
            found.extend(session.value("SELECT $n", n=number) for _ in range(20))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(n for n in range(6) for _ in range(20))


# --- sessions


def test_each_statement_of_a_script_gets_the_parameters_it_names(store: Store) -> None:
    with store.writing() as session:
        session.run(
            "CREATE TEMP TABLE a AS SELECT $x AS x; CREATE TEMP TABLE b AS SELECT $y AS y; CREATE TEMP TABLE c AS SELECT 1",
            x=1,
            y="zwei",
        )
        assert session.value("SELECT x || y FROM a, b") == "1zwei"


def test_temporary_tables_end_with_their_session(store: Store) -> None:
    with store.reading() as session:
        session.run("CREATE TEMP TABLE mine AS SELECT 1")
    with store.reading() as session, pytest.raises(duckdb.CatalogException):
        session.frame("SELECT * FROM mine")


def test_no_row_has_no_value(store: Store) -> None:
    with store.reading() as session:
        assert session.value("SELECT id FROM batch") is None


def test_arrow_keeps_types(store: Store) -> None:
    with store.reading() as session:
        found = session.arrow("SELECT DATE '2026-01-02' AS day, ['a', 'b'] AS words")
    assert found.schema.field("day").type == pa.date32()
    assert found.to_pylist()[0]["words"] == ["a", "b"]


def test_a_value_is_bound_and_never_read_as_sql(store: Store) -> None:
    nasty = "'; DROP TABLE batch; --"
    with store.reading() as session:
        assert session.value("SELECT $x", x=nasty) == nasty
    assert "batch" in tables(store)


def test_every_query_file_can_be_prepared(store: Store) -> None:
    files = sorted(connection.QUERIES.glob("*.sql"))
    assert len(files) > 5
    with store.reading() as session:
        for file in files:
            assert len(session._cursor.extract_statements(sql(file))) == 1, file.name


def test_what_a_killed_process_left_of_its_work_goes_at_the_next_opening(tmp_path: Path) -> None:
    folder = tmp_path / "cx.duckdb.tmp"
    folder.mkdir()
    (folder / "duckdb_temp_storage-0.tmp").write_bytes(b"left")
    store = Store(tmp_path / "cx.duckdb")
    assert not folder.exists()
    with store.writing() as session:
        session.run("SELECT count(*) FROM (SELECT hash(range) AS h FROM range(30_000_000) ORDER BY h)")
    store.close()
    assert not folder.exists()
