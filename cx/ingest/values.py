"""Text cells -> numbers and dates, the way Germans and their tools write them. Each distinct cell is read once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cx.model.kpi import Precision

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))  # zero width marks, soft hyphen
NOTHING = frozenset(
    [
        "",
        "-",
        "–",
        "—",
        "--",
        ".",
        "/",
        "n/a",
        "na",
        "n.a.",
        "nan",
        "null",
        "none",
        "k.a.",
        "k. a.",
        "ka",
        "keine angabe",
        "keine angaben",
        "keine antwort",
        "keine",
        "kein",
        "kein text",
        "kein kommentar",
        "keine bewertung",
        "no text",
        "no answer",
        "no comment",
        "not applicable",
        "nicht beantwortet",
        "(leer)",
        "(blank)",
        "anonym",  # how survey tools call somebody who gave no name
        "anonymous",
    ]
)
LONGEST_NOTHING = 40  # characters
DIGIT = "[0-9]"
CLEAN = r"^(?:[!-~]+(?: [!-~]+)*)?$"  # what is surely clean already
NO_TEXT = NOTHING - {"keine", "kein", ".", "anonym", "anonymous"}  # as an answer in words, they can be meant


def clean(cell: str) -> str:
    """A cell on one line, without invisible marks and outer spaces."""
    return " ".join((cell if cell.isascii() else cell.translate(INVISIBLE)).split())


def read_each(cells: pd.Series, read: Callable[[str], Any]) -> pd.Series:
    """`read` of every cell (dtype object), worked out once per distinct cell."""
    codes, distinct = pd.factorize(cells)
    found = np.empty(len(distinct), dtype=object)
    found[:] = [read(cell) for cell in strings(distinct)]
    return pd.Series(found[codes], index=cells.index, dtype=object)


def strings(cells: pd.Series | pd.Index) -> list[Any]:
    """The cells as Python's objects, all at once: one by one pandas takes ten times as long."""
    return cells.to_numpy(dtype=object).tolist()


def says_nothing(cell: str, words: frozenset[str] = NOTHING) -> bool:
    """Whether a cell is empty, "-", "Keine Antwort" …"""
    return not cell or (len(cell) < LONGEST_NOTHING and clean(cell).casefold() in words)


def is_missing(cells: pd.Series, words: frozenset[str] = NOTHING) -> pd.Series:
    """Whether each cell says nothing (bool). No word that does has a digit."""
    given = pa.array(cells, pa.large_string())
    missing = np.array(pc.equal(given, "").fill_null(False))
    candidates = np.flatnonzero(~missing & np.asarray(pc.less(pc.utf8_length(given), LONGEST_NOTHING).fill_null(False)))
    # Long texts and numbers need no closer look.
    candidates = candidates[~_matching(given.take(pa.array(candidates)), DIGIT)]
    if len(candidates):
        missing[candidates] = read_each(cells.iloc[candidates], lambda cell: says_nothing(cell, words))
    return pd.Series(missing, index=cells.index)


def cleaned(cells: pd.Series) -> pd.Series:
    """`clean` of every cell."""
    found, odd = cells.copy(), ~_matching(cells, CLEAN)
    found[odd] = read_each(cells[odd], clean)
    return found


def _matching(cells: pd.Series | pa.Array, pattern: str) -> np.ndarray:
    """Whether each cell matches the pattern (of RE2, a fraction of the time of Python's)."""
    return np.asarray(pc.match_substring_regex(pa.array(cells, pa.large_string()), pattern))


# --- numbers

