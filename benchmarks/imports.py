"""From a file to an explorable database: ws.import_file against DuckDB's bare read_csv, on the same file in one run.

Ours masks and reads the text of every row besides: that is most of the difference. Each runs in a process of its own, for its peak
memory: the most that it and those it starts hold at one moment (what they share is counted for each).

python -m benchmarks.imports [--million] [--rows N] [--profile]
"""

import argparse
import cProfile
import csv
import json
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

import cx
from benchmarks.tables import ROOT, SEED, large_export, print_table
from cx.store import Session

ROWS = 100_000
MILLION = 1_000_000
AIM = 25_000  # rows a second, masked and read, on two cores
MOST_MB = 2_000
CORPUS = ROOT / "data" / "corpus" / "statements.tsv"
TEXT_LEAST = 100  # characters of a text; a corpus statement has 70 on average, so that two are joined, seldom three
HEADERS = ("Vorgang", "Datum", "Kanal", "Filiale", "Kundennummer", "Sterne", "Weiterempfehlung (NPS 0-10)", "Kommentar")
CHANNELS = ("Webshop", "Filiale", "App", "Telefon")
PLACES = ("Köln", "Leipzig", "Münster", "Augsburg", "")
PERSONAL = (  # in every twentieth text
    "Meine Nummer ist 0171 2{n:06d}.",
    "Schreiben Sie an kunde{n}@example.org.",
    "Frau Schneider weiß Bescheid, Auftragsnummer 4{n:07d}.",
    "Mit freundlichen Grüßen, Petra Hoffmann",
)
LOOK_S = 0.2  # between two looks at the memory: each costs 3 ms of a core
SHOWN = 15  # functions and queries of a profile


def write_survey(file: Path, n: int) -> None:
    """A survey export of `n` rows, each with a text of its own from the corpus, 200 bytes a row; the same at every call."""
    with CORPUS.open(encoding="utf-8", newline="") as source:
        statements = [row["text"] for row in csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE)]
    chance = random.Random(SEED)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, delimiter=";")
        writer.writerow(HEADERS)
        writer.writerows(_row(number, statements, chance) for number in range(n))


def _row(number: int, statements: list[str], chance: random.Random) -> tuple[object, ...]:
    text = chance.choice(statements)
    while len(text) < TEXT_LEAST:
        text = f"{text} {chance.choice(statements)}"
    if number % 20 == 0:
        text = f"{text} {chance.choice(PERSONAL).format(n=number % 1_000_000)}"
    day = f"{chance.randint(1, 28):02d}.{chance.randint(1, 12):02d}.{chance.randint(2023, 2025)}"
    customer = f"K{chance.randint(1, 300_000):06d}"
    scores = chance.randint(1, 5), chance.randint(0, 10)
    return f"B-{number:07d}", day, chance.choice(CHANNELS), chance.choice(PLACES), customer, *scores, text


def ours(file: Path, folder: Path) -> None:
    """Import with everything: masking, identity, reading of the texts, one transaction."""
    workspace = cx.open(folder / "ours.duckdb")
    workspace.import_file(file)
    workspace.kpis()
    workspace.close()


def bare(file: Path, folder: Path) -> None:
    """Only the cells, in a table without a meaning."""
    connection = duckdb.connect(folder / "bare.duckdb")
    connection.execute("CREATE TABLE cells AS SELECT * FROM read_csv($file, all_varchar = true)", {"file": str(file)})
    connection.close()


WAYS = {"bare": bare, "ours": ours}


