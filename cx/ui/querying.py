"""The page for queries of one's own: what can be asked, the editor, and the answer as chart, table and file."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from cx.charts import result
from cx.charts.result import Mark
from cx.errors import QueryError
from cx.language import _, ngettext, number
from cx.model.filter import Filter
from cx.report import tables
from cx.report.views import SELECTION
from cx.store import example
from cx.store.querying import LONGEST
from cx.ui import address, choose, data, figures, markup
from cx.ui.figures import Figure
from cx.workspace import EXPORT_ROWS, QUERY_ROWS

ASKED = "abfrage_asked"  # the query whose answer is shown; the editor may hold another one by now
CHART_CHOICES = ("abfrage_x", "abfrage_y", "abfrage_mark")
EDITOR_HEIGHT = 268
TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


class Asked(NamedTuple):
    """What was asked, and in how many seconds."""

    query: str
    seconds: float


def examples() -> dict[str, str]:
    """Queries to begin with: what they show, and their name in cx/store/examples."""
    return {
        _("NPS je Kanal"): "nps_by_channel",
        _("Säule je Monat"): "pillar_by_month",
        _("Wörter in Kritik"): "words_of_complaints",
        _("Härteste Aussagen"): "hardest_statements",
        _("Säule und Touchpoint"): "pillar_and_touchpoint",
    }


def editor() -> None:
    """The examples, the field for the query, its time limit and the button."""
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="abfrage_examples"):
        for place, (label, name) in enumerate(examples().items()):
            st.button(label, key=f"abfrage_example_{place}", type="tertiary", on_click=_take, args=(example(name),))
    with st.form("abfrage_form", border=False):
        st.text_area(
            _("Abfrage"),
            key=address.QUERY,
            height=EDITOR_HEIGHT,
            max_chars=LONGEST,
            placeholder="SELECT channel, count(*) AS n FROM auswahl GROUP BY channel",
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, vertical_alignment="center", key="abfrage_run"):
            ran = st.form_submit_button(_("Ausführen (Strg + Enter)"), type="primary")
            choose.one_of(
                _("Zeitgrenze"),
                address.SECONDS_ALLOWED,
                address.SECONDS,
                lambda seconds: _("höchstens {n} s").format(n=seconds),
            )
    if ran:
        _ask()


def _take(query: str) -> None:
    st.session_state[address.QUERY] = query
    _ask()


def _ask() -> None:
    for choice in CHART_CHOICES:  # another answer has other columns
        st.session_state.pop(choice, None)
    st.session_state[ASKED] = Asked(st.session_state[address.QUERY], float(st.session_state[address.SECONDS]))


def schema() -> None:
    """The views, and the columns of one of them in words."""
    found = data.schema()
    views = list(found["view"].unique())
    view = st.pills(
        _("Sichten"),
        sorted(views, key=lambda name: name != SELECTION),
        default=SELECTION,
        required=True,
        key="abfrage_view",
        label_visibility="collapsed",
        wrap=True,
    )
    of_view = found[found["view"] == view]
    st.html(markup.grey(of_view["description"].iloc[0] + "."))
    columns = of_view[of_view["column"] != ""][["column", "description", "type"]]
    st.dataframe(
        columns.set_axis([_("Spalte"), _("Bedeutung"), _("Typ")], axis="columns"),
        hide_index=True,
        height=EDITOR_HEIGHT,
        key="abfrage_schema",
        column_config={_("Bedeutung"): st.column_config.TextColumn(width="large")},
    )


def answer(selection: Filter) -> None:
    """What the query brings: how many rows, files, a chart where there is a column of numbers, the table."""
    asked: Asked | None = st.session_state.get(ASKED)
    if asked is None or not asked.query.strip():
        st.html(markup.grey(_("Wählen Sie ein Beispiel oder schreiben Sie eine Abfrage.")))
        return
    try:
        with st.spinner(_("Die Abfrage läuft …"), show_time=True):
            found = data.query(asked.query, selection, asked.seconds)
    except QueryError as error:
        st.error(markup.literal(str(error)), icon=":material/error:")
        if error.detail:
            st.code(error.detail, language=None, wrap_lines=True)
        return
    shown = found.head(QUERY_ROWS)
    _head(asked, selection, len(found))
    if len(shown):
        _chart(asked, shown, selection)
    _table(shown)


def _head(asked: Asked, selection: Filter, rows: int) -> None:
    cut = _("Gezeigt werden die ersten {n} Zeilen; eine Datei enthält bis zu {more}.")
    note = cut.format(n=number(QUERY_ROWS), more=number(EXPORT_ROWS)) if rows > QUERY_ROWS else ""
    said, files = st.columns([5, 2], vertical_alignment="center")
    with said:
        st.html(markup.section(_rows(rows), note))
    with files, st.container(horizontal=True, horizontal_alignment="right", key="abfrage_files"):
        for form, mime in TYPES.items():
            st.download_button(
                form.upper() if form == "csv" else "Excel",
                lambda form=form: data.workspace().export_query(asked.query, selection, asked.seconds, form),
                file_name=f"{_('abfrage')}.{form}",
                mime=mime,
                key=f"abfrage_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _rows(n: int) -> str:
    if n > QUERY_ROWS:
        return _("Mehr als {n} Zeilen").format(n=number(QUERY_ROWS))
    return ngettext("{n} Zeile", "{n} Zeilen", n).format(n=number(n))


def _chart(asked: Asked, shown: pd.DataFrame, selection: Filter) -> None:
    numbers = result.numbers(shown)
    across = [name for name in shown if [name] != numbers]
    if not numbers or not across:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="abfrage_choices"):
        x = st.selectbox(_("Einteilung"), across, key=_kept("x", across, across[0]), width=220)
        y = st.selectbox(_("Wert"), numbers, key=_kept("y", numbers, _first_value(numbers, x)), width=220)
        marks = list(map(str, result.marks(shown[x])))
        names = {Mark.DOT: _("Punkte"), Mark.LINE: _("Linie"), Mark.BAR: _("Balken")}
        mark = st.segmented_control(
            _("Darstellung"), marks, key=_kept("mark", marks, marks[0]), format_func=names.get, required=True
        )
    rows = result.rows(shown, x, y)
    note = ngettext("{n} Wert, wie die Abfrage ihn liefert", "{n} Werte, wie die Abfrage sie liefert", len(rows))
    figures.show(
        Figure(
            "result",
            _("{value} nach {division}").format(value=y, division=x),
            note.format(n=number(len(rows))),
            rows,
            tables.plain(shown[list(dict.fromkeys([x, y]))]),
            f"ws.query({asked.query!r}, selection, seconds={asked.seconds:g})",
            f"cx.charts.answer(frame, {x!r}, {y!r}, {mark!r})",
            kpi=result.form(shown[x], mark),
        ),
        selection,
    )


def _first_value(numbers: list[str], x: str) -> str:
    """The last column of numbers: queries name what they divide by first, then the base, then the value."""
    return next((name for name in reversed(numbers) if name != x and name.lower() != "n"), numbers[-1])


def _kept(choice: str, possible: list[str], usual: str) -> str:
    """The key of a choice, set to the usual where it is none of the possible ones."""
    key = f"abfrage_{choice}"
    if st.session_state.get(key) not in possible:
        st.session_state[key] = usual
    return key


def _table(shown: pd.DataFrame) -> None:
    height = "content" if len(shown) < 12 else 430
    with st.container(key="abfrage_answer"):
        st.dataframe(tables.plain(shown), hide_index=True, key="abfrage_table", height=height)
