"""Key figures and pillars over time: every interval with its limits, the shifts of the level, and what was said before and after one.

The false alarms of a page are held over all that it tests: half of FALSE_DISCOVERY_RATE for single points of the chosen measure, the
other half for shifts of all measures together (cx.stats.changes).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from cx.analysis import asking
from cx.errors import AskError
from cx.language import _
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.model.kpi import Kpi, Precision
from cx.model.limits import N_WITHHELD
from cx.model.step import MOST_INTERVALS, Step
from cx.stats import changes, kpis
from cx.stats.changes import ALARM_RATE, Change
from cx.stats.comparison import benjamini_hochberg
from cx.store import Store

INEXACT = [str(Precision.MONTH), str(Precision.RELATIVE)]  # good enough for months only
MOSTLY = 0.9  # of the feedback with an exact date: then shifts are looked for by week, also where months are shown
PERIODS = {Step.DAY: "D", Step.WEEK: "W-SUN", Step.MONTH: "M"}  # of pandas: a week by the day it ends with
FREQUENCIES = {Step.DAY: "D", Step.WEEK: "W-MON", Step.MONTH: "MS"}
POWERS = ("n", "total", "squares", "cubes")
COLUMNS = ["start", "value", "low", "high", "n", "centre", "limit_low", "limit_high", "outside"]


@dataclass(frozen=True)
class Shift:
    """A shift of a measure's level: the first day after it, the first and last day that it may be (95 %; of intervals of the step), and its
    size and levels (cx.stats.changes.Change)."""

    start: date
    earliest: date
    latest: date
    change: Change


@dataclass(frozen=True)
class Event:
    """Something that stands out, and the two selections that tell what was said then and before: a shift, or one unusual interval."""

    start: date
    after: Filter
    before: Filter
    shift: Shift | None = None


@dataclass(frozen=True, eq=False)
class Series:
    """One measure over time.

    `points`: start (first day of the interval), value, low, high (95 %), n, centre, limit_low, limit_high (control limits), outside; without
    gaps in time, empty intervals with n = 0. `shifts`: in order of time. `elsewhere`: the other measures that have shifted, by key of
    KPI or pillar, clearest first. `tested`: the intervals that shifts were looked for in: months are looked at by week. `left_out`: dated feedback whose date is less exact than the intervals. `steps`: which intervals can be chosen.
    `variant`: of the CES. `events`: the shifts, clearest first, then the unusual intervals, latest first.
    """

    measure: str
    step: Step
    tested: Step
    points: pd.DataFrame
    shifts: tuple[Shift, ...]
    elsewhere: dict[str, tuple[Shift, ...]]
    events: tuple[Event, ...]
    left_out: int
    steps: tuple[Step, ...]
    variant: str


def series(store: Store, selection: Filter, measure: str = Kpi.NPS, step: str = "") -> Series:
    """A KPI or pillar by "day", "week" or "month"; "" chooses by the length of the time that holds feedback.

    Raises AskError for an unknown measure or step, or a step that makes too many intervals.
    """
    known(measure)
    days, variant = _extent(store, selection), asking.ces_variant(store, selection)
    steps = possible(days)
    chosen = asking.known(Step, step) if step else usual(days)
    if Step(chosen) not in steps:
        raise AskError(_("Für diesen Zeitraum sind das zu viele Punkte. Wählen Sie größere Schritte."))
    chosen = Step(chosen)
    found = store.frame("series_sums", inexact=INEXACT, **asking.parameters(selection, variant))
    sums, tested = _intervals(found, chosen), _tested(found, chosen, steps)
    shifted = _shifts(sums if tested == chosen else _intervals(found, tested), tested)
    shifts = shifted.get(measure, ())
    points = _points(sums, measure, shifts, chosen)
    return Series(
        measure,
        chosen,
        tested,
        points,
        shifts,
        {other: of for other, of in shifted.items() if other != measure},
        _events(points, shifts, chosen, selection),
        int(days["n"].sum() - days["undated"].sum() - sums["n"].sum()),
        steps,
        str(variant),
    )


def known(measure: str) -> None:
    """Raises AskError that names the measures where `measure` is none."""
    if measure not in measures():
        raise AskError(
            _("„{value}“ gibt es hier nicht. Möglich sind: {known}.").format(value=measure, known=", ".join(measures()))
        )


def measures() -> tuple[str, ...]:
    """The keys of the KPIs and pillars."""
    return (*map(str, Kpi), *taxonomy.pillar_keys())


def possible(days: pd.DataFrame) -> tuple[Step, ...]:
    """The steps that cut the time (first_day, last_day of one row) into no more points than can be read."""
    span = _span(days)
    return tuple(step for step in Step if step == Step.MONTH or span / step.days <= MOST_INTERVALS)


def usual(days: pd.DataFrame) -> Step:
    """Days for two months, weeks for a year, months for more."""
    span = _span(days)
    return next((step for step in Step if span <= step.usual_days), Step.MONTH)


def _extent(store: Store, selection: Filter) -> pd.DataFrame:
    return store.frame("extent", filter=selection.parameter())


def _span(days: pd.DataFrame) -> int:
    first, last = days["first_day"].iloc[0], days["last_day"].iloc[0]
    return 0 if pd.isna(first) else (last - first).days + 1


def _tested(found: pd.DataFrame, step: Step, steps: tuple[Step, ...]) -> Step:
    """More intervals show a shift more surely and date it better; a day has too much of its weekday."""
    exact = found.loc[found["exact"], "n"].sum() >= MOSTLY * found["n"].sum()
    return Step.WEEK if step == Step.MONTH and Step.WEEK in steps and exact else step


def _intervals(found: pd.DataFrame, step: Step) -> pd.DataFrame:
    """The sums of days as those of the intervals they lie in, by start, without gaps: empty ones count 0."""
    kept = found if step == Step.MONTH else found[found["exact"]]
    days = pd.to_datetime(kept["day"]).rename("start")
    sums = kept.drop(columns=["day", "exact"]).fillna(0).groupby(days.dt.to_period(PERIODS[step]).dt.start_time).sum()
    if sums.empty:
        return sums
    return sums.reindex(
        pd.date_range(sums.index.min(), sums.index.max(), freq=FREQUENCIES[step], name="start"), fill_value=0
    )


def powers(sums: pd.DataFrame, measure: str) -> pd.DataFrame:
    """n, total, squares, cubes of a measure's answers, from a row of queries/series_sums.sql each."""
    if measure == Kpi.NPS:
        return changes.nps_sums(kpis.MEASURES[Kpi.NPS].given(sums))
    if measure == Kpi.CSAT:
        return changes.share_sums(kpis.MEASURES[Kpi.CSAT].given(sums))
    return sums[[f"{measure}_{power}" for power in POWERS]].set_axis(list(POWERS), axis=1)


