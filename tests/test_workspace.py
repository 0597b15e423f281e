"""The front door: a file in, and every number equal to a second, naive reckoning from the raw rows."""

import csv
import io
import math
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cx
from cx.model import taxonomy
from cx.model.columns import Column, Mapping
from cx.model.kpi import CesVariant, Kpi, Label, Outcome
from cx.workspace import Workspace

ROOT = Path(__file__).parents[1]
CHANNELS = ("Filiale", "Telefon", "E-Mail", "Chat & Bot")
PRODUCTS = ("Küche", "Garten", "")
TEXTS = (
    "Der Berater war freundlich und ehrlich.",
    "Drei Wochen auf den Rückruf gewartet, das Problem ist bis heute nicht gelöst.",
    "Die Lieferung kam wie versprochen, sogar früher.",
    "Versteckte Kosten, nie wieder.",
    "Alles online erledigt, der Termin war frei wählbar.",
    "Die Hotline war unfreundlich, aber der Ersatz kam sofort.",
    "",
)
HEADERS = ("Nr", "Datum", "Kanal", "Produkt", "Text", "Sterne", "NPS", "CSAT", "CES")
MEANINGS = (
    Column.SOURCE_ID, Column.DATE, Column.CHANNEL, Column.PRODUCT, Column.TEXT, Column.RATING, Column.NPS, Column.CSAT, Column.CES
)  # fmt: skip
MAPPING = Mapping(
    columns=tuple(zip(MEANINGS, HEADERS, strict=True)), ces_variant=CesVariant.V2, source="Umfrage", headers=HEADERS
)


def raw_rows(n: int = 240) -> list[tuple]:
    """Rows without any chance: every combination comes round, and some cells are empty."""
    rows = []
    for i in range(n):
        day = date(2026, 1, 1) + timedelta(days=(i * 7) % 181) if i % 11 else None
        rows.append(
            (
                f"A{i}",
                day,
                CHANNELS[i % 4],
                PRODUCTS[i % 3],
                TEXTS[i % 7],
                1 + (i * 3) % 5 if i % 2 or i == 90 else None,  # a row without text and any score would be refused
                (i * 5) % 11 if i % 3 else None,
                1 + (i * 2) % 5 if i % 6 else None,
                1 + (i * 3) % 7 if i % 5 else None,
            )
        )
    return rows


ROWS = raw_rows()


