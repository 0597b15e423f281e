"""Segments: parts of a selection that are compared, each a Filter of its own."""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from cx.model.filter import Filter
from cx.model.period import end_of_month

MENTIONED = (
    "pillars",
    "touchpoints",
    "lens_groups",
    "labels",
)  # match one and the same statement, and so cannot be crossed one by one
Bound = date | float | None
LAST_MONTH = {"month": 0, "quarter": 2, "year": 11}  # of a period, counted from its first


class By(StrEnum):
    """What a selection is divided by."""

    CHANNEL = "channel"
    PRODUCT = "product"
    LOCATION = "location"
    SOURCE = "source"
    LANGUAGE = "language"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SEGMENT = "segment"  # saved selections


PERIODS = (By.MONTH, By.QUARTER, By.YEAR)


@dataclass(frozen=True)
class Segment:
    """One part of a selection: its key (value, first day of a period, name of a saved one) and what it selects."""

    key: str
    selection: Filter


def part(selection: Filter, by: str, key: str) -> Filter:
    """What of `selection` lies in one part of the macro `parted`: one channel, one month (key: its first day)."""
    if by in PERIODS:
        start = date.fromisoformat(key)
        return narrowed(selection, Filter(start=start, end=last_day(start, by)))
    return replace(selection, **{f"{by}s": (key,)})


def last_day(start: date, by: str) -> date:
    """The last day of the month, quarter or year that begins on `start`."""
    return end_of_month(start.replace(month=start.month + LAST_MONTH[by]))


def narrowed(selection: Filter, other: Filter) -> Filter | None:
    """The Filter of all that both select; None where no Filter says that.

    That is so where both name pillars, touchpoints, lens groups or labels, but not the same, or search for different words. Two Filters that
    exclude each other give one that selects nothing.
    """
    mentions = [tuple(getattr(part, name) for name in MENTIONED) for part in (selection, other)]
    if all(any(part) for part in mentions) and mentions[0] != mentions[1]:
        return None
    if selection.words and other.words and selection.words.lower() != other.words.lower():
        return None
    found = replace(
        other if any(mentions[1]) else selection,
        start=_most(selection.start, other.start),
        end=_least(selection.end, other.end),
        undated=selection.undated or other.undated,
        words=selection.words or other.words,
        rating_min=_most(selection.rating_min, other.rating_min),
        rating_max=_least(selection.rating_max, other.rating_max),
    )
    return _with_lists(found, selection, other)


def _with_lists(found: Filter, selection: Filter, other: Filter) -> Filter:
    for name in (f.name for f in fields(Filter) if isinstance(f.default, tuple) and f.name not in MENTIONED):
        first, second = getattr(selection, name), getattr(other, name)
        common = tuple(value for value in first if value in second) if first and second else first or second
        if first and second and not common:
            return replace(found, **{name: first}, start=date.max, end=date.max)
        found = replace(found, **{name: common})
    return found


def _most(first: Bound, second: Bound) -> Bound:
    return max((bound for bound in (first, second) if bound is not None), default=None)


def _least(first: Bound, second: Bound) -> Bound:
    return min((bound for bound in (first, second) if bound is not None), default=None)