WORDS = {
    word: float(number)
    for number, names in enumerate(
        [
            "zero null",
            "one eins ein",
            "two zwei",
            "three drei",
            "four vier",
            "five fünf",
            "six sechs",
            "seven sieben",
            "eight acht",
            "nine neun",
            "ten zehn",
        ]
    )
    for word in names.split()
}
FILLED_STAR, STARS = "★⭐🌟", re.compile(r"[★⭐🌟☆✩\ufe0f ]+")
UNIT = r"(?:sterne?n?|stars?|punkte?n?|points?|prozent|%|⭐|★)"
NUMBER = r"[+\-−–]?\d+(?:[.,]\d+)*"
SCORE = re.compile(
    rf"(?:(?:rated|bewertet mit|bewertung|rating):?\s)?(?P<value>{NUMBER})\s*{UNIT}?\s*(?:(?:von|out of|of|/)\s*(?P<of>{NUMBER})\s*{UNIT}?)?(?:\s*[-–:=(]\s*\D.*)?",
    re.IGNORECASE,
)
WORD_SCORE = re.compile(rf"(?P<word>[a-zäöü]+)\s*(?:[_ ]?{UNIT})?", re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """A score as written; `of` is the best value where the cell names it ("4 von 5")."""

    value: float
    of: float | None = None


def score(cell: str) -> Score | None:
    """The score of a cell: "4", "4,5", " 5 Sterne ", "5.0 out of 5 stars", "FIVE", "★★★☆☆", "10 - sehr zufrieden".

    None where it is no score: words, dates, more than one number.
    """
    text = clean(cell)
    if len(text) > 80:
        return None
    if text and STARS.fullmatch(text):
        return Score(float(sum(text.count(star) for star in FILLED_STAR)))
    match = SCORE.fullmatch(text)
    if match:
        value, best = number(match["value"]), number(match["of"] or "")
        return None if value is None else Score(value, best)
    word = WORD_SCORE.fullmatch(text)
    spelled = WORDS.get(word["word"].casefold()) if word else None
    return None if spelled is None else Score(spelled)


def number(cell: str) -> float | None:
    """The number of a cell with a decimal comma or point: "4,5", "1.234,5", "1,234.5", "−103"; None where it is none."""
    text = clean(cell).replace("−", "-").replace("–", "-").replace("'", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?\d+(?:[.,]\d+)*", text):
        return None
    comma, point = text.rfind(","), text.rfind(".")
    if comma > point:
        text = text.replace(".", "").replace(",", ".", 1)
    elif point > comma >= 0:
        text = text.replace(",", "")
    try:
        return float(text)
    except ValueError:  # "1.2.2026", "1,2,3"
        return None


def numbers(cells: pd.Series) -> pd.Series:
    """The scores of cells (float); NaN where a cell holds none."""
    return read_each(cells, lambda cell: found.value if (found := score(cell)) else float("nan")).astype("float64")


# --- dates

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "januar jänner january jan jän",
            "februar feber february feb",
            "märz maerz march mär mrz mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ],
        start=1,
    )
    for name in names.split()
}
MONTH = "(?P<name>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
# Hours ahead of UTC; the zones that German and American tools write.
ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wez": 0, "mez": 1, "cet": 1, "mesz": 2, "cest": 2, "oez": 2, "oesz": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
OFFSET = r"[+-]\d{1,2}(?::?\d\d)?"
ZONE = rf"(?:(?P<zone>{'|'.join(sorted(ZONES, key=len, reverse=True))})?(?P<offset>{OFFSET})?)"
CLOCK = (
    r"(?:,?\s*(?:um|at|-|–)?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    rf"\s*(?P<half>[ap]\.?m\.?|vorm\.?|nachm\.?)?\s*(?:uhr)?\s*{ZONE})?"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"
ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?", re.IGNORECASE
)
UNIVERSAL = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
YEAR_FIRST = re.compile(rf"{YEAR}[./-](?P<month>\d{{1,2}})[./-](?P<day>\d{{1,2}}){CLOCK}", re.IGNORECASE)
DOTTED = re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d\d){CLOCK}", re.IGNORECASE)
SLASHED = re.compile(
    rf"(?P<first>\d{{1,2}})[/-](?P<second_part>\d{{1,2}})[/-](?P<year>\d{{4}}|\d\d){CLOCK}", re.IGNORECASE
)
DAY_NAMED = re.compile(
    rf"(?:^|\D)(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?[\s-]*{MONTH}[\s,-]*{YEAR}{CLOCK}$", re.IGNORECASE
)
NAMED_DAY = re.compile(rf"\b{MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{YEAR}{CLOCK}$", re.IGNORECASE)
NAMED_MONTH = re.compile(rf"(?:^|\s){MONTH}[\s'’/-]*(?P<year>(?:19|20)\d\d|\d\d)$", re.IGNORECASE)
NUMBERED_MONTH = re.compile(rf"(?:(?P<month>\d{{1,2}})[./-]{YEAR}|(?P<year2>(?:19|20)\d\d)[./-](?P<month2>\d{{1,2}}))")
ONLY_YEAR = re.compile(r"(?:19|20)\d\d")
EPOCH = re.compile(r"(?P<digits>\d{10}|\d{13})(?:\.0+)?")

