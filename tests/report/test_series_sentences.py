"""The sentences of Zeitverlauf, from results made by hand."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from cx.model.filter import Filter
from cx.model.step import Step
from cx.report import series as told
from cx.stats.changes import Change
from cx.stats.estimate import Estimate
from cx.stats.series import POINTS, Event, Series, Shift

CHANGE = Change(3, 2, 4, -14.2, -20.4, -8.1, 0.001, Estimate(20.0, 15.0, 25.0, 500), Estimate(5.8, 1.0, 11.0, 300))
SHIFT = Shift(date(2026, 8, 3), date(2026, 7, 27), date(2026, 8, 10), CHANGE)


def found(
    measure: str = "nps",
    shifts: tuple = (),
    outside: tuple[int, ...] = (),
    left_out: int = 0,
    limit: float | None = 2.0,
) -> Series:
    rows = [
        (pd.Timestamp(2026, month, 1), 1.0, 0.0, 2.0, 50, 10.0, limit, limit and 18.0, month in outside)
        for month in range(1, 9)
    ]
    points = pd.DataFrame(rows, columns=POINTS)
    return Series(measure, Step.MONTH, Step.WEEK, points, shifts, {}, (), left_out, (Step.MONTH,), "2.0")


def test_a_shift_is_told_with_date_size_and_interval() -> None:
    assert (
        told.title(found(shifts=(SHIFT,)))
        == "NPS: seit Anfang August 2026 niedriger (−14 Punkte; 95\u00a0%: −20\u00a0…\u00a0−8)"
    )
    assert told.note(found(shifts=(SHIFT,))) == (
        "n = 400 · nach Monaten · +20 → +6, Beginn zwischen 27.07.2026 und 16.08.2026 (95\u00a0%)"
    )


def test_an_unusual_interval_is_told_with_its_limits() -> None:
    assert told.title(found(outside=(3,))) == "NPS: März 2026 ungewöhnlich niedrig (+1; Grenzen +2\u00a0…\u00a0+18)"
    assert told.title(found(outside=(2, 3, 5))).endswith(
        "Mai 2026 ungewöhnlich niedrig (+1; Grenzen +2\u00a0…\u00a0+18), dazu 2 weitere Punkte"
    )


def test_nothing_is_called_nothing_and_too_little_too_little() -> None:
    assert told.title(found("ces")) == "CES 2.0: keine gesicherte Änderung, kein Punkt außerhalb der Grenzen"
    assert told.title(found("trust", limit=None)) == "Vertrauen: für Grenzen und Änderungen sind es zu wenige Antworten"


@pytest.mark.parametrize(
    ("day", "step", "name"),
    [
        (date(2026, 8, 10), Step.WEEK, "Anfang August 2026"),
        (date(2026, 8, 11), Step.WEEK, "Mitte August 2026"),
        (date(2026, 8, 21), Step.WEEK, "Ende August 2026"),
        (date(2026, 8, 1), Step.MONTH, "August 2026"),
        (date(2026, 8, 1), Step.DAY, "01.08.2026"),
    ],
)
def test_a_moment_is_named_as_exactly_as_it_is_known(day: date, step: Step, name: str) -> None:
    assert told.moment(day, step) == name


@pytest.mark.parametrize(
    ("measure", "change", "size"),
    [
        ("nps", (14.2, 8.1, 20.4), "NPS: seit Anfang August 2026 höher (+14 Punkte; 95\u00a0%: +8\u00a0…\u00a0+20)"),
        ("nps", (0.3, 0.1, 0.6), "NPS: seit Anfang August 2026 höher (+0,3 Punkte; 95\u00a0%: +0,1\u00a0…\u00a0+0,6)"),
        ("csat", (-4.4, -8.1, -0.6), "niedriger (−4 Prozentpunkte; 95\u00a0%: −8\u00a0…\u00a0−1)"),
        ("rating", (0.31, 0.1, 0.5), "höher (+0,31; 95\u00a0%: +0,10\u00a0…\u00a0+0,50)"),
    ],
)
def test_a_shift_has_the_unit_of_its_measure(measure: str, change: tuple[float, float, float], size: str) -> None:
    value, low, high = change
    shift = replace(SHIFT, change=replace(CHANGE, value=value, low=low, high=high))
    assert told.title(found(measure, (shift,))).endswith(size)


def test_the_table_holds_every_interval_with_limits_and_verdict() -> None:
    series = found(outside=(3,))
    series.points.loc[0, "n"] = 9
    series.points.loc[1, "n"] = 10
    series.points.loc[4, ["limit_low", "limit_high"]] = float("nan")
    shown = told.table(series).data
    assert list(shown.columns) == ["Zeit", "NPS", "95\u00a0%", "n", "Grenzen", "Urteil"]
    rows = shown.apply(lambda column: column.str.replace("\u00a0", " ")).to_numpy().tolist()
    assert rows[0] == ["Januar 2026", "–", "–", "9", "+2 … +18", ""]
    assert rows[1] == ["Februar 2026", "+1", "0 … +2", "10", "+2 … +18", ""]
    assert rows[2] == ["März 2026", "+1", "0 … +2", "50", "+2 … +18", "außerhalb"]
    assert rows[4][4] == "–"
    assert list(told.table(found("ces")).data.columns)[1] == "CES 2.0"


def test_another_measure_is_named_with_its_clearest_shift() -> None:
    weak = replace(SHIFT, start=date(2026, 5, 4), change=replace(CHANGE, p=0.01))
    assert told.elsewhere("ces", (weak, SHIFT), found()).startswith("CES 2.0: seit Anfang August 2026 niedriger")
    assert told.elsewhere("trust", (SHIFT, weak), found()).startswith("Vertrauen: seit Anfang August 2026")


def test_what_is_left_out_is_said() -> None:
    assert told.note(found(left_out=1)).endswith("1 Feedback ohne dafür genaues Datum fehlt")
    assert told.note(found(left_out=1200)).endswith("1.200 Feedbacks ohne dafür genaues Datum fehlen")


def test_an_event_is_named_and_its_sides_dated() -> None:
    event = Event(
        date(2026, 8, 3), Filter(start=date(2026, 8, 10), end=date(2026, 8, 31)), Filter(end=date(2026, 7, 26)), SHIFT
    )
    assert told.event_name(event, found()) == "Änderung Anfang August 2026"
    assert told.event_note(event) == "Danach: 10.08.2026 – 31.08.2026. Davor: bis 26.07.2026."
    assert told.table(found(outside=(3,))).data.shape == (8, 6)
