"""Kanäle: choosing what is compared, saved segments with hostile names, and who may keep them."""

from pathlib import Path

import pytest
from screen import Open, html_of

from cx.model.filter import Filter
from cx.ui import data

HOSTILE = "<img src=x onerror=alert(1)> [x](http://x.example)'; --"


def test_the_telephone_is_on_the_page_with_its_drop(open_app: Open, full: Path) -> None:
    app = open_app(full, "kanaele", start="2026-08-01", end="2026-10-31")
    assert not app.error
    page = html_of(app)
    assert "NPS: Telefon zieht um" in page
    assert "Je nach Kanal verschieden" in page
    assert "Lösung" in page


def test_other_segments_and_only_some_of_them_can_be_compared(open_app: Open, full: Path) -> None:
    app = open_app(full, "kanaele", by="product", parts="Garten~Haushalt~Unbekannt")
    assert not app.error
    assert [box.value for box in app.multiselect if box.key == "kanaele_parts"] == [["Garten", "Haushalt"]]
    assert "gegeneinander geprüft" in html_of(app)
    app.selectbox(key="kanaele_by").set_value("quarter").run()
    assert not app.error
    assert "9 Segmente · jedes gegen den Rest" in html_of(app)


def test_a_selection_is_saved_compared_and_deleted(open_app: Open, demo_copy: Path) -> None:
    app = open_app(demo_copy, "kanaele", channels="Telefon")
    assert "Für einen Vergleich braucht es zwei Segmente" in html_of(app)
    app.text_input(key="segment_name").set_value(HOSTILE).run()
    app.button(key="segment_save").click().run()
    assert not app.exception
    assert len(app.success) == 1
    assert "\\<img" in app.success[0].value
    assert list(data.workspace().segments()["name"]) == [HOSTILE]
    app.text_input(key="segment_name").set_value(HOSTILE.upper()).run()
    app.button(key="segment_save").click().run()
    assert ["gibt es schon" in error.value for error in app.error] == [True]
    data.workspace().save_segment("Web", Filter(channels=("Webshop",)))
    app = open_app(demo_copy, "kanaele", by="segment")
    page = html_of(app)
    assert "2 Segmente · gegeneinander geprüft" in page
    assert "<img" not in page
    app.selectbox(key="segment_chosen").set_value("Web").run()
    app.button(key="segment_delete").click().run()
    assert list(data.workspace().segments()["name"]) == [HOSTILE]


def test_one_channel_alone_shows_a_sentence_in_place_of_its_consistency(open_app: Open, full: Path) -> None:
    app = open_app(full, "kanaele", channels="Telefon", by="product")
    page = html_of(app)
    assert "erst ab zwei Kanälen" in page
    assert "±0,10 heißt" not in page
    assert not [chart for chart in app.get("vega_lite_chart") if "consistency" in chart.proto.id]


def test_who_may_only_look_sees_segments_and_no_buttons(
    open_app: Open, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CX_EDIT", "0")
    app = open_app(full, "kanaele", channels="Telefon")
    assert "Noch keine Segmente gespeichert" in html_of(app)
    assert not [button for button in app.button if button.key in ("segment_save", "segment_delete")]


def test_an_empty_database_has_nothing_to_compare(open_app: Open, empty: Path) -> None:
    app = open_app(empty, "kanaele")
    assert not app.error
    assert "Noch keine Daten" in html_of(app)
