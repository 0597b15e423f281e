"""A process killed in the middle of an import leaves the database as it was."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from ingest_files import ROOT

from cx.store import Store

HEADER = "Kommentar;Sterne;Datum\n"
FIRST = HEADER + "Die Beratung war freundlich.;5;07.01.2026\n"
SECOND = HEADER + "".join(f"Paket {n} kam zu spät, keiner half mir.;{n % 5 + 1};08.01.2026\n" for n in range(3_000))
WAIT_S = 60

# Imports the first file, then begins the second and says so when half of its texts are read and stand in the transaction.
SCRIPT = """
import sys, time
from pathlib import Path
from cx.ingest import importing
from cx.ingest.mapping import propose
from cx.ingest.reading import read_table
from cx.store import Store

folder = Path(sys.argv[1])
store = Store(folder / "cx.duckdb")
importing.CHUNK = 500

def told(done, total, what):
    if what == "Texte" and total > 1_000 and done >= total / 2:
        (folder / "half").touch()
        time.sleep(600)

for name in ("first.csv", "second.csv"):
    table = read_table(folder / name, name)
    importing.import_export(store, table, propose(table), b"k" * 32, progress=told)
"""


def test_kill_9_in_the_middle_leaves_the_state_before(tmp_path: Path) -> None:
    (tmp_path / "first.csv").write_text(FIRST, encoding="utf-8")
    (tmp_path / "second.csv").write_text(SECOND, encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path)], cwd=ROOT)
    try:
        deadline = time.monotonic() + WAIT_S
        while not (tmp_path / "half").exists():
            assert process.poll() is None, "the import ended before it could be killed"
            assert time.monotonic() < deadline, "the import did not get half way in time"
            time.sleep(0.05)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
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
        "cx.duckdb",
        "cx.duckdb.wal",
    }
