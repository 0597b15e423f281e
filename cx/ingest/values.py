"""Text cells -> numbers and dates, the way Germans and their tools write them. Each distinct cell is read once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from cx.model.kpi import Precision

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))  # zero width marks, soft hyphen
SPACES = re.compile(r"[\s\u00a0\u202f]+")
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
    ]
)
LONGEST_NOTHING = 40  # characters
NO_TEXT = NOTHING - {"keine", "kein", "."}  # as an answer in words, "keine" can be meant


def clean(cell: str) -> str:
    """A cell on one line, without invisible marks and outer spaces."""
    return SPACES.sub(" ", cell.translate(INVISIBLE)).strip()


def read_each(cells: pd.Series, read: Callable[[str], Any]) -> pd.Series:
    """`read` of every cell (dtype object), worked out once per distinct cell."""
    codes, distinct = pd.factorize(cells)
    found = np.empty(len(distinct), dtype=object)
    found[:] = [read(cell) for cell in distinct]
    return pd.Series(found[codes], index=cells.index, dtype=object)


def says_nothing(cell: str, words: frozenset[str] = NOTHING) -> bool:
    """Whether a cell is empty, "-", "Keine Antwort" …"""
    return not cell or (len(cell) < LONGEST_NOTHING and clean(cell).casefold() in words)


def is_missing(cells: pd.Series, words: frozenset[str] = NOTHING) -> pd.Series:
    """Whether each cell says nothing (bool)."""
    missing = pd.Series(False, index=cells.index)
    short = cells.str.len() < LONGEST_NOTHING  # long texts need no closer look
    missing[short] = read_each(cells[short], lambda cell: says_nothing(cell, words)).astype(bool)
    return missing


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
CLOCK = (
    r"(?:,?\s*(?:um|at|-|–)?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?:uhr)?)?"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"
ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?", re.IGNORECASE)
ZONE = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
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
    "second": "sekunden? sek seconds? secs?",
    "minute": "minuten? min minutes? mins?",
    "hour": "stunden? std hours? hrs?",
    "day": "tage?n? tg days?",
    "week": "wochen? weeks? wks?",
    "month": "monate?n? mon months? mos?",
    "year": "jahre?n? years? yrs?",
}
UNIT_OF = {name: "|".join(words.split()) for name, words in UNITS.items()}
ONE = r"eine[mnr]?|ein|an?|one"
AGO = re.compile(
    rf"(?:^|\s|:)(?:vor\s+)(?:etwa |ca\.? |über |mehr als )?(?P<n>\d+|{ONE}|[a-zäöü]+)\s*(?P<unit>[a-z]+)\.?$"
    rf"|(?:^|\s|:)(?:about |over |almost )?(?P<n2>\d+|{ONE}|[a-z]+)\s+(?P<unit2>[a-z]+)\s+ago$",
    re.IGNORECASE,
)
TODAY = {
    "heute": 0,
    "today": 0,
    "gerade eben": 0,
    "jetzt": 0,
    "just now": 0,
    "now": 0,
    "gestern": 1,
    "yesterday": 1,
    "vorgestern": 2,
}
DAYS = {"second": 0, "minute": 0, "hour": 0, "day": 1, "week": 7}
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Moment:
    """A date as written. `at` has no time zone (UTC where the cell names one); None for a relative date without base."""

    at: datetime | None
    precision: Precision


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
    found = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d)", "", ZONE.sub("Z", text)))
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _day(match: re.Match[str], month: int, day: int) -> Moment:
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].casefold().startswith("p") else 0)
    return Moment(datetime(_year(match["year"]), month, day, hour, minute, second), Precision.DAY)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _epoch(digits: str) -> Moment:
    seconds = int(digits) / (1000 if len(digits) == 13 else 1)
    return Moment(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), Precision.DAY)


def _relative(text: str, export_date: date | None) -> Moment | None:
    days = TODAY.get(text.casefold())
    if days is None:
        match = AGO.search(text)
        unit = _unit(match["unit"] or match["unit2"]) if match else None
        n = _count(match["n"] or match["n2"]) if match else None
        if unit is None or n is None:
            return None
        if export_date and unit in ("month", "year"):
            return Moment(_months_before(export_date, n * (12 if unit == "year" else 1)), Precision.RELATIVE)
        days = n * DAYS.get(unit, 0)
    at = datetime(export_date.year, export_date.month, export_date.day) - timedelta(days=days) if export_date else None
    return Moment(at, Precision.RELATIVE)


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