def measured(name: str, file: Path, folder: Path) -> dict[str, float]:
    """Seconds, CPU seconds of all cores, and peak memory (MB) of one way, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.imports", "--way", name, str(file), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            time.sleep(LOOK_S)
        answer = json.load(process.stdout)
    return {**answer, "peak_mb": max(peak, answer["peak_mb"])}


def _resident(process: int) -> float:
    """MB that a process and all below it hold at this moment, as Linux tells; 0 where nothing is told."""
    parents, pages = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            number, told = int(folder.name), (folder / "stat").read_text().rpartition(")")[2].split()
            parents[number], pages[number] = int(told[1]), int(told[21])
    family = {process}
    while below := {number for number, parent in parents.items() if parent in family} - family:
        family |= below
    return sum(pages.get(number, 0) for number in family) * resource.getpagesize() / 1e6


def rows(n: int, write: Callable[[Path, int], None]) -> list[dict[str, object]]:
    """One row per way: way, rows, MB of the file, seconds, rows per second and their ratio to the aim, ratio of times, CPU µs per row
    (what else runs on a machine touches these least) and their ratio, peak MB and its ratio to the most that is allowed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.csv"
        write(file, n)
        size = file.stat().st_size / 1e6
        found = {name: measured(name, file, Path(folder)) for name in WAYS}
    return [
        {
            "way": {"bare": "read_csv into a bare table", "ours": "import to an explorable database"}[name],
            "rows": n,
            "MB": round(size),
            "seconds": round(each["seconds"], 2),
            "rows/s": round(n / each["seconds"]),
            "of aim": round(n / each["seconds"] / AIM, 2),
            "ratio": round(each["seconds"] / found["bare"]["seconds"], 1),
            "CPU µs/row": round(1e6 * each["cpu"] / n, 1),
            "CPU ratio": round(each["cpu"] / found["bare"]["cpu"], 1),
            "peak MB": round(each["peak_mb"]),
            "of most": round(each["peak_mb"] / MOST_MB, 2),
        }
        for name, each in found.items()
    ]


# --- where the time goes


def profile(n: int) -> None:
    """Print what takes longest of an import of `n` rows: functions by their own time, and query files."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.csv"
        write_survey(file, n)
        profiler = cProfile.Profile()
        with _timed_queries() as seconds:
            profiler.runcall(ours, file, Path(folder))
    found = pstats.Stats(profiler).sort_stats("tottime")
    found.print_stats(SHOWN)
    found.sort_stats("cumulative").print_stats("work/|cx/", 3 * SHOWN)
    listed = [{"query": name, "seconds": round(spent, 2)} for name, spent in seconds.most_common(SHOWN)]
    print_table(f"Queries of an import of {n:,} rows", listed)


@contextmanager
def _timed_queries() -> Iterator[Counter[str]]:
    """Seconds by query file (the first words of a query that stands in the code), of every session within the block."""
    names = {path.read_text(encoding="utf-8"): path.name for path in ROOT.glob("cx/**/*.sql")}
    seconds: Counter[str] = Counter()
    plain = {method: getattr(Session, method) for method in ("run", "frame", "arrow", "value")}

    def timed(call: Callable) -> Callable:
        def run(session: Session, script: str, **parameters: object) -> object:
            start = time.perf_counter()
            try:
                return call(session, script, **parameters)
            finally:
                seconds[names.get(script, script[:60])] += time.perf_counter() - start

        return run

    for method, call in plain.items():
        setattr(Session, method, timed(call))
    try:
        yield seconds
    finally:
        for method, call in plain.items():
            setattr(Session, method, call)


def _one_way(name: str, file: str, folder: str) -> None:
    start = time.perf_counter()
    WAYS[name](Path(file), Path(folder))
    seconds = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu, peak = sum(each.ru_utime + each.ru_stime for each in used), max(each.ru_maxrss for each in used) * 1024 / 1e6
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak}))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="How fast an import is.")
    parser.add_argument("--million", action="store_true", help="besides: a survey of a million rows")
    parser.add_argument("--rows", type=int, help="instead: a survey of so many rows")
    parser.add_argument("--profile", action="store_true", help="where the time of the survey goes (else nothing)")
    parser.add_argument("--way", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        _one_way(*asked.way)
        return
    if asked.profile:
        profile(asked.rows or ROWS)
        return
    if not asked.rows:
        print_table(
            f"Import of {ROWS:,} rows of the demo", rows(ROWS, lambda file, n: file.write_bytes(large_export(n)))
        )
    if asked.million or asked.rows:
        n = asked.rows or MILLION
        print_table(f"Import of a survey of {n:,} rows", rows(n, write_survey))


if __name__ == "__main__":
    main()
