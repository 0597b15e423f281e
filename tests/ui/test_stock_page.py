"""Datenbestand: uploads come back, a person is found, who may only look gets no rights. Dialogs: tests/browser."""

from pathlib import Path

import pytest
from screen import Open, html_of
from streamlit.testing.v1 import AppTest

import cx
from cx.ui import data

MAIL = "erika.muster@example.org"
GUESTS = (
    "Kunde;Kommentar;Sterne;Datum\n"
    f"{MAIL};Das Zimmer war sauber;5;01.02.2020\n{MAIL};Der Empfang war muffig;2;02.02.2020\nandere;Zu laut;2;03.02.2020\n"
)


@pytest.fixture
def guests(tmp_path: Path) -> Path:
    path = tmp_path / "guests.duckdb"
    workspace = cx.open(path)
    workspace.import_file(GUESTS.encode(), name="gaeste.csv")
    workspace.close()
    return path


def buttons(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def n() -> int:
    """How much feedback counts."""
    return int(data.workspace().extent()["n"])


def found(app: AppTest, who: str) -> AppTest:
    """The page after a search for a person."""
    app.text_input(key="rights_who").set_value(who)
    next(button for button in app.button if button.label == "Suchen").click().run()
    return app


def test_an_upload_is_told_by_its_number_everywhere(open_app: Open, guests: Path) -> None:
    app = open_app(guests, "datenbestand")
    assert "Upload 1 · " in html_of(app)
    assert "1 · gaeste.csv" in html_of(app)
    assert list(app.dataframe[0].value["Wer oder was"]) == ["Upload 1"]


def test_an_undone_upload_comes_back(open_app: Open, guests: Path) -> None:
    workspace = cx.open(guests)
    workspace.undo(1)
    workspace.close()
    app = open_app(guests, "datenbestand")
    assert "gaeste.csv (zurückgenommen)" in html_of(app)
    assert {"Wiederherstellen", "Endgültig löschen"} <= buttons(app)
    app.button(key="redo_1").click().run()
    assert not app.error
    assert n() == 3
    assert {"Zurücknehmen"} <= buttons(app)


@pytest.mark.parametrize("written", [MAIL, f"  {MAIL.upper()} "])
def test_a_person_is_found_and_can_be_handed_out(open_app: Open, guests: Path, written: str) -> None:
    app = found(open_app(guests, "datenbestand"), written)
    assert "<dt>Feedbacks, alle Fassungen</dt><dd>2</dd>" in html_of(app)
    offered = {button.label for button in app.download_button}
    assert offered == {"Auskunft als Excel", "Auskunft als JSON", "Auskunft als CSV (ZIP)"}
    assert "Alles über diese Person löschen" in buttons(app)
    assert MAIL not in html_of(app)


def test_nobody_is_found_by_an_unknown_name(open_app: Open, guests: Path) -> None:
    app = found(open_app(guests, "datenbestand"), "niemand@example.org")
    assert ["nichts gespeichert" in error.value for error in app.error] == [True]
    assert not app.download_button


def test_who_may_only_look_gets_no_rights_and_no_protocol(
    open_app: Open, guests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CX_EDIT", "0")
    app = open_app(guests, "datenbestand")
    assert "gaeste.csv" in html_of(app)
    assert "Persönliche Daten" not in html_of(app)
    assert (
        not app.text_input(key="rights_who") if [each for each in app.text_input if each.key == "rights_who"] else True
    )
    assert not {"Zurücknehmen", "Suchen", "Texte löschen …"} & buttons(app)
    assert not app.dataframe
