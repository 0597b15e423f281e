"""Words and numbers on the screen: German first, English from the catalogue `cx/locale/en.po`.

The language is a property of the running thread's context, so that two visitors can read different ones.
"""

import gettext
import io
import math
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from babel import dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

T = TypeVar("T")
LANGUAGES = {"de": "Deutsch", "en": "English"}
CATALOGUES = Path(__file__).parent / "locale"
MINUS = "−"
NO_NUMBER = "–"
LARGEST = 1e15  # floats have no more digits than these
PLAIN = 1e9  # below, Python itself writes what Babel would, eighteen times as fast: a page shows hundreds of numbers
SEPARATORS = {"de": str.maketrans(",.", ".,"), "en": {}}

_language: ContextVar[str] = ContextVar("language", default="de")


def use(language: str) -> None:
    """Speak `language` ("de" or "en") from here on in this thread; anything else means German."""
    _language.set(language if language in LANGUAGES else "de")


def kept(make: Callable[[], T]) -> Callable[[], T]:
    """`make` in the language of now: a download is made later, in a thread of its own."""
    spoken = current()

    def made() -> T:
        use(spoken)
        return make()

    return made


def current() -> str:
    """The language in use: "de" or "en"."""
    return _language.get()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    source = CATALOGUES / f"{language}.po"
    if not source.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(text: str) -> str:
    """`text` (German, as written in the code) in the language in use."""
    return _catalogue(current()).gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """`one` for n = 1, else `many`, in the language in use; neither is filled in yet."""
    return _catalogue(current()).ngettext(one, many, n)


def number(value: float | None, digits: int = 0, *, signed: bool = False) -> str:
    """`value` with exactly `digits` decimals and a true minus: "1.234,5". Missing: "–". From LARGEST on: "1,5E18"."""
    if value is None or not math.isfinite(value):
        return NO_NUMBER
    rounded = round(float(value), digits) + 0.0  # +0.0 turns −0 into 0
    text = _written(abs(rounded), digits)
    sign = MINUS if rounded < 0 else ("+" if signed and rounded > 0 else "")
    return sign + text


def _written(rounded: float, digits: int) -> str:
    if rounded < PLAIN:
        return f"{rounded:,.{digits}f}".translate(SEPARATORS[current()])
    pattern = "#,##0" + ("." + "0" * digits if digits else "") if rounded < LARGEST else "0.######E0"
    return numbers.format_decimal(rounded, format=pattern, locale=current())


def percent(share: float | None, digits: int = 0, *, signed: bool = False) -> str:
    """A share of 0…1 as "78 %" (English: "78%")."""
    text = number(None if share is None else 100 * share, digits, signed=signed)
    if text == NO_NUMBER:
        return text
    return text + ("\u00a0%" if current() == "de" else "%")


def interval(low: float | None, high: float | None, digits: int = 0, *, signed: bool = False) -> str:
    """ "26 … 36"; "26" where rounding makes both ends alike."""
    return ends(number(low, digits, signed=signed), number(high, digits, signed=signed))


def ends(low: str, high: str) -> str:
    """The two ends of an interval as they are written; one where both read alike."""
    return low if low == high else f"{low} … {high}"


def _missing(value: date | datetime | None) -> bool:
    return value is None or value != value  # noqa: PLR0124 - NaT is the one date that differs from itself


def day(value: date | datetime | None) -> str:
    """ "07.01.2026" (English: "7 Jan 2026"); missing: "–"."""
    if _missing(value):
        return NO_NUMBER
    return dates.format_date(value, "dd.MM.yyyy" if current() == "de" else "d MMM yyyy", locale=current())


def month(value: date | datetime | None, *, long: bool = True) -> str:
    """ "März 2026"; short: "Mär 2026". Missing: "–"."""
    if _missing(value):
        return NO_NUMBER
    return dates.format_date(value, "MMMM yyyy" if long else "MMM yyyy", locale=current())
