"""Imports that are killed, and imports onto a full disk: the database must open again and hold all of a batch or nothing.

Each round begins with a copy of the same database, which holds an acknowledged batch, and imports a second file in a process that is
forked with the reader warm. The rounds are killed by turns while rows are gathered, texts read, the batch stored and the database
closed, each at a seeded random moment of that phase. What is found afterwards must be, table by table, what was there before or what
a whole import leaves.

python -m benchmarks.crash [--times 200]
"""

import argparse
import multiprocessing
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import cx
from benchmarks.imports import write_survey
from benchmarks.tables import SEED, print_table
from cx.errors import CxError
from cx.ingest import importing, reading

TIMES = 200
FIRST_ROWS, SECOND_ROWS = 300, 900
BLOCK_ROWS = 300  # between two looks at the progress
STORED_AT_ONCE = 2  # blocks: some rows stand in the transaction while others are read
PHASES = ("first rows", "further rows", "storing", "closing")
CLOSED = "closed"
DISK_MB = 64
FREE = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95)  # of what a whole import takes
KEPT_OUT = ("schema_version",)
LEFT_MAY_BE = {"cx.duckdb", "cx.duckdb.wal", "cx.duckdb.key", "cx.duckdb.tmp", "ballast"}
PATIENCE_S = 120
FORKING = multiprocessing.get_context(
    "fork"
)  # this process opens no database, so that a fork inherits none of its threads

State = dict[str, int]  # rows by table


@dataclass(frozen=True)
class Prepared:
    """A folder with the database as it stands before each round, the second file, and what is to be expected."""

    folder: Path
    before: State
    after: State
    seconds: dict[str, float]  # that each phase takes
    grown: int  # bytes that the database and its WAL take more after the import


def _import_first(home: Path, file: Path, _told: Connection) -> None:
    opened = cx.open(home / "cx.duckdb")
    opened.import_file(file)
    opened.close()


def _import_second(home: Path, file: Path, told: Connection) -> None:
    """Import, and say which phase begins; "closing" is the acknowledgement."""
    reading.BLOCK_ROWS, importing.STORED_AT_ONCE = BLOCK_ROWS, STORED_AT_ONCE
    told.send(PHASES[0])
    seen = {PHASES[0]}

    def progress(done: int, total: int, _what: str) -> None:
        phase = PHASES[2] if done >= total else PHASES[1] if done else PHASES[0]
        if phase not in seen:
            seen.add(phase)
            told.send(phase)

    opened = cx.open(home / "cx.duckdb")
    opened.import_file(file, progress=progress)
    told.send(PHASES[3])
    opened.close()
    told.send(CLOSED)


def _look(home: Path, _file: Path, told: Connection) -> None:
    """Open the database again and count the rows of every table."""
    opened = cx.open(home / "cx.duckdb")
    with opened._store.reading() as session:
        names = session.frame("SELECT table_name FROM duckdb_tables() WHERE NOT temporary")["table_name"]
        told.send(
            {name: int(session.value(f'SELECT count(*) FROM "{name}"')) for name in names if name not in KEPT_OUT}
        )
    opened.close()


def _refused(home: Path, file: Path, told: Connection) -> None:
    """Import; say what came of it."""
    try:
        opened = cx.open(home / "cx.duckdb")
        opened.import_file(file)
        opened.close()
        told.send("imported")
    except CxError as error:
        told.send(f"refused: {error}")
    except BaseException as error:  # noqa: BLE001 - what must not happen is counted
        told.send(f"other: {error!r}")


def _limited(limit: int) -> Callable[[Path, Path, Connection], None]:
    def refused(home: Path, file: Path, told: Connection) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        _refused(home, file, told)

    return refused


@contextmanager
def _running(work: Callable[[Path, Path, Connection], None], home: Path, file: Path) -> Iterator[tuple]:
    """A forked process that does `work`, and the end of a pipe on which it tells; killed at the end of the block."""
    ours, theirs = FORKING.Pipe(duplex=False)
    process = FORKING.Process(target=work, args=(home, file, theirs))
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()


def _told(ours: Connection) -> Iterator[object]:
    """What the process tells, until it ends."""
    while ours.poll(PATIENCE_S):
        try:
            yield ours.recv()
        except EOFError:
            return
    raise TimeoutError(f"a process said nothing for {PATIENCE_S} s")


def _done(work: Callable[[Path, Path, Connection], None], home: Path, file: Path) -> list[object]:
    """All that a process tells that comes to its end."""
    with _running(work, home, file) as (process, ours):
        said = list(_told(ours))
        process.join()
        assert process.exitcode == 0, f"{work.__name__} failed"
    return said