def as_csv(rows: list[tuple]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for row in rows:
        writer.writerow([f"{c:%d.%m.%Y}" if isinstance(c, date) else "" if c is None else c for c in row])
    return target.getvalue().encode("utf-8")


def naive(selection: cx.Filter) -> list[tuple]:
    """The raw rows that a Filter without aspects selects, in plain Python."""
    kept = []
    for row in ROWS:
        _nr, day, channel, product, text, rating, *_scores = row
        rules = (
            not selection.start or (day is not None and day >= selection.start),
            not selection.end or (day is not None and day <= selection.end),
            not selection.undated or day is None,
            not selection.channels or channel in selection.channels,
            not selection.products or product in selection.products,
            not selection.sources or "Umfrage" in selection.sources,
            selection.rating_min is None or (rating is not None and rating >= selection.rating_min),
            selection.rating_max is None or (rating is not None and rating <= selection.rating_max),
            not selection.words or selection.words.lower() in text.lower(),
        )
        if all(rules):
            kept.append(row)
    return kept


def naive_kpis(rows: list[tuple]) -> dict[str, tuple[float, int]]:
    """Value (NPS in points, CSAT in percent) and n of the survey's key figures, reckoned row by row."""

    def column(position: int) -> list[float]:
        return [row[position] for row in rows if row[position] is not None]

    def mean(values: list[float]) -> float:
        return sum(values) / len(values) if values else math.nan

    nps = [100 if v >= 9 else -100 if v <= 6 else 0 for v in column(6)]
    csat = [100 if v >= 4 else 0 for v in column(7)]
    return {
        "nps": (mean(nps), len(nps)),
        "csat": (mean(csat), len(csat)),
        "ces": (mean(column(8)), len(column(8))),
        "rating": (mean(column(5)), len(column(5))),
    }


@pytest.fixture(scope="module")
def ws() -> Workspace:
    workspace = cx.open()
    workspace.import_file(as_csv(ROWS), MAPPING, name="umfrage.csv")
    return workspace


# --- files in


def test_an_import_reports_what_it_did(ws: Workspace) -> None:
    report = cx.open().import_file(as_csv(ROWS), MAPPING, name="umfrage.csv")
    assert (report.rows, report.added, report.duplicates, report.rejected) == (240, 240, 0, 0)
    assert report.undated == sum(row[1] is None for row in ROWS)
    assert not report.demo_removed


def test_a_second_import_of_the_same_file_adds_nothing() -> None:
    workspace = cx.open()
    workspace.import_file(as_csv(ROWS), MAPPING)
    before = workspace.kpis()
    again = workspace.import_file(as_csv(ROWS), MAPPING)
    assert (again.added, again.duplicates) == (0, 240)
    pd.testing.assert_frame_equal(workspace.kpis(), before)


def test_undo_takes_back_exactly_one_upload() -> None:
    workspace = cx.open()
    workspace.import_file(as_csv(ROWS[:100]), MAPPING)
    before = workspace.pillars()
    second = workspace.import_file(as_csv(ROWS[100:]), MAPPING)
    assert workspace.undo(second.batch) == 140
    pd.testing.assert_frame_equal(workspace.pillars(), before)
    uploads = workspace.batches().set_index("id")
    assert uploads["undone_at"].notna().to_dict() == {2: True, 1: False}
    assert uploads["live"].to_dict() == {2: 0, 1: 100}


def test_undo_of_an_unknown_upload_is_a_sentence(ws: Workspace) -> None:
    with pytest.raises(cx.CxError, match="Upload"):
        ws.undo(99)


def test_nothing_usable_leaves_the_database_untouched(ws: Workspace) -> None:
    version, n = ws.version(), ws.extent()["n"]
    with pytest.raises(cx.CxError):
        ws.import_file(b"Text;Sterne\r\n", name="leer.csv")
    with pytest.raises(cx.CxError):
        ws.import_file(Path("gibt es nicht.csv"))
    assert (ws.version(), ws.extent()["n"]) == (version, n)


def test_the_demo_goes_with_the_first_own_import_and_does_not_come_back() -> None:
    workspace = cx.open()
    demo = workspace.load_demo()
    assert demo.added > 5_000
    assert workspace.is_demo()
    report = workspace.import_file(as_csv(ROWS), MAPPING)
    assert report.demo_removed
    assert not workspace.is_demo()
    assert workspace.extent()["n"] == 240
    with pytest.raises(cx.CxError):
        workspace.load_demo()


def test_a_confirmed_mapping_is_proposed_next_time(ws: Workspace) -> None:
    [export] = ws.open_exports(as_csv(ROWS[:20]), "neu.csv")
    assert dict(ws.propose(export).columns) == dict(MAPPING.columns)


def test_a_database_keeps_what_it_was_given(tmp_path: Path) -> None:
    first = cx.open(tmp_path / "cx.duckdb")
    first.import_file(as_csv(ROWS), MAPPING)
    expected = first.kpis()
    first.close()
    pd.testing.assert_frame_equal(cx.open(tmp_path / "cx.duckdb").kpis(), expected)


# --- the second reckoning

subsets = st.lists(st.sampled_from(CHANNELS), max_size=3, unique=True).map(tuple)
days = st.none() | st.dates(date(2025, 12, 15), date(2026, 7, 15))
stars = st.none() | st.sampled_from([1.0, 2.0, 3.5, 5.0])
selections = st.builds(
    cx.Filter,
    start=days,
    end=days,
    undated=st.booleans(),
    channels=subsets,
    products=st.lists(st.sampled_from(["Küche", "Garten", "Pool"]), max_size=2, unique=True).map(tuple),
    sources=st.sampled_from([(), ("Umfrage",), ("Andere",)]),
    rating_min=stars,
    rating_max=stars,
    words=st.sampled_from(["", "kosten", "NIE WIEDER", "früher", "%", "'"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selections)
def test_a_filter_selects_what_plain_python_selects(ws: Workspace, selection: cx.Filter) -> None:
    assert ws.extent(selection)["n"] == len(naive(selection))


IN_TEXTS = {"words": "kosten", "pillars": ("effort",), "touchpoints": ("delivery",), "lens_groups": ("modules.feel",)}


@pytest.mark.parametrize("named", [{}, *({name: value} for name, value in IN_TEXTS.items())])
def test_what_is_selected_at_once_is_what_the_filter_selects(ws: Workspace, named: dict[str, Any]) -> None:
    everything, selection = ws.extent()["n"], cx.Filter(**named)
    with ws._store.reading() as session:
        selected = session.value("SELECT count(*) FROM selected($filter)", filter=selection.parameter())
    assert ws.extent(selection)["n"] == selected
    assert (selected < everything) == bool(named)


@pytest.mark.parametrize(
    "selection",
    [
        cx.Filter(),
        cx.Filter(channels=("Telefon", "Chat & Bot")),
        cx.Filter(start=date(2026, 2, 1), end=date(2026, 4, 30)),
        cx.Filter(undated=True),
        cx.Filter(products=("Küche",), rating_min=2),
        cx.Filter(words="kosten"),
        cx.Filter(channels=("gibt es nicht",)),
    ],
    ids=["all", "channels", "period", "undated", "product and stars", "words", "nothing"],
)
def test_key_figures_equal_the_naive_reckoning(ws: Workspace, selection: cx.Filter) -> None:
    found = ws.kpis(selection).set_index("kpi")
    for kpi, (value, n) in naive_kpis(naive(selection)).items():
        assert found.loc[kpi, "n"] == n, kpi
        assert found.loc[kpi, "value"] == pytest.approx(value, nan_ok=True), kpi
        if n > 1:
            assert found.loc[kpi, "low"] <= value <= found.loc[kpi, "high"], kpi


def test_months_equal_the_naive_reckoning(ws: Workspace) -> None:
    for _index, month in ws.trend("nps").iterrows():
        first = month["month"].date()
        last = (month["month"] + pd.offsets.MonthEnd()).date()
        value, n = naive_kpis(naive(cx.Filter(start=first, end=last)))["nps"]
        assert (month["n"], month["value"]) == (n, pytest.approx(value))


def test_channels_equal_the_naive_reckoning(ws: Workspace) -> None:
    found = ws.channels().set_index(["channel", "kpi"])
    for channel in CHANNELS:
        for kpi, (value, n) in naive_kpis(naive(cx.Filter(channels=(channel,)))).items():
            assert found.loc[(channel, kpi), "n"] == n
            assert found.loc[(channel, kpi), "value"] == pytest.approx(value, nan_ok=True)


def test_pillars_equal_a_naive_mean_over_feedbacks(ws: Workspace) -> None:
    """The mean polarity of a pillar's mentions per feedback, then over feedbacks; texts read by cx.text on their own."""
    read = cx.text.analyse([row[4] for row in ROWS])
    mentions = read[read["dimension"] == "pillar"]
    per_feedback = mentions.groupby(["text", "aspect"])["aspect_polarity"].mean().reset_index()
    expected = per_feedback.groupby("aspect")["aspect_polarity"].agg(["mean", "count"])
    found = ws.pillars().set_index("pillar")
    assert set(found.index) == set(expected.index)
    assert len(found) >= 4
    for pillar, row in expected.iterrows():
        assert found.loc[pillar, "n"] == row["count"]
        assert found.loc[pillar, "value"] == pytest.approx(row["mean"])
        assert found.loc[pillar, "base"] == sum(bool(r[4]) for r in ROWS)
        assert found.loc[pillar, "share"] == pytest.approx(row["count"] / found.loc[pillar, "base"])


# --- parts and whole


@pytest.mark.parametrize("dimension", ["channels", "products", "labels"])
def test_parts_sum_to_the_whole(ws: Workspace, dimension: str) -> None:
    values = {"channels": CHANNELS, "products": ("Küche", "Garten"), "labels": tuple(map(str, Label))}[dimension]
    whole = ws.extent(cx.Filter(**{dimension: values}))["n"]
    parts = [ws.extent(cx.Filter(**{dimension: (value,)}))["n"] for value in values]
    assert whole == sum(parts)
    assert whole > 0
    assert sum(part > 0 for part in parts) > 1


def test_statements_by_label_sum_to_all_statements(ws: Workspace) -> None:
    counts = ws.voice_counts()
    assert counts["statements"] == sum(counts[str(label)] for label in Label) > 100


def test_pages_of_voices_are_all_voices_once(ws: Workspace) -> None:
    total = int(ws.voice_counts()["statements"])
    pages = [ws.voices(page=page, size=50) for page in range(-(-total // 50) + 1)]
    assert pages[-1].empty
    found = pd.concat(pages[:-1])
    assert len(found) == total
    assert found["statement"].is_unique
    assert found["submitted_at"].dropna().is_monotonic_decreasing


def test_pillar_and_label_match_the_same_mention(ws: Workspace) -> None:
    selection = cx.Filter(pillars=("resolution",), labels=("negative",))
    voices = ws.voices(selection, size=1_000)
    assert len(voices)
    for pillars in voices["pillars"]:
        assert any(p["aspect"] == "resolution" and p["label"] == "negative" for p in pillars)
    assert set(voices["feedback"]) <= set(ws.voices(cx.Filter(pillars=("resolution",)), size=1_000)["feedback"])


def test_the_words_of_a_voice_are_words_of_its_text(ws: Workspace) -> None:
    voices = ws.voices(size=200)
    assert all(any(said in text for text in TEXTS) for said in voices["text"])


# --- questions


@pytest.mark.parametrize("outcome", list(Outcome))
def test_drivers_answer_for_every_outcome(ws: Workspace, outcome: Outcome) -> None:
    drivers = ws.drivers(outcome)
    assert set(drivers["predictor"]) <= set(taxonomy.pillar_keys())
    assert drivers["importance"].sum() == pytest.approx(drivers["r2"].iloc[0])
    assert (drivers["importance"] >= -1e-9).all()


def test_an_unknown_question_is_a_sentence(ws: Workspace) -> None:
    with pytest.raises(cx.CxError, match="gibt es hier nicht"):
        ws.drivers("wetter")
    with pytest.raises(cx.CxError, match="gibt es hier nicht"):
        ws.trend("wetter")
    with pytest.raises(cx.CxError):
        ws.feedback(-1)
    with pytest.raises(cx.CxError):
        ws.export(form="pdf")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["start", "end", "channels", "words", "rating_min", "pillars", "labels", "undated"]),
        st.text(max_size=40) | st.dates(date.min, date.max).map(date.isoformat),
    )
)
def test_no_address_breaks_a_question(ws: Workspace, address: dict[str, str]) -> None:
    selection = cx.Filter.from_query(address)
    assert list(ws.kpis(selection)["kpi"]) == list(map(str, Kpi))
    ws.compared(selection)
    assert len(ws.voices(selection)) <= 50


def test_an_empty_workspace_answers_with_nothing() -> None:
    workspace = cx.open()
    assert workspace.extent()["n"] == 0
    assert (workspace.kpis()["n"] == 0).all()
    assert workspace.kpis()["value"].isna().all()
    for frame in (
        workspace.trend(), workspace.channels(), workspace.pillars(), workspace.touchpoints(), workspace.movements(),
        workspace.drivers(), workspace.voices(), workspace.batches(), workspace.choices(),
    ):  # fmt: skip
        assert frame.empty
    assert workspace.compared() is None


def test_the_version_rises_with_every_write_only() -> None:
    workspace = cx.open()
    workspace.kpis()
    assert workspace.version() == 0
    report = workspace.import_file(as_csv(ROWS[:5]), MAPPING)
    assert workspace.version() == 1
    workspace.undo(report.batch)
    assert workspace.version() == 2


def test_a_period_meets_the_one_before(ws: Workspace) -> None:
    selection = cx.Filter(start=date(2026, 4, 1), end=date(2026, 6, 30))
    changed = ws.kpis(selection).set_index("kpi")
    before = naive_kpis(naive(cx.Filter(start=date(2026, 1, 1), end=date(2026, 3, 31))))
    now = naive_kpis(naive(selection))
    for kpi in ("nps", "csat", "ces", "rating"):
        assert changed.loc[kpi, "before"] == pytest.approx(before[kpi][0])
        assert changed.loc[kpi, "n_before"] == before[kpi][1]
        assert changed.loc[kpi, "change"] == pytest.approx(now[kpi][0] - before[kpi][0])


def test_what_is_exported_opens_as_a_table_and_runs_no_formula() -> None:
    workspace = cx.open()
    rows = [*ROWS[:9], ("X1", date(2026, 1, 1), "=1+1", "@SUMME(A1)", '=HYPERLINK("http://example.org")', 1, 1, 1, 1)]
    workspace.import_file(as_csv(rows), MAPPING)
    written = workspace.export(form="csv").decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(written), delimiter=";") for cell in line]
    assert not [cell for cell in cells if cell[:1] in ("=", "@")]
    assert any("HYPERLINK" in cell for cell in cells)
    assert workspace.export(form="xlsx")[:2] == b"PK"


def test_an_explanation_re_adds_to_the_polarity(ws: Workspace) -> None:
    voices = ws.voices(size=60)
    parts = ws.explain(list(voices["text"]))
    sums = parts[parts["dimension"] == "polarity"].groupby("text")["contribution"].sum()
    read = cx.text.sentiment(list(voices["text"]))
    for position, polarity in read["polarity"].items():
        assert sums.get(position, 0.0) == polarity


# --- the library on its own

WITHOUT_STREAMLIT = """
import sys
sys.modules["streamlit"] = None  # as if it were not installed
import cx
ws = cx.open()
ws.import_file(b"Text;Sterne\\nSehr freundlich;5\\nNie wieder;1\\n", channel="Test")
assert len(ws.voices()) == 2
assert cx.charts.pillars(ws.pillars()).to_dict()
print("ok")
"""


def test_the_library_works_without_streamlit() -> None:
    command = [sys.executable, "-c", WITHOUT_STREAMLIT]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.strip() == "ok", done.stderr


def test_importing_the_library_does_not_import_streamlit() -> None:
    command = [sys.executable, "-c", "import sys, cx; print('streamlit' in sys.modules)"]
    assert subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip() == "False"
