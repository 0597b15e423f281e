"""A process killed in the middle of an import, or an import onto a full disk, leaves the database as it was."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ingest_files import ROOT
from killing import WAIT_S, kill_in_the_middle

from cx.errors import StoreError
from cx.store import Store

HEADER = "Kommentar;Sterne;Datum\n"
FIRST = HEADER + "Die Beratung war freundlich.;5;07.01.2026\n"
SECOND = HEADER + "".join(f"Paket {n} kam zu spät, keiner half mir.;{n % 5 + 1};08.01.2026\n" for n in range(3_000))

# Imports the first file, then begins the second, with another process to help, and says so when half of its rows are read and stand in the
# transaction.
SCRIPT = """
from cx.ingest import apart, blocks, importing, reading
from cx.ingest.mapping import propose
from cx.store import Store

class Noted(apart.subprocess.Popen):
    def __init__(self, *given, **further):
        super().__init__(*given, **further)
        (folder / "helper").write_text(str(self.pid))

apart.subprocess.Popen = Noted
blocks.os.cpu_count = lambda: 2
blocks.APART_ROWS = 1_000
reading.BLOCK_ROWS = 500
store = Store(folder / "cx.duckdb")

def told(done, total, what):
    if total > 1_000 and done >= total / 2:
        in_the_middle()

for name in ("first.csv", "second.csv"):
    table = reading.read_table(folder / name, name)
    importing.import_export(store, table, propose(table), b"k" * 32, progress=told)
"""


def runs(process: int) -> bool:
    """Whether a process is there and has not ended (nobody may have waited for it yet)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_kill_9_in_the_middle_leaves_the_state_before_and_no_process(tmp_path: Path) -> None:
    (tmp_path / "first.csv").write_text(FIRST, encoding="utf-8")
    (tmp_path / "second.csv").write_text(SECOND, encoding="utf-8")
    kill_in_the_middle(SCRIPT, tmp_path)
    store = Store(tmp_path / "cx.duckdb")
    with store.reading() as session:
        left = [session.value(f"SELECT count(*) FROM {name}") for name in ("batch", "feedback", "verbatim", "reject")]
        names = session.frame("SELECT file_name FROM batch")["file_name"].tolist()
    store.close()
    assert (left, names) == ([1, 1, 1, 0], ["first.csv"])
    assert {path.name for path in tmp_path.iterdir()} <= {
        "first.csv",
        "second.csv",
        "half",
        "helper",
        "cx.duckdb",
        "cx.duckdb.wal",
    }
    helper, deadline = int((tmp_path / "helper").read_text()), time.monotonic() + WAIT_S
    while runs(helper):
        assert time.monotonic() < deadline, "the other process outlives the import"
        time.sleep(0.05)


# In a process of its own: it forks, which a process with open databases should not.
ROUNDS = """
import json, sys
from pathlib import Path
from benchmarks import crash

print(json.dumps(crash.killed(crash.prepared(Path(sys.argv[1])), 4)[-1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_few_rounds_of_the_crash_benchmark_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ROUNDS, str(tmp_path)]
    answer = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(answer.stdout)
    assert found["times"] == found["nothing of the batch"] + found["whole batch"] == 4
    assert (found["partial batches"], found["acknowledged batches lost"], found["files left behind"]) == (0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="sizes of files are limited on Linux")
def test_a_full_disk_is_said_in_a_sentence_and_the_same_process_goes_on(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - Windows has none

    assert signal.getsignal(signal.SIGXFSZ) == signal.SIG_IGN, "Python turns the signal into an error"
    store = Store(tmp_path / "cx.duckdb")
    with store.writing() as session:
        session.run("CREATE TABLE kept AS SELECT range AS n FROM range(100)")
    version = store.version
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(store.path) + 500_000, most[1]))
    try:
        with pytest.raises(StoreError, match="Die Platte ist voll"), store.writing() as session:
            session.run("CREATE TABLE large AS SELECT hash(range) AS n FROM range(1_000_000)")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    with store.writing() as session:
        assert session.frame("SELECT table_name FROM duckdb_tables() WHERE table_name IN ('kept', 'large')").size == 1
        session.run("INSERT INTO kept VALUES (100)")
    with store.reading() as session:
        assert session.value("SELECT count(*) FROM kept") == 101
    assert store.version > version
    store.close()
