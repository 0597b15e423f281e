"""How strongly the header of a column and its values speak for a meaning. The words of headers: `data/surveys/headers.toml`."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from cx.ingest import presets, values
from cx.model.columns import USABLE, Column

HEADERS = Path(__file__).parents[2] / "data" / "surveys" / "headers.toml"
SAMPLE = 1_000  # non-empty cells of a column that are looked at
DISTINCT = 5_000  # distinct scores that are looked at for the ends of a scale
MOSTLY = 0.6  # share of cells that must fit a meaning
CLEAR = 60.0  # evidence of a header that names a meaning, or points to it
WEAK = 1.0  # any evidence at all
VALUES_ALONE = 25.0  # evidence of scores under a header that says nothing
ASKED = (Column.TEXT, Column.RATING, Column.NPS, Column.CSAT, Column.CES, Column.DATE)  # what a question can ask for


# --- what headers say


@dataclass(frozen=True)
class HeaderWords:
    """By which words a header names a meaning, points to it or away from it; `rather` and `less`: among several that point to it."""

    named: frozenset[str]
    hints: re.Pattern[str]
    against: re.Pattern[str]
    rather: re.Pattern[str]
    less: re.Pattern[str]


@cache
def words_for() -> dict[Column, HeaderWords]:
    """The words of every meaning."""
    content = tomllib.loads(HEADERS.read_text(encoding="utf-8"))
    return {column: _words(content[column]) for column in Column}


def _words(listed: dict[str, list[str]]) -> HeaderWords:
    hints, against, rather, less = (
        re.compile("|".join(listed.get(kind, ())) or "(?!)") for kind in ("hints", "against", "rather", "less")
    )
    return HeaderWords(frozenset(listed["named"]), hints, against, rather, less)


def is_hinted(words: str) -> bool:
    """Whether any word of a header points to any meaning."""
    return any(each.hints.search(words) for each in words_for().values())


def words_of(header: str) -> str:
    """A header in lower case words: "reviewCreated_UTC" -> "review created utc"."""
    parted = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", header)
    return " ".join(re.sub(r"[^\w]|_", " ", re.sub(r"\s\(\d+\)$", "", parted)).lower().split())


# --- what values say


@dataclass(frozen=True)
class Profile:
    """What a column's values look like; shares are of its non-empty cells (of a sample)."""

    header: str
    words: str  # what was asked, else the header, in lower case, words parted by single spaces
    question: bool  # whether that is a question rather than a name
    n: int
    distinct: float  # share
    length: float  # mean characters
    spaced: float  # share with at least three words
    scored: float  # share that are scores
    whole: float  # share that are whole numbers
    low: float
    high: float
    named_high: float | None  # "4 von 5" names 5
    dated: float  # share
    written: float  # share that are dates not written as one number (an id may look like unix seconds)


def profile(header: str, cells: pd.Series, wording: str = "") -> Profile:
    """What the values of one column look like; `wording`: what was asked, where that is not the header itself."""
    codes, cells_once = pd.factorize(cells)
    distinct = list(cells_once)
    missing = np.array([values.says_nothing(cell) for cell in distinct], dtype=bool)
    filled = codes[~missing[codes]]
    counts = {distinct[code]: n for code, n in Counter(filled[:SAMPLE].tolist()).items()}
    n = max(1, sum(counts.values()))
    scores = {cell: values.score(cell) for cell in counts}
    moments = {cell: values.moment(cell) for cell in counts}
    all_filled = [cell for cell, nothing in zip(distinct, missing, strict=True) if not nothing]
    numbers = [each for each in map(values.score, _looked_at(all_filled, scores)) if each]

    def share(cells: Iterable[str]) -> float:
        return sum(counts[cell] for cell in cells) / n

    return Profile(
        header=header,
        words=words_of(wording or header),
        question=presets.is_question(wording or header),
        n=len(filled),
        distinct=len(counts) / n,
        length=sum(len(cell) * count for cell, count in counts.items()) / n,
        spaced=share(cell for cell in counts if cell.count(" ") >= 2),
        scored=share(cell for cell, found in scores.items() if found),
        whole=share(cell for cell, found in scores.items() if found and found.value.is_integer()),
        low=min((each.value for each in numbers), default=float("nan")),
        high=max((each.value for each in numbers), default=float("nan")),
        named_high=max((each.of for each in numbers if each.of), default=None),
        dated=share(cell for cell, found in moments.items() if found),
        written=share(cell for cell, found in moments.items() if found and not cell.strip().isdigit()),
    )


def _looked_at(distinct: Sequence[str], scores: dict[str, values.Score | None]) -> Sequence[str]:
    """All distinct cells of a column of scores, so that a rare 10 is not missed; of others the sample."""
    looks_scored = sum(found is not None for found in scores.values()) >= 0.5 * len(scores)
    return distinct[:DISTINCT] if looks_scored else list(scores)


# --- both


def fits(column: Column, found: Profile) -> bool:
    """Whether the values can have this meaning at all. A column without any value can have each."""
    return not found.n or FITS.get(column, _fits_group)(found)


def _fits_group(found: Profile) -> bool:
    """Channel, source, product, location: few short values, numbers only under a header such as "app_id"."""
    short = found.length <= 80 and found.distinct <= max(0.7, 20 / found.n)
    named = any(
        found.words in words_for()[column].named for column in (Column.PRODUCT, Column.LOCATION, Column.CHANNEL)
    )
    return short and found.written < 0.5 and (found.scored < 0.5 or named)


