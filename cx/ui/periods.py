"""Quick choices of a period. They count back from the last day that holds data, not from today."""

from datetime import date
from enum import StrEnum

import pandas as pd

from cx.language import _


class Quick(StrEnum):
    """What the period box offers."""

    ALL = "all"
    MONTHS_3 = "months_3"
    MONTHS_12 = "months_12"
    YEAR = "year"
    OWN = "own"
    UNDATED = "undated"


MONTHS_BACK = {Quick.MONTHS_3: 3, Quick.MONTHS_12: 12}
Span = tuple[date | None, date | None]


def name(quick: str) -> str:
    """How the choice is called on the screen."""
    names = {
        Quick.ALL: _("Alle Daten"),
        Quick.MONTHS_3: _("Letzte 3 Monate"),
        Quick.MONTHS_12: _("Letzte 12 Monate"),
        Quick.YEAR: _("Letztes Kalenderjahr der Daten"),
        Quick.OWN: _("Eigener Zeitraum"),
        Quick.UNDATED: _("Ohne Datum"),
    }
    return names[Quick(quick)]


def span(quick: str, last_day: date | None) -> Span:
    """First and last day of a choice; (None, None) where it names none or nothing has a date."""
    if last_day is None or pd.isna(last_day):
        return None, None
    last = pd.Timestamp(last_day)
    if quick == Quick.YEAR:
        return date(last.year, 1, 1), date(last.year, 12, 31)
    if quick not in MONTHS_BACK:
        return None, None
    after = last + pd.Timedelta(days=1)
    return (after - pd.DateOffset(months=MONTHS_BACK[Quick(quick)])).date(), last.date()


def quick_of(start: date | None, end: date | None, last_day: date | None) -> Quick:
    """The choice that means this span; OWN where none does, ALL where there is no span."""
    if start is None and end is None:
        return Quick.ALL
    meant = (quick for quick in (*MONTHS_BACK, Quick.YEAR) if span(quick, last_day) == (start, end))
    return next(meant, Quick.OWN)