def prepared(folder: Path) -> Prepared:
    """The database before, and what a whole import leaves and takes."""
    before, after = folder / "before", folder / "after"
    before.mkdir()
    write_survey(folder / "first.csv", FIRST_ROWS)
    write_survey(folder / "all.csv", FIRST_ROWS + SECOND_ROWS)
    header, *lines = (folder / "all.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "second.csv").write_text(header + "".join(lines[FIRST_ROWS:]), encoding="utf-8")
    _warm_up(folder / "all.csv")
    _done(_import_first, before, folder / "first.csv")
    shutil.copytree(before, after)
    moments = {}
    with _running(_import_second, after, folder / "second.csv") as (_process, ours):
        for phase in _told(ours):
            moments[phase] = time.perf_counter()
    bounds = [moments[phase] for phase in (*PHASES, CLOSED)]
    return Prepared(
        folder=folder,
        before=_state(before),
        after=_state(after),
        seconds={phase: stop - start for phase, start, stop in zip(PHASES, bounds, bounds[1:], strict=False)},
        grown=_size(after) - _size(before),
    )


def _warm_up(file: Path) -> None:
    """Import into memory once: every fork then knows the words and the rules."""
    opened = cx.open()
    opened.import_file(file)
    opened.close()


def _size(home: Path) -> int:
    return sum(file.stat().st_size for file in home.iterdir())


def _state(home: Path) -> State:
    [state] = _done(_look, home, home)
    return state


# --- killed


def killed(ready: Prepared, times: int) -> list[dict[str, object]]:
    """One row per phase and one for all: phase (in which the process died), killed, whole batches, none, partial, lost, files."""
    chance = random.Random(SEED)
    rounds = [_kill(ready, PHASES[n % len(PHASES)], chance.random()) for n in range(times)]
    return [_row(phase, [each for each in rounds if each["phase"] in (phase, "")]) for phase in PHASES] + [
        _row("all", rounds)
    ]


def _row(name: str, rounds: list[dict[str, object]]) -> dict[str, object]:
    return {
        "killed while": name,
        "times": len(rounds),
        "nothing of the batch": sum(each["nothing"] for each in rounds),
        "whole batch": sum(each["whole"] for each in rounds),
        "partial batches": sum(each["partial"] for each in rounds),
        "acknowledged batches lost": sum(each["lost"] for each in rounds),
        "files left behind": sum(each["left"] for each in rounds),
    }


def _kill(ready: Prepared, phase: str, part: float) -> dict[str, object]:
    """One round: killed when `part` (0 … 1) of a phase is over."""
    with _fresh(ready) as home:
        with _running(_import_second, home, ready.folder / "second.csv") as (process, ours):
            said = []
            for said_now in _told(ours):
                said.append(said_now)
                if said_now == phase:
                    time.sleep(part * ready.seconds[phase])
                    break
            process.kill()
            process.join()
            said += _told(ours)
        died = [each for each in said if each in PHASES][-1]
        acknowledged = PHASES[3] in said
        left = {path.name for path in home.iterdir()} - LEFT_MAY_BE
        state = _state(home)
    whole, nothing = state == ready.after, state == ready.before
    return {
        "phase": died,
        "whole": whole,
        "nothing": nothing,
        "partial": not (whole or nothing),
        "lost": (acknowledged and not whole) or any(state[name] < n for name, n in ready.before.items()),
        "left": len(left),
    }


@contextmanager
def _fresh(ready: Prepared, home: Path | None = None) -> Iterator[Path]:
    """A copy of the database as it was before, in `home` where given."""
    home = home or ready.folder / "round"
    shutil.copytree(ready.folder / "before", home, dirs_exist_ok=True)
    try:
        yield home
    finally:
        for path in home.iterdir():
            path.unlink() if path.is_file() else shutil.rmtree(path)


# --- a full disk


def full(ready: Prepared) -> tuple[str, list[dict[str, object]]]:
    """How the disk is made small, and one row per amount of room: room (KB), what came of the import, state after, state after
    another try with room enough."""
    disk = ready.folder / "disk"
    disk.mkdir()
    if _mounted(disk):
        try:
            return f"a tmpfs of {DISK_MB} MB", [_full_disk(ready, disk, part) for part in FREE]
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    return "files that may not grow (RLIMIT_FSIZE)", [_full_file(ready, part) for part in FREE]


def _mounted(disk: Path) -> bool:
    if sys.platform != "linux":
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(disk)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _full_disk(ready: Prepared, disk: Path, part: float) -> dict[str, object]:
    with _fresh(ready, disk) as home:
        room = int(part * ready.grown)
        ballast = home / "ballast"
        with ballast.open("wb") as file:
            file.write(bytes(max(0, shutil.disk_usage(disk).free - room)))
        [outcome] = _done(_refused, home, ready.folder / "second.csv")
        ballast.unlink()
        return _full_row(ready, home, room, str(outcome))


def _full_file(ready: Prepared, part: float) -> dict[str, object]:
    with _fresh(ready) as home:
        room = int(part * ready.grown)
        limit = (home / "cx.duckdb").stat().st_size + room
        [outcome] = _done(_limited(limit), home, ready.folder / "second.csv")
        return _full_row(ready, home, room, str(outcome))


def _full_row(ready: Prepared, home: Path, room: int, outcome: str) -> dict[str, object]:
    names = {str(ready.before): "as before", str(ready.after): "whole batch"}
    state = names.get(str(_state(home)), "partial")
    [_again] = _done(_refused, home, ready.folder / "second.csv")
    return {
        "room KB": room // 1000,
        "import": outcome,
        "state after": state,
        "with room again": _again,
    }


def main() -> None:
    """Print the tables; exit code 1 where a batch was partial or lost, or a full disk ended in anything but a sentence."""
    parser = argparse.ArgumentParser(description="Imports that are killed, and imports onto a full disk.")
    parser.add_argument("--times", type=int, default=TIMES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ready = prepared(Path(folder))
        rounds = killed(ready, asked.times)
        print_table(f"kill -9 during an import of {SECOND_ROWS:,} rows, {asked.times} times", rounds)
        how, rows = full(ready)
        print_table(f"A full disk: {how}", rows)
    sound = not any(rounds[-1][name] for name in ("partial batches", "acknowledged batches lost", "files left behind"))
    sys.exit(not (sound and all(_is_sound(row) for row in rows)))


def _is_sound(row: dict[str, object]) -> bool:
    refused = str(row["import"]).startswith("refused") and row["state after"] == "as before"
    return refused or (row["import"] == "imported" and row["state after"] == "whole batch")


if __name__ == "__main__":
    main()