UNITS = {
    "second": "sekunden? sek seconds? secs? s",
    "minute": "minuten? min minutes? mins? m",
    "hour": "stunden? std hours? hrs? h",
    "day": "tage?n? tg days? d",
    "week": "wochen? weeks? wks? w",
    "month": "monate?n? mon months? mos? mo",
    "year": "jahre?n? years? yrs? y",
}
UNIT_OF = {name: "|".join(words.split()) for name, words in UNITS.items()}
ONE = r"eine[mnr]?|ein|an?|one"
ROUGHLY = r"(?:(?:etwa|ungefähr|circa|ca\.?|über|fast|mehr als|about|over|almost|more than)\s+)?"
AGO = re.compile(
    rf"(?:^|[\s:(])vor\s+{ROUGHLY}(?P<n>\d+|{ONE}|[a-zäöü]+)\s*(?P<unit>[a-z]+)\.?$"
    rf"|(?:^|[\s:(]){ROUGHLY}(?P<n2>\d+(?=\s*[a-z])|(?:{ONE}|[a-z]+)(?=\s))\s*(?P<unit2>[a-z]+)\.?\s+ago$",
    re.IGNORECASE,
)
# What copied pages write around a relative date: that the text was changed, where it stands, that it is new.
AROUND = re.compile(
    r"^(?:\(?(?:zuletzt )?(?:bearbeitet|geändert|aktualisiert|edited|updated)\)?:?\s+(?:am\s+)?)"
    r"|[\s·,]*\(?(?:bearbeitet|geändert|aktualisiert|edited|updated)\)?$|\s+(?:auf|on|bei)\s+[A-ZÄÖÜ][\w.]*$|[\s·,]+(?:neu|new)$",
    re.IGNORECASE,
)
TODAY = {
    "heute": 0,
    "today": 0,
    "gerade eben": 0,
    "soeben": 0,
    "jetzt": 0,
    "just now": 0,
    "now": 0,
    "gestern": 1,
    "yesterday": 1,
    "vorgestern": 2,
    "letzte woche": 7,
    "last week": 7,
}
LAST = {"letzten monat": 1, "last month": 1, "letztes jahr": 12, "last year": 12}  # months
DAYS = {"second": 0, "minute": 0, "hour": 0, "day": 1, "week": 7}
FIRST_YEAR, LAST_YEAR = 1990, 2100
DATES_KEPT = 20_000  # days of fifty years: the blocks of a file share them


@dataclass(frozen=True)
class Moment:
    """A date as written. `at` has no time zone (UTC where the cell names one); None for a relative date without base."""

    at: datetime | None
    precision: Precision


@lru_cache(maxsize=DATES_KEPT)
def moment(cell: str, *, day_first: bool = True, export_date: date | None = None) -> Moment | None:
    """The date of a cell; None where it holds none, or one that the calendar does not have.

    Relative dates ("vor 2 Monaten", "a year ago") count back from `export_date`.
    """
    text = clean(cell)
    if not text or len(text) > 80:
        return None
    try:
        found = _absolute(text, day_first) or _relative(text, export_date)
    except (ValueError, OverflowError):  # 31.02.2026
        return None
    if found is None or (found.at is not None and not FIRST_YEAR <= found.at.year <= LAST_YEAR):
        return None
    return found


def is_relative(cell: str) -> bool:
    """Whether a cell holds a date that counts back from the day of the export."""
    found = moment(cell)
    return found is not None and found.precision == Precision.RELATIVE


def is_slashed(cell: str) -> bool:
    """Whether a cell holds a date in numbers that does not say whether day or month comes first: 03/04/2026, 3-4-26."""
    return bool(SLASHED.fullmatch(clean(cell)))


def is_american(cell: str) -> bool:
    """Whether such a date has a time of twelve hours beside it, as Americans write: 03/04/2026 10:15 PM."""
    match = SLASHED.fullmatch(clean(cell))
    return bool(match and match["half"] and match["half"][0].casefold() in "ap")


