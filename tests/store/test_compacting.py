"""What was deleted stands nowhere in the file any more; a process killed on the way loses nothing; readers hardly wait."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from cx.errors import StoreError
from cx.store import Store, compacting, connection

ROOT = Path(__file__).parents[2]
ROWS = 300
GONE = "Satz 77 über Quitten"
KEPT = "Satz 78 über Quitten"
ADD = """
    INSERT INTO verbatim BY NAME
    SELECT range AS id, range AS feedback, 1 AS batch, 'text' AS field, 1 AS ordinal,
           'Ganz eigener Satz ' || range || ' über Quitten und das Xylophon Nr. ' || range * 7919 % 997 || '.' AS text
    FROM range($rows)
"""
DELETE = "DELETE FROM verbatim WHERE id = 77"
WAIT_S = 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cx.duckdb"


@pytest.fixture
def filled(path: Path) -> Store:
    """Its texts stand plainly in the file: on disk, not only in the WAL."""
    store = Store(path)
    with store.writing() as session:
        session.run(ADD, rows=ROWS)
    store.close()
    store = Store(path)
    assert GONE in on_disk(path)
    return store


def on_disk(path: Path) -> str:
    """Everything that lies in the folder of the database, byte for byte."""
    files = [file for file in path.parent.iterdir() if file.is_file()]
    return "".join(file.read_bytes().decode("utf-8", errors="replace") for file in files)


def left(path: Path) -> set[str]:
    return {file.name for file in path.parent.iterdir()} - {"cx.duckdb.wal"}


def count(store: Store) -> int:
    with store.reading() as session:
        return session.value("SELECT count(*) FROM verbatim")


# --- nothing stays


def test_a_deleted_text_stays_in_the_file_without_compacting(filled: Store, path: Path) -> None:
    with filled.writing() as session:
        session.run(DELETE)
    filled.close()  # with a checkpoint
    assert GONE in on_disk(path)


def test_erasing_leaves_the_text_nowhere(filled: Store, path: Path) -> None:
    with filled.erasing() as session:
        session.run(DELETE)
    assert GONE not in on_disk(path)
    assert KEPT in on_disk(path)
    assert count(filled) == ROWS - 1
    filled.close()
    assert left(path) == {"cx.duckdb"}
    assert GONE not in on_disk(path)
    assert count(Store(path)) == ROWS - 1


def test_the_fresh_file_has_no_free_pages(filled: Store, path: Path) -> None:
    """Whatever the compression: what is in the file is what is in the tables."""
    with filled.erasing() as session:
        session.run("DELETE FROM verbatim WHERE id % 2 = 0")
    filled.close()
    with duckdb.connect(str(path), read_only=True) as bare:
        size = bare.execute("SELECT block_size, total_blocks, used_blocks, free_blocks FROM pragma_database_size()")
        block, total, used, free = size.fetchone()
    assert (used, free) == (total, 0)
    assert path.stat().st_size <= total * block + 3 * 4096  # the headers


def test_the_old_file_is_overwritten_before_it_goes(filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = []
    unlink = Path.unlink

    def seen(file: Path, missing_ok: bool = False) -> None:
        if file.name.endswith(".old"):
            copies.append(file.read_bytes())
        unlink(file, missing_ok)

    monkeypatch.setattr(Path, "unlink", seen)
    with filled.erasing() as session:
        session.run(DELETE)
    assert [set(copy) for copy in copies] == [{0}]


def test_order_defaults_and_macros_survive(filled: Store) -> None:
    with filled.erasing() as session:
        session.run(DELETE)
        session.run("INSERT INTO feedback (id, batch, identity, kind, source) VALUES (1, 1, 'a', 'review', 'Test')")
    with filled.writing() as session:
        session.run("INSERT INTO feedback (id, batch, identity, kind, source) VALUES (2, 1, 'b', 'review', 'Test')")
        assert session.frame("SELECT id FROM verbatim")["id"].is_monotonic_increasing
        assert session.frame("SELECT live FROM feedback")["live"].tolist() == [True, True]


def test_what_is_written_afterwards_is_there_after_opening_again(filled: Store, path: Path) -> None:
    for _round in range(3):
        with filled.erasing() as session:
            session.run("DELETE FROM verbatim WHERE id IN (SELECT max(id) FROM verbatim)")
        with filled.writing() as session:
            session.run("INSERT INTO mapping_memory VALUES ('x', '{}', TIMESTAMP '2026-01-01')")
    filled.close()
    with Store(path).reading() as session:
        assert session.value("SELECT count(*) FROM mapping_memory") == 3
        assert session.value("SELECT count(*) FROM verbatim") == ROWS - 3


def test_the_rights_of_the_file_stay(filled: Store, path: Path) -> None:
    path.chmod(0o600)
    with filled.erasing() as session:
        session.run(DELETE)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_relative_path_and_a_name_with_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store('it\'s "mine".duckdb')
    with store.writing() as session:
        session.run(ADD, rows=9)
    with store.erasing() as session:
        session.run("DELETE FROM verbatim WHERE id = 1")
    assert count(store) == 8
    assert GONE not in on_disk(tmp_path / "x")


def test_a_database_in_memory_just_deletes() -> None:
    store = Store()
    with store.writing() as session:
        session.run(ADD, rows=ROWS)
    with store.erasing() as session:
        session.run(DELETE)
    assert count(store) == ROWS - 1


def test_only_the_draft_can_be_reached_from_sql(filled: Store, path: Path) -> None:
    for statement in (f"ATTACH '{path}.other'", f"SELECT * FROM read_text('{path}')", f"ATTACH '{path}.old'"):
        with filled.reading() as session, pytest.raises(duckdb.Error):
            session.frame(statement)


# --- failures


def test_what_raises_deletes_nothing_and_owes_nothing(filled: Store, path: Path) -> None:
    version = filled.version
    with pytest.raises(RuntimeError, match="mittendrin"), filled.erasing() as session:
        session.run(DELETE)
        raise RuntimeError("mittendrin")
    assert (count(filled), filled.version) == (ROWS, version)
    assert left(path) == {"cx.duckdb"}


def test_a_full_disk_is_said_and_made_up_for_at_the_next_opening(
    filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(store: Store) -> None:
        Path(compacting.draft(store.path)).write_bytes(b"half a draft")
        raise duckdb.IOException("No space left on device")

    with monkeypatch.context() as full_disk:
        full_disk.setattr(Store, "_write_draft", full)
        with pytest.raises(StoreError, match="Daten sind gelöscht"), filled.erasing() as session:
            session.run(DELETE)
    assert count(filled) == ROWS - 1
    with filled.writing() as session:  # the work goes on
        session.run("DELETE FROM verbatim WHERE id = 1")
    assert GONE in on_disk(path)
    filled.close()
    assert count(Store(path)) == ROWS - 2
    assert GONE not in on_disk(path)
    assert left(path) == {"cx.duckdb"}


def test_another_program_that_is_faster_gets_a_whole_file(
    filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(_path: str) -> None:
        raise StoreError("gerade in einem anderen Programm offen")

    version = filled.version
    with monkeypatch.context() as faster:
        faster.setattr(connection, "_open", taken)
        with pytest.raises(StoreError, match="anderen Programm"), filled.erasing() as session:
            session.run(DELETE)
        with pytest.raises(StoreError, match="anderen Programm"):
            count(filled)
    assert count(filled) == ROWS - 1  # once it is free again
    assert filled.version > version + 1  # the other may have written
    assert GONE not in on_disk(path)


# --- readers and killed processes


def test_readers_go_on_while_the_file_is_written_anew(filled: Store) -> None:
    found, stop = [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            with filled.reading():  # one reading within another does not lock up
                found.append(count(filled))

    readers = [threading.Thread(target=read) for _n in range(4)]
    for reader in readers:
        reader.start()
    try:
        for number in range(5):
            with filled.erasing() as session:
                session.run("DELETE FROM verbatim WHERE id = $id", id=number)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert set(found) <= set(range(ROWS - 5, ROWS + 1))
    assert count(filled) == ROWS - 5


def test_a_reading_that_does_not_end_leaves_it_owed(filled: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "READERS_WAIT_S", 0.1)
    with filled.reading() as session:
        with pytest.raises(StoreError, match="Daten sind gelöscht"), filled.erasing() as writer:
            writer.run(DELETE)
        assert session.value("SELECT count(*) FROM verbatim") == ROWS - 1
    filled.close()
    assert count(Store(path)) == ROWS - 1
    assert GONE not in on_disk(path)


# Erases and stops at one step, to be killed there.
SCRIPT = """
import sys, time
from pathlib import Path
from cx.store import Store, compacting

path, step = Path(sys.argv[1]), sys.argv[2]

def stop(*_given):
    if step == "destroy" and not compacting.original(str(path)).exists():
        return  # nothing to destroy yet
    path.with_name("there").touch()
    time.sleep(600)

store = Store(path)
if step == "transaction":
    with store.erasing() as session:
        session.run("DELETE FROM verbatim WHERE id = 77")
        stop()
owner = Store if hasattr(Store, step) else compacting
setattr(owner, step, stop)
with store.erasing() as session:
    session.run("DELETE FROM verbatim WHERE id = 77")
"""


@pytest.mark.parametrize("step", ["transaction", "_write_draft", "_put_draft_in_place", "_sync_folder", "destroy"])
def test_kill_9_leaves_a_database_that_opens_and_is_compacted_then(filled: Store, path: Path, step: str) -> None:
    filled.close()
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(path), step], cwd=ROOT)
    try:
        deadline = time.monotonic() + WAIT_S
        while not path.with_name("there").exists():
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    path.with_name("there").unlink()
    store = Store(path)
    assert count(store) == (ROWS if step == "transaction" else ROWS - 1)
    assert (GONE in on_disk(path)) == (step == "transaction")
    store.close()
    assert left(path) == {"cx.duckdb"}
