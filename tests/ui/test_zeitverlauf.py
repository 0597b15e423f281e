"""The page Zeitverlauf: finding, choices in the address, other measures, hostile addresses, where a click leads."""

from pathlib import Path

import pytest
from screen import Open, copied, html_of

import cx
from cx.model.filter import Filter
from cx.ui import address, filters, series_figures


def test_the_title_names_the_shift_and_the_sentences_its_cause(open_app: Open, full: Path) -> None:
    app = open_app(full, "zeitverlauf", channels="Telefon")
    text = html_of(app)
    assert not app.exception
    assert "NPS: seit Ende Juli 2026 niedriger (−" in text
    assert "Was davor und danach gesagt wurde" in text
    assert "Häufiger danach: „Hotline“" in text


def test_nothing_real_is_said_to_be_nothing(open_app: Open, full: Path) -> None:
    app = open_app(full, "zeitverlauf", channels="Filiale", measure="rating")
    assert "Sterne: keine gesicherte Änderung, kein Punkt außerhalb der Grenzen" in html_of(app)
    assert len(app.get("vega_lite_chart")) == 1


def test_the_other_measures_that_shifted_lead_to_their_course(open_app: Open, full: Path) -> None:
    app = open_app(full, "zeitverlauf", channels="Telefon")
    app.button(key="term_series_resolution").click().run()
    assert not app.exception
    assert "Lösung: seit Ende Juli 2026 niedriger" in html_of(app)
    assert app.query_params["measure"] == "resolution"


def test_steps_stand_in_the_address_and_days_are_offered_for_short_times_only(open_app: Open, full: Path) -> None:
    app = open_app(full, "zeitverlauf", step="week")
    assert "nach Wochen" in html_of(app)
    assert app.query_params["step"] == "week"
    app = open_app(full, "zeitverlauf", step="day")
    assert "nach Monaten" in html_of(app)
    app = open_app(full, "zeitverlauf", step="day", start="2026-08-01", end="2026-10-31")
    assert "nach Tagen" in html_of(app)


@pytest.mark.parametrize("said", [{"measure": "<b>", "event": "2026-13-99"}, {"step": "x", "event": "<script>"}])
def test_an_address_that_says_nonsense_is_ignored(open_app: Open, full: Path, said: dict[str, str]) -> None:
    app = open_app(full, "zeitverlauf", **said)
    assert not app.exception
    assert not app.error
    assert "NPS: März 2026 ungewöhnlich niedrig" in html_of(app)


def test_feedback_without_dates_is_met_with_a_sentence(open_app: Open, full: Path, tmp_path: Path) -> None:

    path = copied(full, tmp_path / "undated.duckdb")
    workspace = cx.open(path)
    with workspace._store.writing() as session:
        session.run("UPDATE feedback SET submitted_at = NULL, date_precision = NULL")
    workspace.close()
    app = open_app(path, "zeitverlauf")
    assert not app.exception
    assert "hat kein Feedback ein Datum" in html_of(app)


def test_a_click_narrows_to_the_interval(demo_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    led: list[tuple] = []
    monkeypatch.setattr(filters, "lead", lambda page, selection, **choices: led.append((page, selection, choices)))
    workspace = cx.open(demo_copy)
    phone = Filter(channels=("Telefon",))
    for measure, step in (("nps", "month"), ("resolution", "week")):
        found = workspace.series(measure, phone, step)
        series_figures._narrow(found, {"start": "2026-08-03" if step == "week" else "2026-08-01"}, phone)
    workspace.close()
    (first, month, choices), (second, week, _none) = led
    assert (first, str(month.start), str(month.end), choices) == (
        "lagebild",
        "2026-08-01",
        "2026-08-31",
        {address.KPI: "nps"},
    )
    assert (second, str(week.start), str(week.end), week.pillars) == (
        "stimmen",
        "2026-08-03",
        "2026-08-09",
        ("resolution",),
    )