def _shifts(sums: pd.DataFrame, step: Step) -> dict[str, tuple[Shift, ...]]:
    """The shifts of every measure that has any for certain, clearest first."""
    every = {measure: powers(sums, measure) for measure in measures()}
    like = sums["n"].to_numpy(dtype=float)
    p = pd.Series({measure: changes.change_p(of, like) for measure, of in every.items()}, dtype=float).sort_values(
        kind="stable"
    )
    real = p.index[benjamini_hochberg(p, ALARM_RATE)]
    found = {measure: changes.change_points(every[measure]) for measure in real}
    return {measure: tuple(_shift(change, sums.index) for change in of) for measure, of in found.items() if of}


def _shift(change: Change, starts: pd.DatetimeIndex) -> Shift:
    days = (starts[place].date() for place in (change.position, change.earliest, change.latest))
    return Shift(*days, change)


def _points(sums: pd.DataFrame, measure: str, shifts: tuple[Shift, ...], step: Step) -> pd.DataFrame:
    moments = powers(sums, measure)
    levels = [_level_starts(sums.index, shift.start, step) for shift in shifts]
    limits = changes.control_limits(moments, levels)
    estimates = kpis.MEASURES[Kpi(measure)].estimates(sums) if measure in list(Kpi) else kpis.PILLAR.estimates(moments)
    limits = limits.rename(columns={"low": "limit_low", "high": "limit_high"})
    return (
        estimates.join(limits[["centre", "limit_low", "limit_high", "outside"]])
        .rename_axis("start")
        .reset_index()[COLUMNS]
    )


def _level_starts(starts: pd.DatetimeIndex, day: date, step: Step) -> int:
    """The position of the interval that a new level begins with: of months the one whose beginning is nearest."""
    spare = pd.Timedelta(days=step.days // 2 if step == Step.MONTH else 0)
    return int((starts < pd.Timestamp(day) - spare).sum())


def end_of(start: date, step: Step) -> date:
    """The last day of the interval that begins with `start`."""
    following = (
        (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        if step == Step.MONTH
        else start + timedelta(days=step.days)
    )
    return following - timedelta(days=1)


def _events(points: pd.DataFrame, shifts: tuple[Shift, ...], step: Step, selection: Filter) -> tuple[Event, ...]:
    last = end_of(points["start"].iloc[-1].date(), step) if len(points) else date.max
    borders = [None, *(shift for shift in shifts), None]
    found = [
        Event(
            shift.start,
            replace(
                selection,
                start=shift.latest,
                end=_before(borders[place + 2].earliest) if borders[place + 2] else selection.end or last,
            ),
            replace(
                selection,
                start=borders[place].latest if borders[place] else selection.start,
                end=_before(shift.earliest),
            ),
            shift,
        )
        for place, shift in enumerate(shifts)
    ]
    ranked = sorted(found, key=lambda event: (event.shift.change.p, -abs(event.shift.change.value)))
    outside = points.loc[points["outside"] & (points["n"] >= N_WITHHELD), "start"][::-1]
    single = (
        Event(
            start.date(),
            replace(selection, start=start.date(), end=end_of(start.date(), step)),
            replace(selection, end=_before(start.date())),
        )
        for start in outside
    )
    return (*ranked, *single)


def _before(day: date) -> date:
    return day - timedelta(days=1)
