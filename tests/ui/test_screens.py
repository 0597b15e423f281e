"""Every page, once full and once empty; how page files read; what goes wrong is said in one sentence."""

import html
import re
from pathlib import Path

import pytest
from screen import Open, copied, html_of

import cx
from cx import language
from cx.ui import data
from tests.browser.reading import CHARTS, PAGES

ROOT = Path(__file__).parents[2]
ENGLISH = {
    "lagebild": "Overview",
    "treiber": "Drivers",
    "stimmen": "Voices",
    "kanaele": "Channels",
    "zeitverlauf": "Over time",
    "themen": "Themes",
    "methode": "Method",
    "daten_laden": "Load data",
    "datenbestand": "Stored data",
    "abfrage": "Query",
    "nachgerechnet": "Worked examples",
    "saeulen": "Pillars",
    "touchpoints": "Touchpoints",
    "modelle": "Models",
    "gewichtung": "Weighting",
}
BESIDE = {"lagebild": 2, "themen": 1}  # what has its lines without a chart: key figures, movements; words that rise
FORBIDDEN = {
    "def": r"\bdef\b",
    "SQL": r"\bSELECT\b",
    "groupby": r"groupby",
    "Altair": r"\balt\.",
    "HTML": r"<\w+|unsafe",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_file_chooses_asks_and_shows(page: str) -> None:
    source = (ROOT / "pages" / f"{page}.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 70
    assert [name for name, pattern in FORBIDDEN.items() if re.search(pattern, source)] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_full_page_shows_its_figures(open_app: Open, full: Path, page: str) -> None:
    app = open_app(full, page)
    assert not app.exception
    assert not app.error
    assert len(app.get("vega_lite_chart")) == CHARTS[page]
    assert len(app.code) == CHARTS[page] + BESIDE.get(page, 0)
    assert "<h1>" in html_of(app)


@pytest.mark.parametrize(("page", "title"), ENGLISH.items())
def test_a_page_speaks_english(open_app: Open, full: Path, page: str, title: str) -> None:
    language.use("en")  # what AppTest itself words in this thread
    app = open_app(full, page, lang="en")
    assert not app.exception
    assert not app.error
    assert f"<h1>{title}</h1>" in html_of(app)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("daten_laden", "nachgerechnet")])
def test_an_empty_database_is_met_with_one_sentence_and_a_button(open_app: Open, empty: Path, page: str) -> None:
    app = open_app(empty, page)
    assert not app.exception
    assert not app.error
    assert "Noch keine Daten" in html_of(app)
    assert "Daten laden" in [button.label for button in app.button]


def test_an_empty_database_leaves_the_upload_page_usable(open_app: Open, empty: Path) -> None:
    app = open_app(empty, "daten_laden")
    assert not app.error
    assert len(app.get("file_uploader")) == 1


@pytest.mark.parametrize("page", ["lagebild", "treiber", "stimmen", "methode"])
def test_a_selection_without_feedback_names_the_filters_and_offers_to_reset(
    open_app: Open, full: Path, page: str
) -> None:
    app = open_app(full, page, words="zzqq", channels="Telefon")
    assert not app.error
    text = html_of(app)
    assert "Zu dieser Auswahl gibt es kein Feedback" in text
    assert "Suche: „zzqq“" in text
    assert "Kanal: Telefon" in text
    assert any(button.key == "empty_reset" for button in app.button)


def test_small_selections_withhold_their_numbers(open_app: Open, full: Path) -> None:
    app = open_app(full, "lagebild", start="2026-10-01", end="2026-10-02", channels="Telefon")
    assert not app.error
    assert "n zu klein" in html_of(app) or "keine Antworten" in html_of(app)


def test_demo_data_are_called_fictional(open_app: Open, full: Path) -> None:
    assert "Fiktive Demodaten" in html_of(open_app(full))


def test_the_lines_of_python_really_run(open_app: Open, full: Path, tmp_path: Path) -> None:
    shown = [
        code.value for page in ("lagebild", "treiber") for code in open_app(full, page, channels="Telefon~App").code
    ]
    codes = [code for code in shown if "cx.charts" in code]
    assert len(codes) == 6
    copy = copied(full, tmp_path / "copy.duckdb")
    for code in codes:
        assert "channels=('Telefon', 'App')" in code
        names: dict[str, object] = {}
        lines = code.replace(str(full), str(copy)).splitlines()
        exec("\n".join([*lines[:-1], f"chart = {lines[-1]}"]), names)
        assert names["chart"].to_dict()["layer"]
        names["ws"].close()


def test_a_visitor_who_may_only_look_gets_no_upload_and_no_undo(
    open_app: Open, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CX_EDIT", "0")
    app = open_app(full, "daten_laden")
    assert "geteilte Link" in html_of(app)
    assert not app.get("file_uploader")
    app = open_app(full, "datenbestand")
    assert "Wie vollständig die Daten sind" in html_of(app)
    assert not app.text_input
    assert not [button for button in app.button if button.label == "Zurücknehmen"]


def test_hostile_feedback_is_shown_as_text(open_app: Open, tmp_path: Path) -> None:
    path = tmp_path / "hostile.duckdb"
    workspace = cx.open(path)
    hostile = "Schlecht <img src=x onerror=alert(1)> & <script>alert(2)</script> [x](http://x.example)"
    workspace.import_file(f'Kommentar;Kanal\n"{hostile}";"<b>Web</b>"\n'.encode(), name="h.csv")
    workspace.close()
    page = html_of(open_app(path, "stimmen"))
    assert not re.search(r"<(script|img|b>Web|a )", page)
    shown = html.unescape(re.sub(r"<[^>]*>", "", page))
    for piece in ("<img src=x onerror=alert(1)>", "<script>alert(2)</script>", "[x](http://x.example)", "<b>Web</b>"):
        assert piece in shown


def test_a_foreign_file_is_refused_with_the_error_of_the_store(open_app: Open, tmp_path: Path) -> None:
    path = tmp_path / "foreign.duckdb"
    path.write_bytes(b"no database" * 1000)
    app = open_app(path)
    assert not app.exception
    assert ["foreign\\.duckdb" in error.value for error in app.error] == [True]


def test_an_unexpected_error_is_one_sentence_without_a_trace(
    open_app: Open, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(data, "kpis", broken)
    app = open_app(full)
    assert not app.exception
    assert ["schiefgegangen" in error.value for error in app.error] == [True]
    assert "/secret/path" not in app.error[0].value


def test_a_new_database_starts_with_the_demo_which_never_comes_back(open_app: Open, tmp_path: Path) -> None:
    path = tmp_path / "new.duckdb"
    assert "Fiktive Demodaten" in html_of(open_app(path))
    data.workspace().undo(1)
    assert "Noch keine Daten" in html_of(open_app(path))
    data.workspace().close()
    data._opened.clear()  # as after a restart
    assert "Noch keine Daten" in html_of(open_app(path))
