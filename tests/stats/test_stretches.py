"""The intervals of a series: where they end, and the days between which a shift lies."""

from datetime import date

import pandas as pd
import pytest

from cx.model.step import Step
from cx.stats.changes import Change
from cx.stats.series import Series, Shift, end_of


@pytest.mark.parametrize(
    ("start", "step", "last"),
    [
        (date(2024, 2, 1), Step.MONTH, date(2024, 2, 29)),
        (date(2026, 2, 1), Step.MONTH, date(2026, 2, 28)),
        (date(2026, 12, 1), Step.MONTH, date(2026, 12, 31)),
        (date(2026, 4, 1), Step.MONTH, date(2026, 4, 30)),
        (date(2026, 12, 28), Step.WEEK, date(2027, 1, 3)),
        (date(2026, 2, 28), Step.DAY, date(2026, 2, 28)),
    ],
)
def test_an_interval_ends_on_the_day_before_the_next(start: date, step: Step, last: date) -> None:
    assert end_of(start, step) == last


def test_a_shift_lies_up_to_the_end_of_the_last_week_that_it_may_be() -> None:
    change = Change(*[0] * len(Change.__dataclass_fields__))
    shift = Shift(date(2026, 3, 9), earliest=date(2026, 3, 2), latest=date(2026, 3, 16), change=change)
    series = Series("nps", Step.MONTH, Step.WEEK, pd.DataFrame(), (shift,), {}, (), 0, (), "")
    assert series.bands.astype(str).to_numpy().tolist() == [["2026-03-02", "2026-03-23"]]
