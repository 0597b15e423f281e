"""Treiber: every part with every set of predictors, what the slider says, and what is missing."""

from pathlib import Path

import pytest
from screen import Open, html_of

from cx.ui import address
from cx.ui.address import Part

FIGURES = {Part.IMPORTANCE: 2, Part.EFFECTS: 2, Part.SIDES: 1, Part.WHAT_IF: 0, Part.CHECKS: 0}


@pytest.mark.parametrize("predictors", ["pillars", "touchpoints"])
@pytest.mark.parametrize("part", Part)
def test_every_part_shows_its_figures(open_app: Open, full: Path, part: Part, predictors: str) -> None:
    app = open_app(full, "treiber", part=str(part), predictors=predictors, outcome="rating")
    assert not app.exception
    assert not app.error
    assert len(app.get("vega_lite_chart")) == FIGURES[part]


def test_survey_items_say_what_is_missing_where_there_is_no_survey(open_app: Open, full: Path) -> None:
    app = open_app(full, "treiber", predictors="items")
    assert not app.error
    assert "zu wenige bewertete Umfragefragen" in html_of(app)
    assert not app.get("vega_lite_chart")


def test_the_slider_tells_the_change_and_that_it_is_no_proof(open_app: Open, full: Path) -> None:
    app = open_app(full, "treiber", part="what_if")
    before = html_of(app)
    assert "kein Beweis" in before
    now = app.slider[0].value
    app.slider[0].set_value(now - 30).run()
    after = html_of(app)
    assert f"Wären {now - 30} statt {now - 10}" in after
    assert "positiv: −" in after


def test_a_what_if_stands_in_the_address_and_a_link_shows_it(open_app: Open, full: Path) -> None:
    app = open_app(full, "treiber", part="what_if")
    app.selectbox(key=address.WHAT).set_value("trust").run()
    app.slider[0].set_value(71).run()
    said = {name: "".join(value) for name, value in app.query_params.items()}
    assert (said["what"], said["level"]) == ("trust", "71")
    assert "Wären 71 statt" in html_of(open_app(full, "treiber", **said))
    assert "„Vertrauen“" in html_of(open_app(full, "treiber", **said))


@pytest.mark.parametrize(
    "nonsense", [{"what": "wetter", "level": "55"}, {"what": "trust", "level": "900"}, {"level": "-1"}]
)
def test_a_nonsense_what_if_stands_above_todays_level(open_app: Open, full: Path, nonsense: dict[str, str]) -> None:
    app = open_app(full, "treiber", part="what_if", **nonsense)
    assert not app.error
    assert f"statt {app.slider[0].value - 10}" in html_of(app)


def test_the_checks_compare_people_who_write_with_the_others(open_app: Open, full: Path) -> None:
    text = html_of(open_app(full, "treiber", part="checks"))
    for heading in ("Wie viel erklärt wird", "Genug Feedbacks?", "Wer schreibt, wer nicht?", "Mehr als Zufall?"):
        assert heading in text


def test_a_nonsense_part_or_set_in_the_address_is_the_first_one(open_app: Open, full: Path) -> None:
    app = open_app(full, "treiber", part="<script>", predictors="wetter")
    assert not app.error
    assert len(app.get("vega_lite_chart")) == FIGURES[Part.IMPORTANCE]


def test_too_small_a_selection_says_what_drivers_need(open_app: Open, full: Path) -> None:
    app = open_app(full, "treiber", start="2026-10-01", end="2026-10-02", channels="Telefon")
    assert not app.exception
    assert "mindestens 30" in html_of(app) or "weder NPS noch CSAT" in html_of(app)
