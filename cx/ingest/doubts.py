"""Responses of a survey that may not count: unfinished, tests, far too fast, the same answer everywhere.

They are found and counted, and left out only where the user says so. Speeders by a fraction of the median time: Greszki, Meyer & Schoen,
"Exploring the Effects of Removing 'Too Fast' Responses and Respondents from Web Surveys", Public Opinion Quarterly 79 (2015) 471–503,
compare one half, two fifths and three tenths of it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cx.ingest import scales, values
from cx.ingest.reading import Export, Table
from cx.model.columns import Column, Mapping
from cx.model.survey import Doubt, Question

SPEEDER_SHARE = 1 / 3  # of the median time, between the two stricter limits that the paper compares
SPEEDER_BELOW_S = 300  # who took five minutes was not careless, however long others left the page open
SPEEDER_RESPONSES = 20  # with a time; a median of fewer says little
LONGEST_S = 86_400  # a response that was open for longer than a day was interrupted
MINUTE_S = 60
STRAIGHT_ITEMS = 5  # questions with one scale, all answered alike
COMPLETE_PCT = 100
CLOCK = re.compile(r"\d:\d\d|^\s*\d{10}(?:\d{3})?(?:\.0+)?\s*$")
ISO = re.compile(r"\s*\d{4}-\d\d-\d\d")  # LimeSurvey writes 1980-01-01 where a survey keeps no times
SECONDS = re.compile(r"\d:\d\d:\d\d|^\s*\d{10}")
CLOCKED = re.compile(r"\s*(?:(\d+):)?(\d{1,2}):(\d\d)(?:[.,]\d+)?\s*")  # a duration as h:mm:ss or mm:ss
NOT_FINISHED = frozenset(
    [
        "false",
        "falsch",
        "no",
        "nein",
        "n",
        "unvollständig",
        "nicht abgeschlossen",
        "nicht beendet",
        "incomplete",
        "not completed",
        "unfinished",
        "partial",
        "partially completed",
        "teilweise",
        "teilweise beantwortet",
        "abgebrochen",
        "in progress",
        "in bearbeitung",
        "in arbeit",
        "disqualified",
        "disqualifiziert",
        "screened out",
    ]
)
TESTS = re.compile(
    r"(?:(?:offline )?(?:survey|umfrage)[ -]?)?(?:preview|vorschau|tests?)(?:[ -]?(?:antwort|response|modus|mode|spam|umfrage))?|(?:[\w-]+ )?spam",
    re.IGNORECASE,
)
# Qualtrics writes the kind of a response as a number where values are exported: bits for preview, test and spam among others.
QUALTRICS = frozenset(["responseid", "recordeddate", "status"])
TEST_BITS = 1 | 2 | 8


@dataclass(frozen=True)
class Rules:
    """What makes a response of one file doubtful.

    `empty_is_unfinished`: the column that tells whether responses were finished holds dates or a progress. `complete`: the value from
    which a progress is complete. `coded`: kinds of responses are Qualtrics' numbers. `speeder_below_s`: None where times do not tell.
    """

    mapping: Mapping
    empty_is_unfinished: bool = False
    complete: float = 1.0
    coded: bool = False
    speeder_below_s: float | None = None

    def of(self, table: Table) -> pd.DataFrame:
        """Which rows are doubtful, and why: index of the cells, one bool column per Doubt that can be told from the columns mapped."""
        found = {
            Doubt.UNFINISHED: self._unfinished(table),
            Doubt.TEST: self._tests(table),
            Doubt.SPEEDER: self._speeders(table),
            Doubt.STRAIGHT_LINER: self._straight_liners(table),
        }
        return pd.DataFrame(
            {doubt: rows for doubt, rows in found.items() if rows is not None}, index=table.cells.index, dtype=bool
        )

    def _unfinished(self, table: Table) -> pd.Series | None:
        cells = _cells(table, self.mapping, Column.FINISHED)
        return None if cells is None else values.read_each(cells, self._is_unfinished).astype(bool)

    def _is_unfinished(self, cell: str) -> bool:
        text = values.clean(cell).casefold()
        if not text:
            return self.empty_is_unfinished
        number = values.number(text.removesuffix("%"))
        return text in NOT_FINISHED or (number is not None and number < self.complete)

    def _tests(self, table: Table) -> pd.Series | None:
        cells = _cells(table, self.mapping, Column.STATUS)
        return None if cells is None else values.read_each(cells, self._is_test).astype(bool)

    def _is_test(self, cell: str) -> bool:
        text = values.clean(cell)
        if self.coded and text.isdecimal():
            return bool(int(text) & TEST_BITS)
        return bool(TESTS.fullmatch(text))

    def _speeders(self, table: Table) -> pd.Series | None:
        if self.speeder_below_s is None:
            return None
        fast = seconds(table, self.mapping).lt(self.speeder_below_s)
        unfinished = self._unfinished(table)
        return fast if unfinished is None else fast & ~unfinished  # who left early was not fast

    def _straight_liners(self, table: Table) -> pd.Series | None:
        groups = _batteries(self.mapping.questions)
        if not groups:
            return None
        found = pd.Series(False, index=table.cells.index)
        varied = pd.Series(False, index=table.cells.index)
        for questions in groups:
            answers = np.column_stack([_places(table.cells[each.header], each) for each in questions])
            n = (~np.isnan(answers)).sum(axis=1)
            long = n >= STRAIGHT_ITEMS
            filled = np.where(np.isnan(answers), -np.inf, answers).max(axis=1, initial=-np.inf)
            same = long & (filled == np.where(np.isnan(answers), np.inf, answers).min(axis=1, initial=np.inf))
            found |= same
            varied |= long & ~same
        return found & ~varied


def rules(export: Export, mapping: Mapping) -> Rules:
    """The rules for a whole file: its blocks are read once for the times that responses took, where it has any."""
    head = export.head
    finished = _cells(head, mapping, Column.FINISHED)
    dated, complete = (False, 1.0) if finished is None else _finished(finished)
    return Rules(
        mapping=mapping,
        empty_is_unfinished=dated or complete > 1,
        complete=complete,
        coded={header.casefold() for header in export.headers} >= QUALTRICS,
        speeder_below_s=_speeder_below(export, mapping, Rules(mapping, dated or complete > 1, complete)),
    )


def _finished(cells: pd.Series) -> tuple[bool, float]:
    """Whether a column holds the dates on which responses were finished, and from which number on they are finished."""
    distinct = [cell for cell in cells.unique() if values.clean(cell)][:1_000]
    numbers = [
        number for cell in distinct if (number := values.number(values.clean(cell).removesuffix("%"))) is not None
    ]
    dated = sum(bool(ISO.match(cell)) or values.moment(cell) is not None for cell in distinct) > len(distinct) / 2
    if dated and len(numbers) < len(distinct):
        return True, 1.0
    return False, float(COMPLETE_PCT) if max(numbers, default=0) > 1 else 1.0


# --- how long people took


def seconds(table: Table, mapping: Mapping) -> pd.Series:
    """How long each response took, in seconds (float): the file's own figure, else from start to end; NaN where that is not said.

    Dates without a time of day give NaN, times without seconds the longest that is possible.
    """
    cells = _cells(table, mapping, Column.DURATION)
    if cells is not None:
        return values.read_each(cells, _duration).astype("float64")
    start, end = (_cells(table, mapping, column) for column in (Column.STARTED, Column.DATE))
    if start is None or end is None:
        return pd.Series(float("nan"), index=table.cells.index)
    read = [values.dates(each, day_first=mapping.day_first)["at"] for each in (start, end)]
    took = (read[1] - read[0]).dt.total_seconds()
    took += MINUTE_S * ~(start.str.contains(SECONDS) & end.str.contains(SECONDS))
    timed = start.str.contains(CLOCK) & end.str.contains(CLOCK)
    return took.where(timed & took.between(0, LONGEST_S))


def _duration(cell: str) -> float:
    match = CLOCKED.fullmatch(cell)
    if match:
        hours, minutes, rest = (int(part or 0) for part in match.groups())
        return float(hours * 3_600 + minutes * MINUTE_S + rest)
    number = values.number(cell)
    return float("nan") if number is None or number < 0 else number


def _speeder_below(export: Export, mapping: Mapping, known: Rules) -> float | None:
    """The seconds below which a response is too fast; None where too few finished responses have a time."""
    timed = mapping.header(Column.DURATION) or (mapping.header(Column.STARTED) and mapping.header(Column.DATE))
    if not timed:
        return None
    took = []
    for table in export.blocks():
        each = seconds(table, mapping)
        unfinished = known._unfinished(table)
        took.append((each if unfinished is None else each[~unfinished]).dropna().to_numpy())
    every = np.concatenate(took) if took else np.array([])
    if len(every) < SPEEDER_RESPONSES:
        return None
    return min(SPEEDER_SHARE * float(np.median(every)), float(SPEEDER_BELOW_S))


# --- the same answer everywhere


def _batteries(questions: tuple[Question, ...]) -> list[list[Question]]:
    """The questions that share a scale, where there are enough of them: only there the same answer is the same place on the page."""
    groups: dict[tuple[float, float], list[Question]] = defaultdict(list)
    for each in questions:
        groups[min(each.worst, each.best), max(each.worst, each.best)].append(each)
    return [group for group in groups.values() if len(group) >= STRAIGHT_ITEMS]


def _places(cells: pd.Series, question: Question) -> np.ndarray:
    """The native values of the answers on the scale, NaN elsewhere."""
    found = scales.scores(cells, question)
    return found.where(found.between(*sorted((question.worst, question.best)))).to_numpy()


def _cells(table: Table, mapping: Mapping, column: Column) -> pd.Series | None:
    return table.cells.get(mapping.header(column))
