"""Treiber: every part with every set of predictors, what the slider says, and what is missing."""

from pathlib import Path

import pytest
from screen import Open, html_of
from streamlit.testing.v1 import AppTest

import cx
from cx.model.kpi import Predictors
from cx.ui import address, data
from cx.ui.address import Part

FIGURES = {Part.IMPORTANCE: 2, Part.EFFECTS: 2, Part.SIDES: 1, Part.WHAT_IF: 0, Part.CHECKS: 0}


def imported(path: Path, header: str, rows: list[str]) -> Path:
    workspace = cx.open(path)
    workspace.import_file("\n".join([header, *rows]).encode(), name="feedback.csv")
    workspace.close()
    return path


@pytest.mark.parametrize("predictors", ["pillars", "touchpoints"])
@pytest.mark.parametrize("part", Part)
def test_every_part_shows_its_figures(open_app: Open, full: Path, part: Part, predictors: str) -> None:
    app = open_app(full, "treiber", part=str(part), predictors=predictors, outcome="rating")
    assert not app.exception
    assert not app.error
    assert len(app.get("vega_lite_chart")) == FIGURES[part]


def offered(app: AppTest) -> list[list[str]]:
    """The outcomes and the sets of predictors that can be chosen."""
    return [group.options for group in app.get("button_group") if group.key in (address.OUTCOME, address.PREDICTORS)]


def test_without_a_survey_no_survey_items_are_offered(open_app: Open, full: Path) -> None:
    app = open_app(full, "treiber", predictors="items")
    assert not app.error
    assert app.session_state[address.PREDICTORS] == Predictors.PILLARS
    assert offered(app)[1] == ["Säulen", "Touchpoints"]


def test_without_texts_survey_items_alone_are_offered(open_app: Open, tmp_path: Path) -> None:
    rows = [f"{1 + n % 5};{1 + n % 4};{1 + n // 5 % 5}" for n in range(60)]
    app = open_app(imported(tmp_path / "survey.duckdb", "Sterne;Lieferung [1-5];Beratung [1-5]", rows), "treiber")
    assert offered(app) == [["Sterne"], ["Umfragefragen"]]
    [parts] = [group.options for group in app.get("button_group") if group.key == address.PART]
    assert "Verlust und Gewinn" not in parts
    assert app.get("vega_lite_chart")


def test_an_outcome_too_rare_to_be_explained_is_not_offered(open_app: Open, tmp_path: Path) -> None:
    rows = [
        f"{n if n < 5 else ''};{1 + n % 5};Die Lieferung war {'schnell' if n % 3 else 'langsam'}." for n in range(40)
    ]
    app = open_app(imported(tmp_path / "rare.duckdb", "NPS;Sterne;Kommentar", rows), "treiber")
    assert offered(app)[0] == ["Sterne"]


def test_data_without_an_outcome_offer_no_choice_but_the_way_to_one(open_app: Open, tmp_path: Path) -> None:
    rows = ["Die Lieferung war schlecht."] * 40
    app = open_app(imported(tmp_path / "texts.duckdb", "Kommentar", rows), "treiber")
    assert not offered(app)
    assert "Ihre Daten enthalten weder NPS" in html_of(app)
    assert [button.label for button in app.button if button.key.startswith("treiber")] == ["Daten laden"]


def test_data_without_text_and_items_say_what_explains(open_app: Open, tmp_path: Path) -> None:
    app = open_app(imported(tmp_path / "nps.duckdb", "NPS", [str(n % 11) for n in range(40)]), "treiber")
    assert not offered(app)
    assert "mindestens 30 gelesene Texte oder bewertete Fragen" in html_of(app)


def test_a_selection_without_an_outcome_leads_to_all_feedback(open_app: Open, tmp_path: Path) -> None:
    rows = [f"{'App' if n % 2 else 'Filiale'};{n % 11 if n % 2 else ''};Die Lieferung war schlecht." for n in range(80)]
    database = imported(tmp_path / "mixed.duckdb", "Kanal;NPS;Kommentar", rows)
    app = open_app(database, "treiber", channels="Filiale")
    assert "In dieser Auswahl gibt es weder NPS" in html_of(app)
    app.button(key="treiber_reset").click().run()
    assert offered(app)[0] == ["NPS"]


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


def test_the_ordinal_model_is_worked_out_when_somebody_opens_it(
    open_app: Open, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    answer = data.ordinal
    monkeypatch.setattr(data, "ordinal", lambda *asks: (asked.append(asks[::2]), answer(*asks))[1])
    app = open_app(full, "treiber", part="effects", outcome="rating")
    assert "Hält das auch im ordinalen Modell?" in [fold.label for fold in app.expander]
    assert not asked
    app.session_state["treiber_ordinal"] = True
    app.run()
    assert not app.exception
    assert asked == [("rating", "pillars")]
    assert "Zählen die Antworten als geordnete Stufen statt als Zahlen, änder" in html_of(app)
