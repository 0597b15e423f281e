"""The only caches: one open workspace, and what was asked of it. Keys: data version, Filter, further choices."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from cx import text, upkeep
from cx import workspace as workspaces
from cx.analysis import worked as worked_examples
from cx.analysis.lenses import LensView
from cx.analysis.pillars import PillarMap, TouchpointMap
from cx.analysis.segments import Comparison
from cx.analysis.themes import Contrast, Themes
from cx.analysis.weighting import Weighting
from cx.ingest import presets
from cx.ingest.reading import Export
from cx.language import current
from cx.model.columns import Mapping
from cx.model.filter import Filter
from cx.model.step import Step
from cx.model.survey import Doubt
from cx.model.targets import Targets
from cx.report import explained as explained_texts
from cx.report import reproduce
from cx.report.explained import Reading, Tally
from cx.report.stock import Stock
from cx.stats.drivers import Explained
from cx.stats.series import Series
from cx.text import quality
from cx.workspace import Workspace

MEASURED = 32  # a frame of 3,500 texts per engine: 1 MB each
FILES = 16  # of what is known of files that are being uploaded
QUERIES = 32  # answers of 1,000 rows to queries that people wrote, texts among them: 1 MB each
ANSWERS = 512  # frames of some hundred rows at most: a few MB


@dataclass
class Opening:
    """An open workspace, and whether its file was made by this process (only then the demo data may go in)."""

    workspace: Workspace
    fresh: bool
    lock: threading.Lock = field(default_factory=threading.Lock)


@st.cache_resource(max_entries=2, show_spinner=False)
def _opened(path: str) -> Opening:
    fresh = not Path(path).exists()
    opened = Opening(workspaces.open(path), fresh)
    upkeep.settle()  # the app is loaded, and no page waits yet
    return opened


def workspace() -> Workspace:
    """The workspace of this server; raises StoreError where its file cannot be opened."""
    return _opened(workspaces.default_path()).workspace


def load_demo_once(progress: Callable[[int, int, str], None]) -> bool:
    """Fill a database that did not exist before with the demo data. True where this call did it.

    Demo data never come back by themselves: a file that existed at the start stays as it is.
    """
    opening = _opened(workspaces.default_path())
    with opening.lock:  # a second visitor waits for the first one's demo
        if not opening.fresh:
            return False
        loads = opening.workspace.batches().empty
        if loads:
            opening.workspace.load_demo(
                progress
            )  # a visitor who leaves meanwhile stops it; the next one starts it again
        opening.fresh = False
        return loads


def is_fresh() -> bool:
    """Whether the demo data are still to be loaded."""
    return _opened(workspaces.default_path()).fresh


def _state() -> tuple[str, int]:
    return workspaces.default_path(), workspace().version()


@st.cache_resource(max_entries=ANSWERS, show_spinner=False)
def _answer(known_by: str, _method: str, _arguments: tuple[Any, ...]) -> Any:
    return getattr(workspace(), _method)(*_arguments)


def _ask(method: str, *arguments: Any) -> Any:
    """The answer itself, the same for all visitors, who change nothing in it: a copy each took three times as long as finding it."""
    return _answer(repr((_state(), method, arguments)), method, arguments)


def extent(selection: Filter) -> pd.Series:
    """`Workspace.extent`, kept."""
    return _ask("extent", selection)


def batches() -> pd.DataFrame:
    """`Workspace.batches`, kept."""
    return _ask("batches")


def is_demo() -> bool:
    """`Workspace.is_demo`, kept."""
    return _ask("is_demo")


def stock() -> Stock:
    """`Workspace.stock`, kept."""
    return _ask("stock")


def audit() -> pd.DataFrame:
    """`Workspace.audit`, kept."""
    return _ask("audit")


def needs_remasking() -> bool:
    """`Workspace.needs_remasking`, kept."""
    return _ask("needs_remasking")


def choices(dimension: str) -> list[str]:
    """The values of a dimension ("channel", "source", …; "question": rated ones of surveys), most frequent first."""
    return _choices(_state()).get(dimension, [])


@st.cache_resource(max_entries=8, show_spinner=False)
def _choices(state: tuple[str, int]) -> dict[str, list[str]]:
    found = workspace().choices()
    return {dimension: list(values) for dimension, values in found.groupby("dimension")["value"]}


def answers(selection: Filter) -> pd.DataFrame:
    """`Workspace.answers`, kept."""
    return _ask("answers", selection)


def kpis(selection: Filter) -> pd.DataFrame:
    """`Workspace.kpis`, kept."""
    return _ask("kpis", selection)


def trends(selection: Filter) -> pd.DataFrame:
    """`Workspace.trends`, kept."""
    return _ask("trends", selection)


def trend(kpi: str, selection: Filter) -> pd.DataFrame:
    """`Workspace.trend`, out of the trends."""
    found = trends(selection)
    return found[found["kpi"] == str(kpi)].drop(columns="kpi").reset_index(drop=True)


def pillars(selection: Filter) -> pd.DataFrame:
    """`Workspace.pillars`, kept."""
    return _ask("pillars", selection)


def touchpoints(selection: Filter) -> pd.DataFrame:
    """`Workspace.touchpoints`, kept."""
    return _ask("touchpoints", selection)


def pillar_map(selection: Filter) -> PillarMap:
    """`Workspace.pillar_map`, kept."""
    return _ask("pillar_map", selection)


def touchpoint_map(selection: Filter, across: str) -> TouchpointMap:
    """`Workspace.touchpoint_map`, kept."""
    return _ask("touchpoint_map", selection, str(across))


def lens(key: str, selection: Filter) -> LensView:
    """`Workspace.lens`, kept."""
    return _ask("lens", str(key), selection)


def series(measure: str, selection: Filter, step: str) -> Series:
    """`Workspace.series`, kept."""
    return _ask("series", str(measure), selection, str(step))


def steps(selection: Filter) -> tuple[Step, ...]:
    """`Workspace.steps`, kept."""
    return _ask("steps", selection)


def words_between(a: Filter, b: Filter) -> Contrast:
    """`Workspace.words_between`, kept."""
    return _ask("words_between", a, b)


def movements(selection: Filter) -> pd.DataFrame:
    """`Workspace.movements`, kept."""
    return _ask("movements", selection)


def themes(selection: Filter, against: str) -> Themes:
    """`Workspace.themes`, kept."""
    return _ask("themes", selection, str(against))


def theme_choices(selection: Filter) -> tuple[str, ...]:
    """`Workspace.theme_choices`, kept."""
    return _ask("theme_choices", selection)


def latest(selection: Filter) -> tuple[date, date] | None:
    """`Workspace.latest`, kept."""
    return _ask("latest", selection)


def compared(selection: Filter) -> tuple[Filter, Filter] | None:
    """`Workspace.compared`, kept."""
    return _ask("compared", selection)


def compare(by: str, selection: Filter, parts: tuple[str, ...], kpi: str) -> Comparison:
    """`Workspace.compare`, kept."""
    return _ask("compare", str(by), selection, parts, str(kpi))


def periods(by: str, selection: Filter) -> list[str]:
    """`Workspace.periods`, kept."""
    return _ask("periods", str(by), selection)


def segments() -> pd.DataFrame:
    """`Workspace.segments`, kept."""
    return _ask("segments")


def ahead(outcome: str, selection: Filter) -> None:
    """`Workspace.ahead`, once for a selection."""
    _ask("ahead", str(outcome), selection)


def drivers(outcome: str, selection: Filter) -> pd.DataFrame:
    """`Workspace.drivers`, kept."""
    return _ask("drivers", str(outcome), selection)


def composition(selection: Filter) -> pd.DataFrame:
    """`Workspace.composition`, kept."""
    return _ask("composition", selection)


def weighted(targets: Targets, selection: Filter) -> Weighting:
    """`Workspace.weighted`, kept."""
    return _ask("weighted", targets, selection)


def explained(outcome: str, selection: Filter, predictors: str) -> Explained:
    """`Workspace.explained`, kept."""
    return _ask("explained", str(outcome), selection, str(predictors))


def ordinal(outcome: str, selection: Filter, predictors: str) -> pd.DataFrame:
    """`Workspace.ordinal`, kept."""
    return _ask("ordinal", str(outcome), selection, str(predictors))


def voices(selection: Filter, page: int) -> pd.DataFrame:
    """`Workspace.voices`, kept."""
    return _ask("voices", selection, page)


def voice_counts(selection: Filter) -> pd.Series:
    """`Workspace.voice_counts`, kept."""
    return _ask("voice_counts", selection)


def contradictions(selection: Filter, page: int) -> pd.DataFrame:
    """`Workspace.contradictions`, kept."""
    return _ask("contradictions", selection, page)


def contradiction_share(selection: Filter) -> pd.Series:
    """`Workspace.contradiction_share`, kept."""
    return _ask("contradiction_share", selection)


def is_outdated() -> bool:
    """`Workspace.is_outdated`, kept."""
    return _ask("is_outdated")


def feedback(feedback: int) -> pd.DataFrame:
    """`Workspace.feedback`, kept."""
    return _ask("feedback", feedback)


def engines() -> tuple[str, ...]:
    """`cx.text.engines`: ours, the classic one, and those that were registered. Raises AskError where CX_ENGINES is wrong."""
    return text.engines()


def against_stars(selection: Filter, engine: str) -> pd.DataFrame:
    """`Workspace.against_stars`, kept."""
    return _ask("against_stars", selection, engine)


def measured(question: str, *arguments: Any) -> Any:
    """The answer of a function of cx.text.quality ("held_out", "aspects", "coverage", "challenge"), kept."""
    return _measured(text.MODEL_VERSION, question, *arguments)


@st.cache_data(max_entries=MEASURED, show_spinner=False)
def _measured(version: str, question: str, *arguments: Any) -> Any:
    return getattr(quality, question)(*arguments)


@st.cache_data(max_entries=1, show_spinner=False)
def worked() -> pd.DataFrame:
    """`cx.analysis.worked.checks`, kept."""
    return worked_examples.checks()


@st.cache_data(max_entries=ANSWERS, show_spinner=False)
def reading(words: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """One text as cx.text.sentiment, analyse and explain see it, kept."""
    return text.sentiment([words]), text.analyse([words]), text.explain(words)


def sums(words: str) -> tuple[Tally, list[Reading]]:
    """What one text that is read says of itself, in the language of now, kept: its direction, and each statement with its sums."""
    return _sums(words, current())


@st.cache_data(max_entries=ANSWERS, show_spinner=False)
def _sums(words: str, language: str) -> tuple[Tally, list[Reading]]:
    sentiment, analysed, parts = reading(words)
    direction = explained_texts.polarity(parts, sentiment["polarity"][0], sentiment["label"][0])
    return direction, explained_texts.readings(words, analysed, parts)


def language_of(words: str) -> str:
    """The language of one text, as cx.text.language tells it."""
    return str(text.language([words]).iloc[0])


def explain(texts: tuple[str, ...], batches: tuple[int, ...]) -> pd.DataFrame:
    """`Workspace.explain`, kept."""
    return _ask("explain", list(texts), list(batches))


def rated_batches() -> pd.DataFrame:
    """`Workspace.rated_batches`, kept."""
    return _ask("rated_batches")


# --- queries


def schema() -> pd.DataFrame:
    """`Workspace.schema`, kept per language."""
    return _schema(_state(), current())


@st.cache_data(max_entries=8, show_spinner=False)
def _schema(state: tuple[str, int], language: str) -> pd.DataFrame:
    return workspace().schema()


def query(sql: str, selection: Filter, seconds: float) -> pd.DataFrame:
    """`Workspace.query` with one row more than is shown, kept. Raises QueryError."""
    return _query(_state(), sql, selection, seconds)


@st.cache_data(max_entries=QUERIES, show_spinner=False, hash_funcs={Filter: repr})
def _query(state: tuple[str, int], sql: str, selection: Filter, seconds: float) -> pd.DataFrame:
    return workspace().query(sql, selection, seconds, workspaces.QUERY_ROWS + 1)


def sql(question: str, selection: Filter) -> list[str]:
    """`Workspace.sql` for the question of a figure, kept; nothing where it asks no database."""
    return _sql(_state(), question, selection)


@st.cache_data(max_entries=ANSWERS, show_spinner=False, hash_funcs={Filter: repr})
def _sql(state: tuple[str, int], question: str, selection: Filter) -> list[str]:
    try:
        method, arguments, named = reproduce.question_of(question, selection)
    except ValueError:
        return []
    return [arguments[0]] if method == "query" else workspace().sql(method, *arguments, **named)


# --- files that are being uploaded


def proposed(export: Export) -> Mapping:
    """`Workspace.propose`, kept."""
    return _of_file(_state(), "propose", (export.sha256, export.name, export.sheet), (export,))


def doubtful(export: Export, mapping: Mapping) -> dict[Doubt, int]:
    """`Workspace.doubtful`, kept."""
    return _of_file(_state(), "doubtful", (export.sha256, export.name, export.sheet, mapping), (export, mapping))


def masking(export: Export, mapping: Mapping) -> tuple[dict[str, int], list[str]]:
    """`Workspace.masking`, kept."""
    return _of_file(_state(), "masking", (export.sha256, export.name, export.sheet, mapping), (export, mapping))


@st.cache_data(max_entries=FILES, show_spinner=False, hash_funcs={Mapping: repr})
def _of_file(state: tuple[str, int], method: str, known_by: tuple[Any, ...], _arguments: tuple[Any, ...]) -> Any:
    return getattr(workspace(), method)(*_arguments)


def preset_name(key: str) -> str:
    """What a source is called on the screen."""
    return presets.named(key, current())
