"""*Themen*: sides are chosen, words stand with sentences, and a word leads to its voices."""

from pathlib import Path

import pytest
from screen import Open, html_of

from cx.charts.wording import Against
from cx.ui import address, filters, markup


def test_without_a_filter_critical_statements_are_held_against_praise(open_app: Open, full: Path) -> None:
    app = open_app(full, "themen")
    text = html_of(app)
    assert app.session_state[address.AGAINST] == Against.PRAISE
    assert "Häufiger in kritischen Aussagen: „" in text
    assert "In der jüngsten Zeit öfter als davor: „Hotline“" in text
    assert text.count('class="cx-term"') > 5


def test_a_selection_is_held_against_the_rest(open_app: Open, full: Path) -> None:
    app = open_app(full, "themen", channels="Filiale")
    assert app.session_state[address.AGAINST] == Against.REST
    assert "„Verkäufer“" in html_of(app)
    assert "<b>Verkäufer</b>" in html_of(app)


def test_sides_come_from_the_address(open_app: Open, full: Path) -> None:
    app = open_app(full, "themen", channels="App", against="before")
    assert app.session_state[address.AGAINST] == Against.BEFORE
    assert "in der Zeit davor" in html_of(app)


def test_a_word_leads_to_its_voices(open_app: Open, full: Path) -> None:
    app = open_app(full, "themen")
    app.button(key="term_rising_0").click().run()
    assert "<h1>Stimmen</h1>" in html_of(app)
    assert app.session_state[filters.WORDS] == "hotline"


@pytest.mark.parametrize("address", [{"words": "zzqq"}, {"channels": "Telefon", "words": "zzqq"}])
def test_nothing_selected_is_said(open_app: Open, full: Path, address: dict[str, str]) -> None:
    app = open_app(full, "themen", **address)
    assert not app.error
    assert "Zu dieser Auswahl gibt es kein Feedback" in html_of(app)


def test_few_feedbacks_mark_nothing(open_app: Open, full: Path) -> None:
    app = open_app(full, "themen", start="2026-10-01", end="2026-10-02", channels="Telefon")
    assert not app.error and not app.exception
    assert "Kein Wort ist in der Auswahl gesichert häufiger oder seltener als im Rest" in html_of(app)
    assert not app.get("vega_lite_chart")


def test_an_empty_database_is_met_with_one_sentence(open_app: Open, empty: Path) -> None:
    app = open_app(empty, "themen")
    assert not app.error
    assert "Noch keine Daten" in html_of(app)


def test_sentences_cannot_become_markup() -> None:
    made = markup.term("n < 3", ("M0,1",), [("<script>Kasse</script> & kasse", "<i>App</i>")], "Kasse")
    assert "<script>" not in made and "<i>" not in made
    assert made.count("<b>") == 2 and "&lt;script&gt;<b>Kasse</b>" in made
    assert "n &lt; 3" in made


def test_a_word_of_signs_is_taken_as_it_is() -> None:
    assert "<b>(a.b</b>)" in markup.term("", (), [("x (a.b) axb", "")], "(a.b")
