"""Key figures and pillars over time: every interval with its limits, the shifts of the level, and what was said before and after one.

The false alarms of a page are held over all that it tests: half of FALSE_DISCOVERY_RATE for single points of the chosen measure, the
other half for shifts of all measures together (cx.stats.changes).
"""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from cx.analysis import asking, themes
from cx.analysis.themes import Contrast
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
from cx.stats.series import POINTS, Event, Series, Shift, end_of
from cx.store import Store

INEXACT = [str(Precision.MONTH), str(Precision.RELATIVE)]  # good enough for months only
MOSTLY = 0.9  # of the feedback with an exact date: then shifts are looked for by week, also where months are shown
MONDAY = np.datetime64("1970-01-05")
FREQUENCIES = {Step.DAY: "D", Step.WEEK: "W-MON", Step.MONTH: "MS"}
POWERS = ("n", "total", "squares", "cubes")


def series(store: Store, selection: Filter, measure: str = Kpi.NPS, step: str = "") -> Series:
    """A KPI or pillar by "day", "week" or "month"; "" chooses by the length of the time that holds feedback and by its answers.

    Raises AskError for an unknown measure or step, or a step that makes too many intervals.
    """
    known(measure)
    extent = _extent(store, selection)
    variant = asking.variant_of(extent)
    steps = possible(extent)
    if step and Step(asking.known(Step, step)) not in steps:
        raise AskError(_("Für diesen Zeitraum sind das zu viele Punkte. Wählen Sie größere Schritte."))
    found = store.frame("series_sums", inexact=INEXACT, **asking.parameters(selection, variant))
    chosen = Step(step) if step else usual(extent, found, measure)
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
        int(extent["n"] - extent["undated"] - sums["n"].sum()),
        steps,
        str(variant),
    )


def said(store: Store, selection: Filter, measure: str, step: str = "", day: str = "") -> Contrast:
    """The words that are more frequent after and before an event of a series, "2026-08-01", or "" for the first. Raises AskError where there is none."""
    events = [event for event in series(store, selection, measure, step).events if day in ("", event.start.isoformat())]
    if not events:
        raise AskError(_("An dieser Stelle hat sich nichts gesichert verändert."))
    return themes.compare(store, events[0].after, events[0].before)


def known(measure: str) -> None:
    """Raises AskError that names the measures where `measure` is none."""
    if measure not in measures():
        raise AskError(
            _("„{value}“ gibt es hier nicht. Möglich sind: {known}.").format(value=measure, known=", ".join(measures()))
        )


def measures() -> tuple[str, ...]:
    """The keys of the KPIs and pillars."""
    return (*map(str, Kpi), *taxonomy.pillar_keys())


def possible(extent: pd.Series) -> tuple[Step, ...]:
    """The steps that cut the time (columns of queries/extent.sql) into no more points than can be read."""
    span = _span(extent)
    return tuple(step for step in Step if step == Step.MONTH or span / step.days <= MOST_INTERVALS)


def usual(extent: pd.Series, found: pd.DataFrame, measure: str) -> Step:
    """Days for two months, weeks for a year, months for more; longer ones where most points would be withheld.

    `found`: rows of queries/series_sums.sql.
    """
    short = [step for step in Step if _span(extent) <= step.usual_days]
    return next((step for step in short if _mostly_shown(_intervals(found, step), measure)), Step.MONTH)


def _mostly_shown(sums: pd.DataFrame, measure: str) -> bool:
    return (powers(sums, measure)["n"] >= N_WITHHELD).mean() > 0.5


def _extent(store: Store, selection: Filter) -> pd.Series:
    return store.frame("extent", filter=selection.parameter()).iloc[0]


def _span(extent: pd.Series) -> int:
    first, last = extent["first_day"], extent["last_day"]
    return 0 if pd.isna(first) else (last - first).days + 1


def _tested(found: pd.DataFrame, step: Step, steps: tuple[Step, ...]) -> Step:
    """More intervals show a shift more surely and date it better; a day has too much of its weekday."""
    exact = found.loc[found["exact"], "n"].sum() >= MOSTLY * found["n"].sum()
    return Step.WEEK if step == Step.MONTH and Step.WEEK in steps and exact else step


def _intervals(found: pd.DataFrame, step: Step) -> pd.DataFrame:
    """The sums of days as those of the intervals they lie in, by start, without gaps: empty ones count 0."""
    kept = found if step == Step.MONTH else found[found["exact"]]
    sums = kept.drop(columns=["day", "exact"])
    days = kept["day"].to_numpy().astype("datetime64[D]")
    if not len(days):
        return sums
    if step == Step.MONTH:
        places = days.astype("datetime64[M]").astype(int)
        start = np.datetime64(int(places.min()), "M")
    else:
        places = (days - MONDAY).astype(int) // step.days
        start = MONDAY + places.min() * step.days
    number = places - places.min()
    added = np.zeros((number.max() + 1, sums.shape[1]))
    np.add.at(added, number, np.nan_to_num(sums.to_numpy(dtype=float)))
    index = pd.date_range(start, periods=len(added), freq=FREQUENCIES[step], name="start")
    return pd.DataFrame(added, columns=sums.columns, index=index)


def powers(sums: pd.DataFrame, measure: str) -> pd.DataFrame:
    """n, total, squares, cubes of a measure's answers, from a row of queries/series_sums.sql each."""
    if measure == Kpi.NPS:
        return changes.nps_sums(sums)
    if measure == Kpi.CSAT:
        return changes.share_sums(kpis.MEASURES[Kpi.CSAT].given(sums))
    return pd.DataFrame({power: sums[f"{measure}_{power}"].to_numpy() for power in POWERS}, index=sums.index)


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
        .reset_index()[POINTS]
    )


def _level_starts(starts: pd.DatetimeIndex, day: date, step: Step) -> int:
    """The position of the interval that a new level begins with: of months the one whose beginning is nearest."""
    spare = pd.Timedelta(days=step.days // 2 if step == Step.MONTH else 0)
    return int((starts < pd.Timestamp(day) - spare).sum())


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
