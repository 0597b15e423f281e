"""Key figures and pillars over time: against a naive count, on the demo's truth, and where the truth is taken out."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from pytest import approx

import cx
from cx.analysis import series
from cx.errors import AskError
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.model.kpi import Kpi
from cx.model.limits import N_WITHHELD
from cx.model.step import MOST_INTERVALS, Step
from cx.stats.series import end_of
from cx.workspace import Workspace

PHONE, APP = Filter(channels=("Telefon",)), Filter(channels=("App",))
SHIPPED = Filter(channels=("Webshop", "Marktplatz"))
SEEDS = range(50)
SHUFFLE = """
UPDATE feedback SET submitted_at = other.submitted_at FROM (
    SELECT a.id, b.submitted_at FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM feedback) a
    JOIN (SELECT submitted_at, row_number() OVER (ORDER BY hash(id, $seed)) AS place FROM feedback) b USING (place)
) other WHERE feedback.id = other.id
"""


@pytest.fixture(scope="module")
def demo(demo_copied: Callable[[], Path]) -> Iterator[Workspace]:
    ws = cx.open(demo_copied())
    yield ws
    ws.close()


@pytest.fixture(scope="module")
def inexact(demo_copied: Callable[[], Path]) -> Iterator[Workspace]:
    """The demo, with some dates known by the month, the year, from a relative date, or not at all."""
    ws = cx.open(demo_copied())
    with ws._store.writing() as session:
        session.run("UPDATE feedback SET date_precision = 'month' WHERE id % 5 = 0")
        session.run("UPDATE feedback SET date_precision = 'relative' WHERE id % 7 = 0")
        session.run("UPDATE feedback SET date_precision = 'year' WHERE id % 11 = 0")
        session.run("UPDATE feedback SET submitted_at = NULL, date_precision = NULL WHERE id % 13 = 0")
    yield ws
    ws.close()


def rows_of(ws: Workspace, selection: Filter) -> pd.DataFrame:
    with ws._store.reading() as session:
        return session.frame("SELECT * FROM selected($filter)", filter=selection.parameter())


def answers_of(rows: pd.DataFrame, measure: str) -> pd.Series:
    """The answers whose mean a measure is."""
    if measure == Kpi.NPS:
        nps = rows["nps"].dropna()
        return 100 * ((nps >= 9).astype(float) - (nps <= 6))
    if measure == Kpi.CSAT:
        csat = rows.dropna(subset="csat")
        return 100.0 * (csat["csat"] > csat["csat_high"] - 2)
    if measure == Kpi.CES:
        return rows.loc[rows["ces_variant"] == "2.0", "ces"].dropna()
    return rows[measure].dropna()


def start_of(day: pd.Timestamp, step: Step) -> date:
    """The first day of the interval, the slow way."""
    if step == Step.MONTH:
        return date(day.year, day.month, 1)
    return day.date() - timedelta(days=day.isocalendar().weekday - 1 if step == Step.WEEK else 0)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("measure", ["nps", "csat", "ces", "rating", "polarity", "resolution"])
def test_points_agree_with_a_naive_count(inexact: Workspace, measure: str, step: Step) -> None:
    selection = Filter(start=date(2026, 3, 5), end=date(2026, 7, 9), channels=("Webshop", "Telefon"))
    rows = rows_of(inexact, selection)
    precisions = ("day",) if step != Step.MONTH else ("day", "month", "relative")
    dated = rows[rows["date_precision"].isin(precisions)]
    found = inexact.series(measure, selection, step)
    points = found.points.set_index(found.points["start"].dt.date)
    whole = [start_of(day, step) for day in dated["submitted_at"]]
    answers = answers_of(dated, measure)
    starts = dated.loc[answers.index, "submitted_at"].map(lambda day: start_of(day, step))
    assert points.index.min() == min(whole)
    assert points.index.max() == max(whole)
    for start, row in points.iterrows():
        here = answers[starts == start]
        assert row["n"] == len(here)
        if len(here):
            assert row["value"] == approx(here.mean())
    assert found.left_out == rows["submitted_at"].notna().sum() - len(dated)


def test_intervals_have_no_gaps(demo: Workspace) -> None:
    for step, days in ((Step.DAY, 1), (Step.WEEK, 7)):
        starts = demo.series("nps", Filter(start=date(2026, 5, 1)), step).points["start"]
        assert set(starts.diff().dropna()) == {pd.Timedelta(days=days)}
        assert step == Step.DAY or set(starts.dt.day_of_week) == {0}


def test_the_length_of_the_time_chooses_the_step(demo: Workspace) -> None:
    assert demo.series("nps", Filter(start=date(2026, 1, 1))).step == Step.WEEK
    assert demo.series("nps").step == Step.MONTH
    assert demo.steps() == (Step.WEEK, Step.MONTH)
    assert demo.steps(Filter(start=date(2026, 5, 1))) == tuple(Step)


def shown(days: int, per_day: int, *, exact: bool = True) -> Step:
    """The step that is chosen for so many days with so many answers each."""
    dates = pd.date_range("2026-01-01", periods=days)
    found = pd.DataFrame({"day": dates, "exact": exact, "n": per_day, "trust_n": per_day}).assign(
        trust_total=0.0, trust_squares=0.0, trust_cubes=0.0
    )
    return series.usual(pd.Series({"first_day": dates[0], "last_day": dates[-1]}), found, "trust")


def test_the_step_is_the_finest_of_which_most_points_are_shown() -> None:
    assert shown(50, 10) == Step.DAY
    assert shown(50, 9) == Step.WEEK
    assert shown(50, 1) == shown(300, 1) == Step.MONTH
    assert shown(300, 2) == Step.WEEK
    assert shown(500, 99) == Step.MONTH
    assert shown(50, 99, exact=False) == Step.MONTH


def test_what_is_chosen_for_the_demo_has_points_to_draw(demo: Workspace) -> None:
    for selection in (Filter(start=date(2026, 9, 15)), Filter(start=date(2026, 1, 1), channels=("Telefon",))):
        for measure in ("nps", "csat", "trust"):
            points = demo.series(measure, selection).points
            assert (points["n"] >= N_WITHHELD).mean() > 0.5 or demo.series(measure, selection).step == Step.MONTH


def test_what_is_not_there_is_refused_in_a_sentence(demo: Workspace) -> None:
    for measure, step in (("umsatz", ""), ("nps", "quarter"), ("nps", "day")):
        with pytest.raises(AskError):
            demo.series(measure, Filter(), step)
    with pytest.raises(AskError):
        demo.words_around("ces", Filter(start=date(2025, 1, 1), end=date(2025, 2, 1)))
    assert MOST_INTERVALS < 730


@pytest.mark.parametrize("selection", [Filter(undated=True), Filter(words="zzqq"), Filter(start=date(2026, 10, 30))])
def test_nothing_or_little_gives_no_marks(demo: Workspace, selection: Filter) -> None:
    found = demo.series("nps", selection)
    assert not found.points["outside"].any()
    assert (found.shifts, found.elsewhere, found.events) == ((), {}, ())


@pytest.mark.parametrize("step", [Step.WEEK, Step.MONTH])
def test_the_telephone_is_found_worse_since_august(demo: Workspace, step: Step) -> None:
    for measure in ("nps", "resolution"):
        found = demo.series(measure, PHONE, step)
        [shift] = found.shifts
        assert shift.change.high < 0
        assert shift.earliest <= date(2026, 8, 1) <= end_of(shift.latest, found.tested)
    assert {"nps", "polarity"} <= set(found.elsewhere)
    assert found.events[0].shift == shift


def test_the_app_is_found_better_since_august(demo: Workspace) -> None:
    for measure in ("rating", "polarity"):
        found = demo.series(measure, APP)
        [shift] = found.shifts
        assert shift.change.low > 0
        assert shift.earliest <= date(2026, 8, 1) <= end_of(shift.latest, found.tested)


def test_the_dip_of_march_is_found(demo: Workspace) -> None:
    stars = demo.series("rating", SHIPPED)
    assert list(stars.points.loc[stars.points["outside"], "start"]) == [pd.Timestamp("2026-03-01")]
    assert [event.start for event in stars.events] == [date(2026, 3, 1)]
    down, up = demo.series("expectation", SHIPPED).shifts
    assert down.change.high < 0 < up.change.low
    assert down.earliest <= date(2026, 3, 1) <= end_of(down.latest, Step.WEEK)
    assert date(2026, 3, 31) < up.start < date(2026, 5, 31)


def test_both_sides_of_an_event_share_no_day_and_leave_the_doubtful_days_out(demo: Workspace) -> None:
    for measure in ("expectation", "rating"):
        for event in demo.series(measure, SHIPPED).events:
            assert event.before.end < event.after.start
            assert event.after.channels == SHIPPED.channels
            if event.shift:
                assert event.before.end < event.shift.earliest
                assert event.after.start == event.shift.latest


def test_the_words_around_the_change_name_the_cause(demo: Workspace) -> None:
    said = demo.words_around("nps", PHONE)
    assert "Hotline" in set(said.terms.loc[said.terms["log_odds"] > 0, "word"])
    assert "Hotline" in set(said.quotes["word"])


@pytest.mark.parametrize("channel", ["Webshop", None])
def test_without_truth_hardly_any_page_has_a_mark(demo_copy: Path, channel: str | None) -> None:
    """Dates shuffled among the feedback: one page per seed, a measure each in turn."""
    ws = cx.open(demo_copy)
    selection = Filter(channels=(channel,) if channel else ())
    measures = [str(Kpi.NPS), str(Kpi.RATING), *taxonomy.pillar_keys(), str(Kpi.POLARITY)]
    false = 0
    for seed in SEEDS:
        with ws._store.writing() as session:
            session.run(SHUFFLE, seed=seed)
        found = series.series(ws._store, selection, measures[seed % len(measures)])
        false += bool(found.points["outside"].any() or found.shifts or found.elsewhere)
    ws.close()
    # Of 50 pages at 5 % each, more than 7 would come about once in 300 times.
    assert false <= 7