def dates(cells: pd.Series, *, day_first: bool = True, export_date: date | None = None) -> pd.DataFrame:
    """The dates of cells: `at` (datetime64, NaT where there is none) and `precision` (missing where there is none)."""
    codes, distinct = pd.factorize(cells)
    found = [moment(cell, day_first=day_first, export_date=export_date) for cell in distinct]
    at = np.array([each.at if each else None for each in found], dtype="datetime64[us]")
    precision = np.array([str(each.precision) if each and each.at else None for each in found], dtype=object)
    return pd.DataFrame({"at": at[codes], "precision": precision[codes]}, index=cells.index)


def _absolute(text: str, day_first: bool) -> Moment | None:
    if ISO.fullmatch(text):
        return Moment(_iso(text), Precision.DAY)
    match = DOTTED.fullmatch(text) or YEAR_FIRST.fullmatch(text)
    if match:
        return _day(match, int(match["month"]), int(match["day"]))
    match = SLASHED.fullmatch(text)
    if match:
        first, second = int(match["first"]), int(match["second_part"])
        month, day = (second, first) if (day_first and second <= 12) or first > 12 else (first, second)
        return _day(match, month, day)
    match = DAY_NAMED.search(text) or NAMED_DAY.search(text)
    if match:
        return _day(match, MONTHS[match["name"].casefold()], int(match["day"]))
    match = EPOCH.fullmatch(text)
    if match:
        return _epoch(match["digits"])
    return _coarse(text)


def _coarse(text: str) -> Moment | None:
    match = NAMED_MONTH.search(text)
    if match:
        return Moment(datetime(_year(match["year"]), MONTHS[match["name"].casefold()], 1), Precision.MONTH)
    match = NUMBERED_MONTH.fullmatch(text)
    if match:
        month, year = match["month"] or match["month2"], match["year"] or match["year2"]
        return Moment(datetime(int(year), int(month), 1), Precision.MONTH)
    return Moment(datetime(int(text), 1, 1), Precision.YEAR) if ONLY_YEAR.fullmatch(text) else None


def _iso(text: str) -> datetime:
    found = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d)", "", UNIVERSAL.sub("Z", text)))
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _day(match: re.Match[str], month: int, day: int) -> Moment:
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].casefold().startswith(("p", "n")) else 0)
    at = datetime(_year(match["year"]), month, day, hour, minute, second)
    return Moment(at - _ahead(match["zone"], match["offset"]), Precision.DAY)


def _ahead(zone: str | None, offset: str | None) -> timedelta:
    """How far a clock is ahead of UTC; nothing where the cell names no zone."""
    hours = timedelta(hours=ZONES[zone.casefold()] if zone else 0)
    if not offset:
        return hours
    digits = offset[1:].replace(":", "")
    named = timedelta(hours=int(digits[:-2] or 0), minutes=int(digits[-2:])) if len(digits) > 2 else None
    more = timedelta(hours=int(digits)) if named is None else named
    return hours + (more if offset[0] == "+" else -more)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _epoch(digits: str) -> Moment:
    seconds = int(digits) / (1000 if len(digits) == 13 else 1)
    return Moment(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), Precision.DAY)


def _relative(text: str, export_date: date | None) -> Moment | None:
    plain = AROUND.sub("", AROUND.sub("", text)).strip()
    days, months = TODAY.get(plain.casefold()), LAST.get(plain.casefold())
    if days is None and months is None:
        match = AGO.search(plain)
        unit = _unit(match["unit"] or match["unit2"]) if match else None
        n = _count(match["n"] or match["n2"]) if match else None
        if unit is None or n is None:
            return None
        if unit in ("month", "year"):
            months = n * (12 if unit == "year" else 1)
        else:
            days = n * DAYS[unit]
    if export_date is None:
        return Moment(None, Precision.RELATIVE)
    if months is not None:
        return Moment(_months_before(export_date, months), Precision.RELATIVE)
    return Moment(
        datetime(export_date.year, export_date.month, export_date.day) - timedelta(days=days), Precision.RELATIVE
    )


def _unit(word: str) -> str | None:
    return next((name for name, words in UNIT_OF.items() if re.fullmatch(words, word, re.IGNORECASE)), None)


def _count(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    if re.fullmatch(ONE, word, re.IGNORECASE):
        return 1
    spelled = WORDS.get(word.casefold())
    return None if spelled is None else int(spelled)


def _months_before(day: date, months: int) -> datetime:
    return (pd.Timestamp(day) - pd.DateOffset(months=months)).to_pydatetime()
