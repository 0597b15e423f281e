"""Which of the first rows are headers, and what the columns are called: one row, two (SurveyMonkey) or three (Qualtrics)."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

LOOKED_AT = 25  # rows that are not empty
IMPORT_ID = re.compile(r'\s*\{\s*"ImportId"\s*:')
# What SurveyMonkey writes below a question that has one column only.
PLAIN_ANSWERS = frozenset(
    ["response", "open-ended response", "antwort", "offene antwort", "antwort mit offenem ende", "freitextantwort"]
)
RESPONDENT = re.compile(r"(respondent|collector|befragten|teilnehmer)[ _-]?id", re.IGNORECASE)
# Columns that every Qualtrics export begins with; below them a date, or what the column is called.
QUALTRICS = frozenset(["startdate", "enddate", "recordeddate"])
VALUE = re.compile(r"\s*[-+]?\d[\d.,:/ %T+Z-]*(?:[AP]M)?\s*", re.IGNORECASE)  # a number, a date, a time
NAMELESS_MIN = 1 / 3  # share of columns whose name is only in the second row where nothing else tells a survey
VALUES_MIN = 0.8  # share of the filled cells below that are values under a second header row


@dataclass(frozen=True)
class Headers:
    """`names`, each once and on one line; how many `rows` they take; `wordings`: name -> what was asked, where rows say more;
    `nameless`: positions of columns without any name."""

    names: tuple[str, ...]
    rows: int = 1
    wordings: dict[str, str] = field(default_factory=dict)
    nameless: tuple[int, ...] = ()


def found(rows: Sequence[list[str]]) -> Headers:
    """The headers of a table whose first rows (none empty, all of one length) these are."""
    return _coded(rows) or _parted(rows) or _single(rows[0])


def _single(row: list[str]) -> Headers:
    return Headers(unique(row), nameless=tuple(place for place, title in enumerate(row) if not one_line(title)))


def _coded(rows: Sequence[list[str]]) -> Headers | None:
    """Qualtrics: codes, wordings, and a row of JSON, which some people delete."""
    json = next((place for place in (1, 2) if len(rows) > place and _is_import_ids(rows[place])), None)
    if json is None and not (len(rows) > 1 and _is_below_codes(rows[0], rows[1])):
        return None
    codes = _single(rows[0])
    asked = [one_line(cell) for cell in rows[1]] if json != 1 else []
    wordings = {name: text for name, text in zip(codes.names, asked, strict=False) if text and text != name}
    return Headers(codes.names, 2 if json is None else json + 1, wordings, codes.nameless)


def _is_import_ids(row: list[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return bool(filled) and all(IMPORT_ID.match(cell) for cell in filled)


def _is_below_codes(codes: list[str], row: list[str]) -> bool:
    below = [cell for code, cell in zip(codes, row, strict=True) if one_line(code).casefold() in QUALTRICS]
    return len(below) >= 2 and all(cell.strip() and not re.search(r"\d", cell) for cell in below)


def _parted(rows: Sequence[list[str]]) -> Headers | None:
    """A question over its first column only, and below it what each of its columns holds."""
    if len(rows) < 2 or not (_is_survey_monkey(rows) or _is_second_header(rows)):
        return None
    titles, question = [], ""
    for above, below in zip(*rows[:2], strict=True):
        question = one_line(above) or (question if below.strip() else "")
        titles.append(_joined(question, one_line(below)))
    return Headers(unique(titles), 2, nameless=tuple(place for place, title in enumerate(titles) if not title))


def _joined(question: str, part: str) -> str:
    if not part or part == question or part.casefold() in PLAIN_ANSWERS:
        return question
    return f"{question} [{part}]" if question else part


def _is_survey_monkey(rows: Sequence[list[str]]) -> bool:
    """Nothing below the columns about the response, then something below every question."""
    above, below = rows[0], rows[1]
    first = next((place for place, cell in enumerate(below) if cell.strip()), 0)
    if not first or not all(cell.strip() for cell in _named(above, below)[first:]):
        return False
    plain = [place for place, cell in enumerate(below) if one_line(cell).casefold() in PLAIN_ANSWERS]
    carried = any(not cell.strip() for cell in above[first:])
    if any(RESPONDENT.fullmatch(one_line(cell)) for cell in above[:first]):
        return carried or bool(plain)
    return carried and bool(plain) and not any(row[place] == below[place] for place in plain for row in rows[2:])


def _named(above: list[str], below: list[str]) -> list[str]:
    """The second row up to the last column with any name."""
    last = max((place for place in range(len(above)) if above[place].strip() or below[place].strip()), default=-1)
    return below[: last + 1]


def _is_second_header(rows: Sequence[list[str]]) -> bool:
    """Names of groups over their first column only, a full row of different names below, and values only further down."""
    above, below, rest = rows[0], [one_line(cell) for cell in rows[1]], rows[2:]
    nameless = [place for place, cell in enumerate(above) if not cell.strip()]
    if not rest or not above[0].strip() or len(nameless) < max(2, NAMELESS_MIN * len(above)):
        return False
    if not all(below) or len(set(below)) < len(below) or any(VALUE.fullmatch(cell) for cell in below):
        return False
    columns = [[row[place] for row in rest if row[place].strip()] for place in range(len(above))]
    if sum(bool(columns[place]) for place in nameless) < len(nameless) / 2:
        return False  # notes beside the first row
    return any(
        len(cells) > 1 and sum(bool(VALUE.fullmatch(cell)) for cell in cells) >= VALUES_MIN * len(cells)
        for cells in columns
    )


def unique(titles: Sequence[str]) -> tuple[str, ...]:
    """Headers on one line, each once: "" becomes "Spalte 3", a second "Text" becomes "Text (2)"."""
    names: dict[str, None] = {}
    next_number: dict[str, int] = {}
    for position, title in enumerate(titles, start=1):
        plain = one_line(title) or f"Spalte {position}"
        name = plain
        if plain in names:
            numbers = itertools.count(next_number.get(plain, 2))
            name = next(f"{plain} ({n})" for n in numbers if f"{plain} ({n})" not in names)
            next_number[plain] = int(name[len(plain) + 2 : -1]) + 1
        names[name] = None
    return tuple(names)


def one_line(title: str) -> str:
    """A header without line feeds, no-break spaces and what cannot be seen."""
    return " ".join(re.sub("[\ufeff\u200b\x00]", "", title).split())
