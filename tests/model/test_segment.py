"""Parts of a selection, and two Filters crossed."""

from datetime import date

import pytest

from cx.model.filter import Filter
from cx.model.segment import By, narrowed, part

EVERYTHING = Filter()


def test_a_part_is_the_selection_with_one_value() -> None:
    selection = Filter(sources=("Umfrage",), words="Lieferung")
    assert part(selection, By.CHANNEL, "App") == Filter(sources=("Umfrage",), words="Lieferung", channels=("App",))
    assert part(Filter(products=("A", "B")), By.PRODUCT, "B") == Filter(products=("B",))


@pytest.mark.parametrize(
    ("by", "first", "last"),
    [(By.MONTH, date(2028, 2, 1), date(2028, 2, 29)), (By.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
     (By.YEAR, date(2026, 1, 1), date(2026, 12, 31))],
)  # fmt: skip
def test_a_period_reaches_from_its_first_to_its_last_day(by: By, first: date, last: date) -> None:
    assert part(EVERYTHING, by, str(first)) == Filter(start=first, end=last)


def test_a_period_stays_within_that_of_the_selection() -> None:
    selection = Filter(start=date(2026, 8, 15), end=date(2026, 8, 20))
    assert part(selection, By.YEAR, "2026-01-01") == selection


def test_what_only_one_names_is_kept_and_common_values_remain() -> None:
    first = Filter(channels=("App", "Web"), rating_min=2, end=date(2026, 5, 1), labels=("negative",))
    second = Filter(channels=("Web", "Telefon"), rating_min=3, products=("Garten",), words="Ware")
    assert narrowed(first, second) == Filter(
        channels=("Web",), products=("Garten",), rating_min=3, end=date(2026, 5, 1), words="Ware", labels=("negative",)
    )
    assert narrowed(first, EVERYTHING) == first
    assert narrowed(EVERYTHING, first) == first


def test_mentions_or_words_of_both_that_differ_cannot_be_crossed() -> None:
    assert narrowed(Filter(pillars=("trust",)), Filter(labels=("negative",))) is None
    assert narrowed(Filter(words="Ware"), Filter(words="Brief")) is None
    assert narrowed(Filter(pillars=("trust",)), Filter(pillars=("trust",))) == Filter(pillars=("trust",))


def test_filters_that_exclude_each_other_select_no_day() -> None:
    crossed = narrowed(Filter(channels=("App",)), Filter(channels=("Web",)))
    assert crossed.start == date.max
