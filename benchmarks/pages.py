"""Server time of a filter change on each page at 100,000 feedbacks: the whole script run, without network and browser.

Each change is to a selection that no cache has seen. Measured through Streamlit's own AppTest, which runs app.py as the server does.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

import cx
from benchmarks.tables import ROOT, large_export, print_table

ROWS = 100_000
AIM_MS = 300
PAGES = ("lagebild", "treiber", "stimmen", "methode", "daten_laden")
CHANGES = (["Telefon"], ["Webshop"], ["App", "Filiale"], ["Marktplatz", "E-Mail"], ["Telefon", "App"])


def rows() -> list[dict[str, object]]:
    """One row per page: median and slowest time of a change (ms), and the median as a ratio to the aim."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cx.duckdb"
        workspace = cx.open(path)
        workspace.import_file(large_export(ROWS), name="export.csv")
        workspace.close()
        os.environ["CX_DATABASE"] = str(path)
        os.chdir(ROOT)
        return [_row(page) for page in PAGES]


def _row(page: str) -> dict[str, object]:
    st.cache_data.clear()  # what another page has asked does not count
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    if page != "lagebild":
        app.switch_page(f"pages/{page}.py").run()
    times = [_change(app, page, channels) for channels in CHANGES]
    median = statistics.median(times)
    return {
        "page": page,
        "median ms": round(median),
        "slowest ms": round(max(times)),
        f"median / {AIM_MS} ms": round(median / AIM_MS, 2),
    }


def _change(app: AppTest, page: str, channels: list[str]) -> float:
    app.session_state["filter_channels"] = channels
    start = time.perf_counter()
    app.run()
    elapsed = 1000 * (time.perf_counter() - start)
    if app.exception or app.error:
        raise RuntimeError(f"{page} failed: {[each.value for each in (*app.exception, *app.error)]}")
    return elapsed


if __name__ == "__main__":
    print_table("A filter change at 100,000 feedbacks", rows())
