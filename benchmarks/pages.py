"""Server time of a filter change on each page: the whole script run, without network and browser, at 100,000 feedbacks (--million: a million;
--ten-million: ten).

Each change is to a selection that no cache has seen. Measured through Streamlit's own AppTest, which runs app.py as the server does.
The stock is the demo's, copied in SQL: what it costs to import is another benchmark. Beside it, in the same run: a bare scan of the
columns that most figures use; and right after each page (a shared machine is twice as fast in one minute as in the next) the key figures
by month and channel and the pillars made with pandas from a Parquet file of the same rows.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.testing.v1 import AppTest

import cx
from benchmarks.tables import DEMO, ROOT, print_table
from cx.model import taxonomy
from cx.store import Store, sql
from cx.ui import data

ROWS, AIM_MS = 100_000, 300
LARGER = {"--million": (1_000_000, 300), "--ten-million": (10_000_000, 1_000)}  # rows and aim (ms)
PAGES = (
    "lagebild", "treiber", "saeulen", "touchpoints", "modelle", "kanaele", "zeitverlauf", "themen", "stimmen", "gewichtung", "methode",
)  # fmt: skip
CHANNELS = ("Webshop", "Filiale", "App", "Telefon", "Marktplatz", "E-Mail")
CHANGES = [list(chosen) for k in (1, 2) for chosen in combinations(CHANNELS, k)]  # 21 selections
PILLARS = list(taxonomy.pillar_keys())
USED = ["channel", "submitted_at", "nps", "rating", "csat", "csat_high", "ces", "polarity", *PILLARS]
SCAN = "SELECT count(*), avg(nps), avg(rating), avg(csat), avg(ces), avg(polarity), avg(effort), avg(trust) FROM feedback WHERE channel = $channel"


def rows(n: int, aim: int) -> list[dict[str, object]]:
    """One row per page: median and 95th percentile of a change (ms), and the median as a ratio to the aim, the scan and pandas."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cx.duckdb"
        _fill(path, n)
        return measured(path, aim)


def _fill(path: Path, n: int) -> None:
    """A database of about `n` feedbacks."""
    workspace = cx.open(path)
    workspace.import_file(DEMO)
    copies = max(n // int(workspace.extent()["n"]) - 1, 0)
    workspace.close()
    store = Store(path)
    with store.writing() as session:
        session.run(sql(ROOT / "benchmarks" / "multiply.sql"), copies=copies)
    store.close()


def measured(path: Path, aim: int) -> list[dict[str, object]]:
    """`rows` of the database in this file."""
    store, parquet = Store(path), path.with_suffix(".parquet")
    scan = _scan(store)
    _write(store, parquet)
    store.close()
    os.environ["CX_DATABASE"] = str(path)
    os.chdir(ROOT)
    return [_row(page, aim, scan, parquet) for page in PAGES]


def _row(page: str, aim: int, scan: float, parquet: Path) -> dict[str, object]:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600).run()
    if page != "lagebild":
        app.switch_page(f"pages/{page}.py").run()
    times = [_change(app, page, channels) for channels in CHANGES]
    data.workspace().close()
    for cache in (st.cache_data, st.cache_resource):  # what one page has asked does not count for the next
        cache.clear()
    median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    pandas = statistics.median(_ms(lambda channel=c: _with_pandas(parquet, channel)) for c in CHANNELS)
    return {
        "page": page,
        "median ms": round(median),
        "95 % ms": round(slow),
        f"median / {aim} ms": round(median / aim, 1),
        f"median / bare scan {scan:.0f} ms": round(median / scan, 1),
        "pandas ms": round(pandas),
        "median / pandas": round(median / pandas, 2),
    }


def _change(app: AppTest, page: str, channels: list[str]) -> float:
    app.session_state["filter_channels"] = channels
    start = time.perf_counter()
    app.run()
    elapsed = 1000 * (time.perf_counter() - start)
    if app.exception or app.error:
        raise RuntimeError(f"{page} failed: {[each.value for each in (*app.exception, *app.error)]}")
    return elapsed


def _scan(store: Store) -> float:
    """Median of a scan that does nothing but average columns, in ms."""
    with store.reading() as session:
        return statistics.median(_ms(lambda channel=c: session.frame(SCAN, channel=channel)) for c in CHANNELS)


def _write(store: Store, file: Path) -> None:
    """The columns that pandas uses, as a Parquet file."""
    with store.reading() as session:
        session.arrow(f"SELECT {', '.join(USED)} FROM feedback").to_pandas().to_parquet(file)


def _with_pandas(file: Path, channel: str) -> None:
    """Key figures by month and the pillars of one channel."""
    frame = pd.read_parquet(file, columns=USED)
    chosen = frame[frame["channel"] == channel]
    scores = chosen[["nps", "rating", "csat", "ces", "polarity"]]
    scores.groupby(chosen["submitted_at"].dt.to_period("M")).agg(["mean", "std", "count"])
    chosen[PILLARS].agg(["mean", "std", "count"])


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    size, aim = next((LARGER[option] for option in sys.argv if option in LARGER), (ROWS, AIM_MS))
    print_table(f"A filter change at {size:,} feedbacks", rows(size, aim))
