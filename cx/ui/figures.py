"""Charts with their furniture: the finding over them, n, „Zahlen", „Python", „SQL", „Methode" under them, and where a click leads."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from cx import language, workspace
from cx.charts import compiled, dots
from cx.language import NO_NUMBER, _, number
from cx.model import period
from cx.model.filter import Filter
from cx.report import findings, methods, notebook, reproduce, tables
from cx.report.notebook import Cell
from cx.ui import address, data, filters, furniture, markup

TOUCHPOINTS_SHOWN = 12
SHOWN = "figures_shown"  # what this run has drawn, for the notebook of the page
Picked = dict[str, object]


@dataclass(frozen=True)
class Figure:
    """What `show` needs to know about one chart."""

    name: str
    title: str
    note: str
    rows: pd.DataFrame
    table: Styler | Callable[[], Styler]  # what makes it, where making it takes time
    question: str
    call: str
    lead: Callable[[Picked], None] | None = None  # None: nothing to click
    kpi: str = ""
    spot: str = ""  # tells two charts of one name apart
    code: str = ""  # in place of the lines that open a database


def pillars(frame: pd.DataFrame, selection: Filter) -> None:
    """The pillars, ranked; a click leads to the voices on one."""
    show(
        Figure(
            "pillars",
            findings.pillars(frame),
            _base(frame),
            compiled.rows("pillars", frame),
            partial(tables.scores, frame, "pillar"),
            "ws.pillars(selection)",
            "cx.charts.pillars(frame)",
            lambda picked: filters.lead("stimmen", replace(selection, pillars=(str(picked["key"]),))),
        ),
        selection,
    )


def touchpoints(frame: pd.DataFrame, selection: Filter) -> None:
    """The touchpoints most often named, ranked; a click leads to the voices on one."""
    shown = frame.nlargest(TOUCHPOINTS_SHOWN, "n").sort_values("value", ascending=False)
    show(
        Figure(
            "touchpoints",
            findings.touchpoints(shown),
            _("Die {k} meistgenannten von {all}; {base}").format(
                k=number(len(shown)), all=number(len(frame)), base=_base(frame)
            )
            if len(shown)
            else "",
            compiled.rows("touchpoints", shown),
            partial(tables.scores, frame, "touchpoint"),
            "ws.touchpoints(selection)",
            f'cx.charts.touchpoints(frame.nlargest({TOUCHPOINTS_SHOWN}, "n").sort_values("value", ascending=False))',
            lambda picked: filters.lead("stimmen", replace(selection, touchpoints=(str(picked["key"]),))),
        ),
        selection,
    )


def trend(frame: pd.DataFrame, kpi: str, title: str, selection: Filter) -> None:
    """One KPI by month; a click narrows the period to that month. No line where every month is withheld."""
    if frame.empty:
        st.html(markup.section(_("Kein Verlauf: Die Auswahl hat keine Antworten mit Datum"), ""))
        return
    show(
        Figure(
            "kpi_trend",
            title,
            _("n = {n}, nach Monaten").format(n=number(frame["n"].sum())),
            compiled.rows("kpi_trend", frame, kpi),
            partial(tables.trend, frame, kpi),
            f"ws.trend({kpi!r}, selection)",
            f"cx.charts.kpi_trend(frame, {kpi!r})",
            lambda picked: filters.lead("lagebild", month(selection, picked["month"])),
            kpi=kpi,
        ),
        selection,
    )


def _base(frame: pd.DataFrame) -> str:
    base = int(frame["base"].max()) if len(frame) else 0
    if not base:
        return _("Kein Feedback dieser Auswahl hat einen gelesenen Text.")
    return _("n = {n} Feedbacks mit gelesenem Text; Polarität, möglich sind −1 … +1").format(n=number(base))


def month(selection: Filter, picked: object) -> Filter:
    """The selection narrowed to the month that was picked in a chart."""
    start = day(picked).replace(day=1)
    return replace(selection, start=start, end=period.end_of_month(start), undated=False)


def day(picked: object) -> date:
    """The day that a click on a chart gives: milliseconds since 1970, or as ISO text."""
    if isinstance(picked, int | float):
        return datetime.fromtimestamp(picked / 1000, tz=UTC).date()
    return date.fromisoformat(str(picked)[:10])


def show(figure: Figure, selection: Filter) -> None:
    """A chart with what stands over and under it; only its title where there is nothing to draw, or all is withheld."""
    st.html(markup.section(figure.title, figure.note))
    if figure.rows.empty or ("value" in figure.rows and figure.rows["value"].isna().all()):
        return
    key = f"chart_{figure.name}{figure.spot}"
    lead = figure.lead
    picking = {"on_select": lambda: _picked(key, lead), "selection_mode": dots.PICK} if lead else {}
    theme = furniture.theme()
    spec = compiled.spec(figure.name, theme, figure.kpi)
    st.vega_lite_chart(
        figure.rows,
        {name: part for name, part in spec.items() if name != "description"},  # `alt` says it, with the finding
        theme=None,
        key=key,
        **picking,
        alt=f"{figure.title}. {figure.note}",
    )
    under(figure, selection)


def under(figure: Figure, selection: Filter) -> None:
    """The quiet row alone: for numbers that are no chart."""
    _under(figure, selection)
    lines = figure.code or reproduce.asking(figure.question, figure.call)
    st.session_state.setdefault(SHOWN, []).append(Cell(" · ".join(filter(None, (figure.title, figure.note))), lines))


def _picked(key: str, lead: Callable[[Picked], None]) -> None:
    chosen = st.session_state[key]["selection"].get(dots.PICK)
    if chosen:
        lead(chosen[0])


@st.fragment
def _under(figure: Figure, selection: Filter) -> None:
    """The four quiet words under a chart. Tables and queries are made when somebody opens them: they cost half of a page's time."""
    language.use(st.session_state[address.LANGUAGE])  # a fragment runs again without app.py
    key = figure.name + figure.spot
    with st.container(horizontal=True, horizontal_alignment="right", gap=None, key=f"under_{key}"):
        with st.popover(_("Zahlen"), type="tertiary", key=f"numbers_{key}", on_change="rerun") as numbers:
            if numbers.open:
                table = figure.table() if callable(figure.table) else figure.table
                st.dataframe(table, hide_index=True, width="content", placeholder=NO_NUMBER, key=f"table_{key}")
        with st.popover(_("Python"), type="tertiary", key=f"python_{key}"):
            _python(figure, selection)
        with st.popover(_("SQL"), type="tertiary", key=f"sql_{key}", on_change="rerun") as queries:
            if queries.open:
                _sql(figure, selection)
        with st.popover(_("Methode"), type="tertiary", key=f"method_{key}"):
            st.text(methods.text(figure.name))


