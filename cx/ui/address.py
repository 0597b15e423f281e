"""The address holds the whole view: the Filter, the language and the choices of the pages.

Held in a real browser by: plain keyed widgets, keys seeded once per session from the address, each key assigned to itself
before the widgets of every run (else `st.switch_page` drops those that were not touched), the address written afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import streamlit as st

from cx import language
from cx.analysis.pillars import Across
from cx.charts.quadrants import Crosshair
from cx.charts.wording import Against
from cx.model import targets, taxonomy
from cx.model.filter import LIST_SEPARATOR, Filter
from cx.model.kpi import Kpi, Outcome, Predictors
from cx.model.segment import By
from cx.model.step import Step
from cx.model.taxonomy import LensKey

LANGUAGE = "language"
KPI = "lagebild_kpi"
OUTCOME = "treiber_outcome"
CROSSHAIR = "treiber_crosshair"
PREDICTORS = "treiber_predictors"
PART = "treiber_part"
WHAT = "treiber_what"  # the predictor that a what-if moves; "": the first
LEVEL = "treiber_level"  # where it moves it, 0 … 100; None: somewhat above today
VIEW = "stimmen_view"
PHENOMENON = "methode_phenomenon"
WEIGHTS = "gewichtung_targets"  # known shares that the selection is weighted to (cx.model.targets)
BY = "kanaele_by"
PARTS = "kanaele_parts"  # the segments that are compared; none: all
LONGEST_PARTS = 1_000  # characters of the address
ACROSS = "touchpoints_across"
LENS = "modelle_lens"
AGAINST = "themen_against"
MEASURE = "zeitverlauf_measure"
STEP = "zeitverlauf_step"
EVENT = "zeitverlauf_event"  # the day that what was said is told apart at; "": of the clearest shift
PAGE = "stimmen_page"
LARGEST_PAGE = 100_000
QUERY = "abfrage_query"
SECONDS = "abfrage_seconds"
SECONDS_ALLOWED = ("1", "5", "30")
LONGEST_QUERY = 1_500  # characters in the address; some programs cut longer ones


class View(StrEnum):
    """What the page of voices lists."""

    ALL = "all"
    CONTRADICTIONS = "contradictions"


class Part(StrEnum):
    """What the page of drivers shows."""

    IMPORTANCE = "importance"
    EFFECTS = "effects"
    SIDES = "sides"
    WHAT_IF = "what_if"
    CHECKS = "checks"


@dataclass(frozen=True)
class Choice:
    """A choice outside the Filter: its key in the session, its name in the address, what may stand there, its default."""

    key: str
    parameter: str
    allowed: tuple[str, ...]

    @property
    def default(self) -> str:
        """What holds where the address says nothing."""
        return self.allowed[0]


CHOICES = (
    Choice(LANGUAGE, "lang", tuple(language.LANGUAGES)),
    Choice(KPI, "kpi", tuple(map(str, Kpi))),
    Choice(OUTCOME, "outcome", tuple(map(str, Outcome))),
    Choice(PREDICTORS, "predictors", tuple(map(str, Predictors))),
    Choice(PART, "part", tuple(map(str, Part))),
    Choice(CROSSHAIR, "crosshair", tuple(map(str, Crosshair))),
    Choice(VIEW, "view", tuple(map(str, View))),
    Choice(ACROSS, "across", tuple(map(str, Across))),
    Choice(LENS, "lens", tuple(map(str, LensKey))),
    Choice(SECONDS, "seconds", SECONDS_ALLOWED),
    Choice(BY, "by", tuple(map(str, By))),
    Choice(AGAINST, "against", tuple(map(str, Against))),
    Choice(MEASURE, "measure", (*map(str, Kpi), *taxonomy.pillar_keys())),
    Choice(STEP, "step", ("auto", *map(str, Step))),
)


def seed() -> None:
    """Take the choices from the address, once per session; what the address may not say is ignored."""
    for choice in CHOICES:
        said = st.query_params.get(choice.parameter, "")
        st.session_state.setdefault(choice.key, said if said in choice.allowed else choice.default)
    st.session_state.setdefault(WEIGHTS, targets.from_text(st.query_params.get("weights", "")))
    said = st.query_params.get("parts", "")[:LONGEST_PARTS]
    st.session_state.setdefault(PARTS, [part for part in dict.fromkeys(said.split(LIST_SEPARATOR)) if part])
    st.session_state.setdefault(PAGE, _page(st.query_params.get("page", "")))
    st.session_state.setdefault(EVENT, _day(st.query_params.get("event", "")))
    st.session_state.setdefault(WHAT, st.query_params.get("what", "")[:LONGEST_PARTS])
    st.session_state.setdefault(LEVEL, _level(st.query_params.get("level", "")))
    st.session_state.setdefault(QUERY, st.query_params.get("sql", "")[:LONGEST_QUERY])


def _page(text: str) -> int:
    return min(max(int(text), 1), LARGEST_PAGE) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _level(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= 100 else None


def _day(text: str) -> str:
    """A day as "2026-08-01"; "" where the text is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def keep(keys: Iterable[str] = ()) -> None:
    """Hold on to the choices, and to further widget keys, on pages that do not show them."""
    for key in (*keys, *(choice.key for choice in CHOICES), PAGE, QUERY, PARTS, EVENT, WHAT, LEVEL):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def write(selection: Filter) -> None:
    """Write everything that differs from the default into the address."""
    chosen = {c.parameter: st.session_state[c.key] for c in CHOICES if st.session_state[c.key] not in (c.default, None)}
    page = {"page": str(st.session_state[PAGE])} if st.session_state[PAGE] > 1 else {}
    weights = {"weights": text} if (text := targets.as_text(st.session_state[WEIGHTS])) else {}
    parts = {"parts": text} if (text := LIST_SEPARATOR.join(st.session_state[PARTS])) else {}
    event = {"event": day} if (day := st.session_state[EVENT]) else {}
    shown = st.session_state[PART] == Part.WHAT_IF
    moved = {"what": what} if shown and (what := st.session_state[WHAT]) else {}
    moved |= {"level": str(level)} if shown and (level := st.session_state[LEVEL]) is not None else {}
    query = st.session_state[QUERY] or ""
    sql = {"sql": query} if query.strip() and len(query) <= LONGEST_QUERY else {}
    st.query_params.from_dict(selection.query() | chosen | page | weights | parts | event | moved | sql)


def first_page() -> None:
    """Back to the first page of voices: another selection has other pages."""
    st.session_state[PAGE] = 1
