"""Daten laden: files of many kinds are mapped, shown masked and imported; what was confirmed is proposed next time."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import Open, html_of
from streamlit.testing.v1 import AppTest

from benchmarks.workbook_files import packed, xlsx
from cx.workspace import Workspace

MAIL = "erika.muster@example.org"
OWN = (
    "Haus;Eindruck;Wertung in Zahlen\nSeeblick;Das Frühstück war kalt und fad;2\nSeeblick;Sehr freundlicher Empfang;5\n"
)
ORDERED = "Datum;Kommentar\n03/04/2026;Alles gut und gern wieder\n05/06/2026;Leider viel zu laut\n"


def given(app: AppTest, *files: tuple[str, bytes | str]) -> AppTest:
    """The page after these files were chosen."""
    contents = [(name, text.encode() if isinstance(text, str) else text, "") for name, text in files]
    app.file_uploader[0].set_value(contents)
    return app.run()


def imported(app: AppTest) -> AppTest:
    """The page after a click on the button that imports."""
    app.button(key="upload_import").click()
    return app.run()


def sent(app: AppTest) -> str:
    """Everything that reaches the browser, cells of tables included."""
    return "\n".join(_texts(app))


def _texts(app: AppTest) -> Iterator[str]:
    for part in app._tree:
        if hasattr(part, "proto") and part.proto is not None:
            yield part.proto.SerializeToString().decode("utf-8", "replace")


def box(app: AppTest, column: str) -> object:
    """The box that says which header stands for a column."""
    return next(each for each in app.selectbox if each.key.startswith(f"map_{column}_"))


def months(app: AppTest) -> list[int]:
    """The months of the dates in the preview."""
    return list(app.dataframe[0].value["Datum"].dt.month)


def test_what_is_sent_holds_the_cells_of_tables(open_app: Open, empty: Path) -> None:
    app = given(open_app(empty, "daten_laden"), ("eindruck.csv", OWN))
    assert "Sehr freundlicher Empfang" in sent(app), "else the tests of masking would see nothing"


def test_an_own_mapping_is_proposed_next_time(open_app: Open, empty: Path) -> None:
    app = given(open_app(empty, "daten_laden"), ("januar.csv", OWN))
    box(app, "text").set_value("Eindruck")
    box(app, "rating").set_value("Wertung in Zahlen")
    box(app, "product").set_value("Haus")
    imported(app.run())
    assert "Import abgeschlossen: januar.csv" in html_of(app)
    app = given(open_app(empty, "daten_laden"), ("februar.csv", OWN.replace("kalt", "warm")))
    found = {column: box(app, column).value for column in ("text", "rating", "product")}
    assert found == {"text": "Eindruck", "rating": "Wertung in Zahlen", "product": "Haus"}


def test_columns_that_a_file_lacks_are_asked_for_in_a_closed_box(open_app: Open, empty: Path) -> None:
    app = given(open_app(empty, "daten_laden"), ("eindruck.csv", OWN))
    assert not app.exception
    rest = next(each for each in app.expander if each.label == "Weitere Angaben zuordnen")
    inside = {each.label for each in rest.selectbox}
    assert {"Kunde", "Antwort des Unternehmens"} <= inside
    assert not {"Text", "Sterne oder Note", "NPS (0–10)", "Datum"} & inside


def test_another_sheet_of_a_workbook_is_chosen(open_app: Open, empty: Path) -> None:
    head = ["Kommentar", "Sterne"]
    book = xlsx({"Januar": [head, ["Alles gut", 5]], "Februar": [head, ["Zu laut", 1], ["Zu teuer", 2]]})
    app = given(open_app(empty, "daten_laden"), ("monate.xlsx", book))
    assert "Tabellenblatt „Januar“" in html_of(app)
    next(each for each in app.selectbox if each.label == "Tabellenblatt").set_value("Februar").run()
    assert "Tabellenblatt „Februar“" in html_of(app)
    assert "2 Zeilen importieren" in [button.label for button in app.button]
    assert "<dt>Neu</dt><dd>2</dd>" in html_of(imported(app))


def test_every_table_of_an_archive_has_a_report(open_app: Open, empty: Path) -> None:
    archive = packed({"a.csv": "Kommentar;Sterne\nAlles gut;5\n", "b/c.csv": "Kommentar;Sterne\nZu laut;1\nMist;2\n"})
    app = given(open_app(empty, "daten_laden"), ("alles.zip", archive))
    assert "2 Dateien mit 3 Zeilen importieren" in [button.label for button in app.button]
    assert html_of(imported(app)).count("Import abgeschlossen:") == 2
    assert not app.error


def test_dates_that_may_be_read_both_ways_are_asked_about(open_app: Open, empty: Path) -> None:
    app = given(open_app(empty, "daten_laden"), ("daten.csv", ORDERED))
    order = next(each for each in app.selectbox if each.label == "Schreibweise des Datums")
    assert order.options[0] == "Tag vor Monat (03.04. = 3. April)"
    assert months(app) == [4, 6]
    order.set_value(False).run()
    assert months(app) == [3, 5]


def test_dates_that_say_their_order_are_not_asked_about(open_app: Open, empty: Path) -> None:
    app = given(open_app(empty, "daten_laden"), ("daten.csv", ORDERED.replace("03/04", "13/04")))
    assert "Schreibweise des Datums" not in [each.label for each in app.selectbox]


PERSONAL = {
    "ohne_kopf.csv": f"{MAIL};Das Paket kam zu spät, an {MAIL};2\nx@example.org;Alles gut, gern wieder;5\n",
    "frage.csv": f"Kommentar;Wie zufrieden sind Sie mit {MAIL}?\nAlles gut;5\nNicht gut;1\nNaja;3\nSo lala;2\n",
    f"{MAIL}.csv": "Kommentar;Sterne\nAlles gut;5\n",
    f"von {MAIL} an uns.csv": "Kommentar;Sterne\nAlles gut;5\n",
    "kunden.csv": f"Kunde;Kommentar;Sterne\n{MAIL};Schreiben Sie an {MAIL};5\n{MAIL};;viel {MAIL}\n",
}


def test_nobodys_address_is_shown(open_app: Open, empty: Path) -> None:
    for name, content in PERSONAL.items():
        app = given(open_app(empty, "daten_laden"), (name, content))
        assert "Erkannt:" in html_of(app)
        assert MAIL not in sent(app), name
        imported(app)
        assert "Import abgeschlossen:" in html_of(app)
        assert MAIL not in sent(app), name
    for page in ("lagebild", "stimmen", "datenbestand"):
        assert MAIL not in sent(open_app(empty, page)), page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("leer.csv", b"", "ist leer"),
        ("kopf.csv", b"Text;Datum\r\n", "keine Daten"),
        ("bild.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "ist ein Bild"),
        ("kaputt.xlsx", b"PK\x03\x04" + b"nichts" * 100, "beschädigt"),
    ],
)
def test_a_bad_file_gets_a_german_sentence(
    open_app: Open, empty: Path, name: str, content: bytes, sentence: str
) -> None:
    app = given(open_app(empty, "daten_laden"), (name, content))
    assert not app.exception
    assert [sentence in error.value for error in app.error] == [True]
    assert re.search(r"\b(Sie|die|ist)\b", app.error[0].value)
    assert not [button for button in app.button if "importieren" in button.label]


def test_a_refused_file_is_named_without_an_address(open_app: Open, empty: Path) -> None:
    app = given(open_app(empty, "daten_laden"), (f"{MAIL}.csv", b""))
    assert ["ist leer" in error.value for error in app.error] == [True]
    assert MAIL not in sent(app)


def test_a_sheet_is_named_without_an_address(open_app: Open, empty: Path) -> None:
    rows = [["Kommentar", "Sterne"], ["Alles gut", 5]]
    app = given(open_app(empty, "daten_laden"), ("buch.xlsx", xlsx({MAIL: rows, "Zwei": rows})))
    assert "Tabellenblatt" in html_of(app)
    assert MAIL not in sent(app)


def test_refused_rows_stand_under_their_reason(open_app: Open, empty: Path) -> None:
    app = imported(
        given(
            open_app(empty, "daten_laden"),
            ("a.csv", "Kommentar;Sterne;Haus\nAlles gut;5;A\n;;B\n;viel;C\n;;D\nZu laut;1;E\nNaja;3;F\n"),
        )
    )
    page = html_of(app)
    assert "<dt>Zurückgewiesen</dt><dd>3</dd>" in page
    assert "2 Zeilen: 3, 5" in page
    assert "1 Zeile: 4" in page


def test_every_file_that_is_no_table_is_named_and_the_others_go_in(
    open_app: Open, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    really = Workspace.open_exports

    def counted(self: Workspace, file: object, name: str, sheet: str | None = None) -> object:
        opened.append(name)
        return really(self, file, name, sheet)

    monkeypatch.setattr(Workspace, "open_exports", counted)
    app = given(
        open_app(empty, "daten_laden"),
        ("nichts.csv", ""),
        ("gut.csv", "Kommentar;Sterne;Haus\nAlles gut;5;A\n"),
        ("kopf.csv", "Kommentar;Sterne\n"),
    )
    said = [error.value for error in app.error]
    assert len(said) == 2
    assert "nichts" in said[0]
    assert "kopf" in said[1]
    assert [error.value for error in app.run().error] == said
    assert sorted(opened) == ["gut.csv", "kopf.csv", "nichts.csv"], "each once"
    imported(app)
    assert "Import abgeschlossen: gut.csv" in html_of(app)


def test_a_file_that_fails_among_several_leaves_the_others(open_app: Open, empty: Path) -> None:
    app = given(
        open_app(empty, "daten_laden"),
        ("gut.csv", "Kommentar;Sterne;Haus\nAlles gut;5;A\n"),
        ("leer.csv", "Kommentar;Sterne;Haus\n;;A\n"),
    )
    imported(app)
    assert not app.exception
    assert "Import abgeschlossen: gut.csv" in html_of(app)
    assert "Nicht importiert: leer.csv" in html_of(app)
    assert "1 · gut.csv" in html_of(open_app(empty, "datenbestand"))
