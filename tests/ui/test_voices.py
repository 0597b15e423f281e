"""Voices: languages, corrections and contradictions on the screen; nothing a customer wrote becomes markup."""

import html
import re
from pathlib import Path

import pytest
from screen import Open, html_of

import cx
from cx.model.correction import Correction
from cx.ui import address, data

FILE = """Kanal;Sterne;Kommentar
Web;1;"Wirklich toll, sehr freundlich, alles perfekt <img src=x onerror=alert(1)> [x](http://x.example)"
Web;5;Schlecht, defekt und kaputt, eine Frechheit.
Web;5;Sehr gut und freundlich.
Telefon;2;The parcel <b>arrived</b> two days late and nobody told me.
Telefon;3;Die Beratung war freundlich.
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "voices.duckdb"
    workspace = cx.open(path)
    workspace.import_file(FILE.encode(), name="voices.csv")
    workspace.close()
    return path


def changed(database: Path, words: str, *corrections: Correction) -> None:
    workspace = cx.open(database)
    found = workspace.voices()
    workspace.correct(found.loc[found["text"].str.contains(words), "statement"].iloc[0], *corrections)
    workspace.close()


def chips(page: str) -> list[str]:
    return [html.unescape(chip) for chip in re.findall(r'<span class="cx-chip[^"]*">([^<]*)</span>', page)]


# --- languages


@pytest.mark.parametrize("page", ["lagebild", "stimmen"])
def test_pages_say_how_much_was_not_read(open_app: Open, database: Path, page: str) -> None:
    line = html_of(open_app(database, page))
    assert "n = 5 Feedbacks · davon 1 in anderer Sprache, nicht gelesen" in line


def test_german_data_say_nothing_of_languages(open_app: Open, full: Path) -> None:
    page = html_of(open_app(full, "stimmen"))
    assert "anderen Sprachen" not in page
    assert not any(box.label == "Sprache" for box in open_app(full).multiselect)


def test_a_voice_in_another_language_carries_its_name(open_app: Open, database: Path) -> None:
    app = open_app(database, "stimmen")
    assert "Englisch" in chips(html_of(app))
    assert "1 in anderen Sprachen" in app.caption[0].value


def test_the_language_is_chosen_in_the_filter_bar(open_app: Open, database: Path) -> None:
    app = open_app(database, "stimmen", languages="en")
    page = html_of(app)
    assert "Sprache: Englisch" in page
    assert page.count("cx-voice-text") == 1
    assert not app.error


# --- corrections


def test_a_corrected_voice_says_so_and_loses_its_marks(open_app: Open, database: Path) -> None:
    changed(database, "Beratung", Correction("negative"), Correction("negative", "pillar", "trust"))
    page = html_of(open_app(database, "stimmen", words="Beratung"))
    assert "berichtigt, gelesen: positiv" in chips(page)
    assert {"Vertrauen", "Emotionen"} <= set(chips(page))
    assert "<mark" not in page
    assert "cx-edge-negative" in page


def test_a_corrected_aspect_alone_leaves_the_marks(open_app: Open, database: Path) -> None:
    changed(database, "Beratung", Correction("none", "pillar", "emotion"))
    page = html_of(open_app(database, "stimmen", words="Beratung"))
    assert "berichtigt" in chips(page)
    assert "<mark" in page


def test_the_whole_feedback_lists_what_was_corrected(open_app: Open, database: Path) -> None:
    changed(database, "Beratung", Correction("negative"), Correction("none", "pillar", "emotion"))
    app = open_app(database, "stimmen", words="Beratung")
    next(b for b in app.button if b.label == "Ganzes Feedback").click().run()
    assert not app.exception
    page = html.unescape(html_of(app))
    assert "berichtigt: „Die Beratung war freundlich.“, Stimmung negativ (gelesen: positiv)" in page
    assert "Emotionen nicht genannt (gelesen: positiv)" in page
    assert "<mark" not in page


def test_who_may_only_look_cannot_correct(open_app: Open, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [b for b in open_app(database, "stimmen").button if b.label == "Berichtigen"]
    monkeypatch.setenv("CX_EDIT", "0")
    assert not [b for b in open_app(database, "stimmen").button if b.label == "Berichtigen"]


def test_the_dialog_opens_with_what_was_read(open_app: Open, database: Path) -> None:
    app = open_app(database, "stimmen", words="Beratung")
    next(b for b in app.button if b.label == "Berichtigen").click().run()
    assert not app.exception
    assert not app.error
    labels = {box.label: box.value for box in app.selectbox}
    assert labels["Emotionen"] == "positive"


# --- contradictions


def test_contradictions_stand_with_rating_text_and_share(open_app: Open, database: Path) -> None:
    app = open_app(database, "stimmen", view="contradictions")
    assert not app.error
    page = html_of(app)
    assert page.count("cx-voice-text") == 2
    assert "2 Widersprüche von 4 Feedbacks mit gelesenem Text und Bewertung" in app.caption[0].value
    assert {"1 von 5 Sternen", "5 von 5 Sternen"} <= set(chips(page))
    assert any(chip.startswith("vielleicht die Skala verwechselt") for chip in chips(page))
    assert not re.search(r"<(img|a|b) ?", page.replace("<b>", "", 0).split("cx-voice", 1)[1])
    assert "<img src=x onerror=alert(1)>" in html.unescape(re.sub(r"<[^>]*>", "", page))


def test_contradictions_keep_filter_and_address(open_app: Open, database: Path) -> None:
    app = open_app(database, "stimmen", view="contradictions", channels="Telefon")
    assert "widersprechen sich Wörter und Bewertung nirgends" in html_of(app)
    assert app.session_state[address.VIEW] == "contradictions"
    assert "contradictions" in app.query_params["view"]


def test_large_bases_carry_their_interval(open_app: Open, full: Path) -> None:
    caption = open_app(full, "stimmen", view="contradictions").caption[0].value
    assert re.search(
        r"Widersprüche: \d+,\d\u00a0% \(95\u00a0%: \d+,\d\u00a0…\u00a0\d+,\d\) von [\d.]+ Feedbacks", caption
    )


# --- reading again


def test_reading_again_is_offered_where_an_older_reader_has_read(open_app: Open, database: Path) -> None:
    assert "Die Sprachanalyse ist neuer" not in html_of(open_app(database, "datenbestand"))
    with data.workspace()._store.writing() as session:
        session.run("UPDATE batch SET text_model = '0.old'; UPDATE statement SET label = 'mixed', polarity = 0")
    app = open_app(database, "datenbestand")
    assert "Die Sprachanalyse ist neuer" in html_of(app)
    assert [b.label for b in app.button if b.key == "rescore"] == ["Alle Texte neu lesen"]  # tests/browser presses it
