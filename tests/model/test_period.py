"""Which two periods are compared."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.model.filter import Filter
from cx.model.period import compared, end_of_month, full_months

MONTHS = [date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


def test_without_a_period_the_last_three_months_meet_the_three_before() -> None:
    now, before = compared(Filter(channels=("Chat",)), MONTHS, date(2026, 3, 31))
    assert (now.start, now.end) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (before.start, before.end) == (date(2025, 10, 1), date(2025, 12, 31))
    assert now.channels == before.channels == ("Chat",)


def test_an_unfinished_last_month_does_not_count() -> None:
    now, before = compared(Filter(), [date(2025, 9, 1), *MONTHS], date(2026, 3, 30))
    assert (now.start, now.end) == (date(2025, 12, 1), date(2026, 2, 28))
    assert (before.start, before.end) == (date(2025, 9, 1), date(2025, 11, 30))


def test_months_without_feedback_are_passed_over() -> None:
    now, before = compared(
        Filter(), [m for m in [date(2025, 1, 1), *MONTHS] if m != date(2025, 11, 1)], date(2026, 3, 31)
    )
    assert before.start == date(2025, 1, 1)
    assert before.end == date(2025, 12, 31)
    assert now.start == date(2026, 1, 1)


def test_a_chosen_period_meets_the_equally_long_one_before() -> None:
    chosen = Filter(start=date(2026, 3, 1), end=date(2026, 3, 10))
    now, before = compared(chosen, MONTHS, date(2026, 3, 31))
    assert now == chosen
    assert (before.start, before.end) == (date(2026, 2, 19), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("selection", "months", "last_day"),
    [
        (Filter(), [], None),
        (Filter(), MONTHS[:5], date(2026, 2, 28)),
        (Filter(), MONTHS, date(2026, 3, 30)),
        (Filter(undated=True), MONTHS, date(2026, 3, 31)),
        (Filter(start=date.min, end=date.max), MONTHS, date(2026, 3, 31)),
        (Filter(start=date(2026, 3, 2), end=date(2026, 3, 1)), MONTHS, date(2026, 3, 31)),
    ],
)
def test_sometimes_there_is_nothing_to_compare(selection: Filter, months: list[date], last_day: date | None) -> None:
    assert compared(selection, months, last_day) is None


@given(st.dates(), st.dates())
def test_the_two_periods_are_equally_long_and_adjoin(start: date, end: date) -> None:
    pair = compared(Filter(start=start, end=end), MONTHS, date(2026, 3, 31))
    if pair:
        now, before = pair
        assert now.end - now.start == before.end - before.start
        assert before.end + timedelta(days=1) == now.start


def test_february_ends_when_it_ends() -> None:
    assert end_of_month(date(2028, 2, 3)) == date(2028, 2, 29)
    assert end_of_month(date(2026, 2, 28)) == date(2026, 2, 28)


def test_full_months_of_nothing_are_none() -> None:
    assert full_months([], date(2026, 1, 1)) == []
