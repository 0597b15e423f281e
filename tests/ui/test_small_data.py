"""Data that lack something: five rows, no dates and channels, no texts. Pages say what they can, and none fails."""

from pathlib import Path

from screen import Open, html_of

import cx
from cx.ui import address

PAGES = ("treiber", "saeulen", "touchpoints", "modelle", "kanaele", "zeitverlauf", "themen", "gewichtung")
FILES = {
    "five rows": [
        "Datum;Kanal;NPS;Kommentar",
        *(f"0{n}.03.2026;App;{n};Die Lieferung kam zu spät." for n in range(1, 6)),
    ],
    "no date, no channel": [
        "Sterne;Kommentar",
        *(f"{1 + n % 5};Der Versand war schnell, Nummer {n}." for n in range(40)),
    ],
    "no text": ["Datum;Kanal;CSAT", *(f"{1 + n % 28:02d}.03.2026;App;{1 + n % 5}" for n in range(40))],
}


def imported(path: Path, lines: list[str]) -> Path:
    workspace = cx.open(path)
    workspace.import_file("\n".join(lines).encode(), name="feedback.csv")
    workspace.close()
    return path


def test_no_page_fails_on_five_rows(open_app: Open, tmp_path: Path) -> None:
    app = open_app(imported(tmp_path / "small.duckdb", FILES["five rows"]))
    for page in PAGES:
        assert not app.error, page
        app.switch_page(f"pages/{page}.py").run()
    assert not app.error


def test_without_channel_and_date_the_pillars_say_what_they_lack(open_app: Open, tmp_path: Path) -> None:
    app = open_app(imported(tmp_path / "small.duckdb", FILES["no date, no channel"]), "saeulen")
    assert "fehlen Kanal und Datum" in html_of(app)


def test_the_first_key_figure_with_answers_is_shown(open_app: Open, tmp_path: Path) -> None:
    app = open_app(imported(tmp_path / "small.duckdb", FILES["no text"]))
    assert app.session_state[address.KPI] == "csat"


def test_a_key_figure_with_enough_answers_comes_first(open_app: Open, tmp_path: Path) -> None:
    rows = [f"0{1 + n % 9}.03.2026;{n if n < 5 else ''};{1 + n % 5};Das Personal war nett." for n in range(40)]
    app = open_app(imported(tmp_path / "small.duckdb", ["Datum;NPS;Sterne;Kommentar", *rows]))
    assert app.session_state[address.KPI] == "rating"


def test_without_dates_nothing_is_said_of_changes_and_months(open_app: Open, tmp_path: Path) -> None:
    app = open_app(imported(tmp_path / "small.duckdb", FILES["no date, no channel"]))
    assert "Kein Verlauf" in html_of(app)
    assert "hält der Prüfung stand" not in html_of(app)
