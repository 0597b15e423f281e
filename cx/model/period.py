"""Which two periods are compared."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from cx.model.filter import Filter

COMPARED_MONTHS = 3


def end_of_month(day: date) -> date:
    """The last day of the month that `day` lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def full_months(months: list[date], last_day: date) -> list[date]:
    """The months (their first days, ascending) without a last one that `last_day` of the data leaves unfinished."""
    return months if not months or last_day >= end_of_month(months[-1]) else months[:-1]


def compared(selection: Filter, months: list[date], last_day: date | None) -> tuple[Filter, Filter] | None:
    """The Filter of the period to judge and of the one before it; None where there is nothing to compare.

    With a period in `selection`: it, and the equally long one right before. Without: the last three full months that
    hold data, and the three before them. `months` are the first days of months with data, ascending.
    """
    if selection.undated:
        return None
    if selection.start and selection.end:
        days = (selection.end - selection.start).days + 1
        if not 0 < days < selection.start.toordinal():  # reversed, or reaching back before the calendar begins
            return None
        before = (selection.start - timedelta(days=days), selection.start - timedelta(days=1))
        return selection, replace(selection, start=before[0], end=before[1])
    if last_day is None or len(full := full_months(months, last_day)) < 2 * COMPARED_MONTHS:
        return None
    now, before = full[-COMPARED_MONTHS:], full[-2 * COMPARED_MONTHS : -COMPARED_MONTHS]
    return tuple(replace(selection, start=part[0], end=end_of_month(part[-1])) for part in (now, before))
