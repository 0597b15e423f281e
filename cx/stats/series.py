"""What one measure over time comes to: its points, the shifts of its level, and the stretches of time to hold against each other."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from cx.model.filter import Filter
from cx.model.step import Step
from cx.stats.changes import Change

POINTS = ["start", "value", "low", "high", "n", "centre", "limit_low", "limit_high", "outside"]


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

    @property
    def bands(self) -> pd.DataFrame:
        """The days between which each shift lies (95 %): start, stop (the day after)."""
        ends = [
            (pd.Timestamp(shift.earliest), pd.Timestamp(end_of(shift.latest, self.tested)) + pd.Timedelta(days=1))
            for shift in self.shifts
        ]
        return pd.DataFrame(ends, columns=["start", "stop"], dtype="datetime64[ns]")


def end_of(start: date, step: Step) -> date:
    """The last day of the interval that begins with `start`."""
    if step == Step.MONTH:
        return (start.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return start + timedelta(days=step.days - 1)