def _fits_text(found: Profile) -> bool:
    return found.scored < 0.5 and found.written < 0.5


FITS: dict[Column, Callable[[Profile], bool]] = {
    Column.TEXT: _fits_text,
    Column.TITLE: _fits_text,
    Column.REPLY: _fits_text,
    Column.RATING: lambda found: found.scored >= MOSTLY and found.length < 40 and found.high <= 200,
    Column.NPS: lambda found: found.scored >= MOSTLY and found.low >= 0 and found.high <= 10,
    Column.CSAT: lambda found: found.scored >= MOSTLY and found.low >= 0 and 1 < found.high <= 100,
    Column.CES: lambda found: found.scored >= MOSTLY and found.low >= 1 and found.high <= 7,
    Column.DATE: lambda found: found.dated >= 0.6,
    Column.STARTED: lambda found: found.dated >= 0.6,
    Column.DURATION: lambda found: found.scored >= MOSTLY,
    Column.LANGUAGE: lambda found: found.length <= 20 and found.spaced < 0.1 and found.scored < 0.5,
    Column.SOURCE_ID: lambda found: found.distinct >= 0.99 and found.spaced < 0.2 and found.written < 0.5,
    Column.CUSTOMER: lambda found: (
        found.written < 0.5 and found.length <= 60 and not (found.n >= 20 and found.distinct < 0.05)
    ),
}


CHANNELS = re.compile(
    r"e-?mail|telefon|phone|hotline|chat|app|web|website|webseite|filiale|shop|onlineshop|online|social media|brief|post|"
    r"store|vor ort|callcenter|sms|whatsapp",
    re.IGNORECASE,
)


def evidence(column: Column, found: Profile, cells: pd.Series) -> float:
    """How strongly header and values speak for a meaning: 0 (not at all) … about 120."""
    if not fits(column, found) or (found.n == 0 and column in USABLE):
        return 0.0
    if column == Column.SOURCE_ID and counts_rows(found):
        return 0.0
    words = words_for()[column]
    if found.words in words.named:
        strength = 100.0
    elif _points_to(column, found):
        strength = CLEAR
    else:
        return _silent(column, found, cells)
    strength += 10 * bool(words.rather.search(found.words))
    strength -= 25 * bool(words.less.search(found.words))
    if column == Column.TEXT:
        strength += min(found.length, 200) / 10
    return strength


def _points_to(column: Column, found: Profile) -> bool:
    """Whether words of the header suggest the meaning. A question asks for a score or a text, never for who, where or what."""
    if found.question and column not in ASKED:
        return False
    words = words_for()[column]
    return bool(words.hints.search(found.words)) and not words.against.search(found.words)


def counts_rows(found: Profile) -> bool:
    """1, 2, 3 … counts the rows of this export and starts anew in the next: no identity of a feedback."""
    return found.n > 1 and found.whole == 1 and found.low in (0, 1) and found.high - found.low == found.n - 1


def _silent(column: Column, found: Profile, cells: pd.Series) -> float:
    """For headers that say nothing ("F7", "Spalte 3", a question): what the values alone suggest."""
    if not found.n:
        return 0.0
    if column == Column.TEXT:
        return (
            20 + min(found.length, 200) / 10
            if found.spaced >= 0.4 and found.length >= 20 and not _links(cells)
            else 0.0
        )
    if is_hinted(found.words) or IGNORED.search(found.words):
        return 0.0
    return SILENT[column](found, cells) if column in SILENT else 0.0


def _whole(found: Profile) -> bool:
    return found.scored >= 0.95 and found.whole >= 0.95 and found.n >= 5


def _is_nps(found: Profile, _cells: pd.Series) -> float:
    return VALUES_ALONE if _whole(found) and 5 < found.high <= 10 and found.low <= 1 else 0.0


def _is_rating(found: Profile, _cells: pd.Series) -> float:
    return VALUES_ALONE if found.scored >= 0.95 and found.n >= 5 and found.low >= 1 and 3 <= found.high <= 5 else 0.0


def _is_date(found: Profile, _cells: pd.Series) -> float:
    return 30.0 if found.written >= 0.95 else 0.0


def _is_channel(_found: Profile, cells: pd.Series) -> float:
    known = sum(bool(CHANNELS.fullmatch(values.clean(cell))) for cell in cells.unique()[:50])
    return 25.0 if cells.nunique() <= 50 and known >= max(2, 0.5 * cells.nunique()) else 0.0


SILENT: dict[Column, Callable[[Profile, pd.Series], float]] = {
    Column.NPS: _is_nps,
    Column.RATING: _is_rating,
    Column.DATE: _is_date,
    Column.CHANNEL: _is_channel,
}


IGNORED = re.compile(
    r"like|hilfreich|helpful|vote|version|anzahl|count|thumbs|alter\b|age\b|dauer|duration|menge|betrag|preis|price|umsatz|"
    r"plz|jahr|year|progress|device|gerät|laufende|rang|rank|index|status"
)


def _links(cells: pd.Series) -> bool:
    return bool(cells.head(50).str.match(r"https?://").mean() > 0.5)