def _python(figure: Figure, selection: Filter) -> None:
    code = figure.code or reproduce.code(workspace.default_path(), selection, figure.question, figure.call)
    st.code(code, language="python")
    if not figure.code:
        said = _(
            "Eine Datenbank ist immer nur in einem Programm offen: Beenden Sie vorher die App oder öffnen Sie eine Kopie."
        )
        st.caption(said)


def _sql(figure: Figure, selection: Filter) -> None:
    if not figure.question.startswith("ws."):
        st.caption(methods.without_sql(figure.question))
        return
    said = _(
        "Die Summen hinter diesen Zahlen; daraus rechnet die Methode. Jede Abfrage läuft für sich, auch auf der Seite Abfrage."
    )
    st.caption(said)
    for query in data.sql(figure.question, selection):
        st.code(query, language="sql", wrap_lines=True)


def begin() -> None:
    """Forget what the run before has drawn."""
    st.session_state[SHOWN] = []


def notebook_button(page: str, url_path: str, selection: Filter) -> None:
    """At the foot of a page with figures: all of them as a Jupyter notebook."""
    cells = list(st.session_state.get(SHOWN, ()))
    if not cells:
        return
    parts = (page, furniture.line(selection), workspace.default_path(), selection, cells)
    with st.container(horizontal=True, horizontal_alignment="right", key="notebook_foot"):
        st.download_button(
            _("Diese Seite als Notebook"),
            language.kept(partial(notebook.notebook, *parts)),
            file_name=f"cx_{url_path or 'lagebild'}.ipynb",
            mime="application/x-ipynb+json",
            key="notebook",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )
