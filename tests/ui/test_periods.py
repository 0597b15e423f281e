"""Quick periods count back from the last day of the data."""

from datetime import date

import pytest

from cx.ui.periods import Quick, quick_of, span

LAST = date(2026, 10, 31)


def test_three_months_end_on_the_last_day_of_the_data() -> None:
    assert span(Quick.MONTHS_3, LAST) == (date(2026, 8, 1), LAST)
    assert span(Quick.MONTHS_3, date(2026, 3, 15)) == (date(2025, 12, 16), date(2026, 3, 15))
    assert span(Quick.YEAR, LAST) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("quick", [Quick.ALL, Quick.OWN, Quick.UNDATED])
def test_the_other_choices_name_no_span(quick: Quick) -> None:
    assert span(quick, LAST) == (None, None)


def test_without_dated_feedback_there_is_no_span() -> None:
    assert span(Quick.MONTHS_3, None) == (None, None)


@pytest.mark.parametrize("quick", [Quick.MONTHS_3, Quick.MONTHS_12, Quick.YEAR, Quick.ALL])
def test_a_span_leads_back_to_its_choice(quick: Quick) -> None:
    assert quick_of(*span(quick, LAST), LAST) == quick


def test_any_other_span_is_the_visitors_own() -> None:
    assert quick_of(date(2026, 1, 2), LAST, LAST) == Quick.OWN
    assert quick_of(None, LAST, LAST) == Quick.OWN
