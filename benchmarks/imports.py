"""From a file to an explorable database: ws.import_file against DuckDB's bare read_csv, on the same file in one run.

Ours reads the text of every row besides: that is most of the difference. Each runs in a process of its own, for its peak memory.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

import cx
from benchmarks.tables import ROOT, large_export, print_table

ROWS = 100_000


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


def measured(name: str, file: Path, folder: Path) -> dict[str, float]:
    """Seconds and peak memory (MB) of one way, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.imports", name, str(file), str(folder)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


def rows() -> list[dict[str, object]]:
    """One row per way: way, rows, seconds, rows per second, ratio of times, peak MB."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.csv"
        file.write_bytes(large_export(ROWS))
        found = {name: measured(name, file, Path(folder)) for name in ("bare", "ours")}
    return [
        {
            "way": {"bare": "read_csv into a bare table", "ours": "import to an explorable database"}[name],
            "rows": ROWS,
            "seconds": round(each["seconds"], 2),
            "rows/s": round(ROWS / each["seconds"]),
            "ratio": round(each["seconds"] / found["bare"]["seconds"], 1),
            "peak MB": round(each["peak_mb"]),
        }
        for name, each in found.items()
    ]


def main() -> None:
    """Print the table; or, with arguments, do one way and print its figures as JSON."""
    if len(sys.argv) == 1:
        print_table("Import of 100,000 rows", rows())
        return
    way = {"ours": ours, "bare": bare}[sys.argv[1]]
    start = time.perf_counter()
    way(Path(sys.argv[2]), Path(sys.argv[3]))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak}))


if __name__ == "__main__":
    main()
