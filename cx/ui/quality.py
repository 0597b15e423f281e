"""How well texts are read: engines side by side, aspects, the visitor's own stars, and one phenomenon of German after another."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from cx import text
from cx.charts import compiled, words
from cx.errors import CxError
from cx.language import _, number
from cx.model.filter import Filter
from cx.model.limits import N_UNCERTAIN
from cx.report import quality as told
from cx.report import reproduce, tables
from cx.text import quality
from cx.text.engines import CLASSIC, OURS
from cx.ui import address, data, figures, filters, markup
from cx.ui.figures import Figure
from cx.workspace import RATED_SAMPLE

COMPARE = "methode_compare"


def line() -> str:
    """The grey line under the page's name."""
    return _("Modell {version} · jede Zahl wird beim Öffnen der Seite gemessen").format(version=text.MODEL_VERSION)


def chosen_engines() -> tuple[str, ...]:
    """Ours, and on demand every other one."""
    try:
        others = data.engines()[1:]
    except CxError as error:
        st.error(markup.literal(str(error)), icon=":material/error:")
        others = (CLASSIC,)
    label = _("Mit anderen Sprachanalysen vergleichen ({names}; dauert einige Sekunden)").format(
        names=", ".join(map(words.engine_name, others))
    )
    return (OURS, *others) if st.toggle(label, key=COMPARE) else (OURS,)


def _read(engines: tuple[str, ...], what: str, ask: Callable[[str], pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """What each engine makes of the texts; one that goes wrong is named and left out."""
    found = {}
    for engine in engines:
        wait = _("{what} werden gelesen: {engine} …").format(what=what, engine=words.engine_name(engine))
        try:
            with st.spinner(markup.literal(wait), show_time=True):
                found[engine] = ask(engine)
        except CxError as error:
            st.error(markup.literal(str(error)), icon=":material/error:")
    return found


def held_out(engines: tuple[str, ...], selection: Filter) -> None:
    """The statements that nothing was learned from: engines side by side, and what is confused with what."""
    n = data.measured("held_out_size")
    what = _("{n} Prüfsätze").format(n=number(n))
    found = _read(engines, what, lambda engine: data.measured("held_out", engine))
    frame = data.measured("beside", found)
    figures.show(
        Figure(
            "engines",
            told.engines(frame),
            told.engines_note(frame),
            compiled.rows("engines", frame),
            partial(tables.engines, frame),
            "",
            "",
            code=reproduce.quality_code(f"quality.compared({tuple(found)!r})", "cx.charts.engines(frame)"),
        ),
        selection,
    )
    _confusion(found[OURS], "", "quality.confusion(quality.held_out())", selection)


def _confusion(read: pd.DataFrame, spot: str, question: str, selection: Filter, *, database: bool = False) -> None:
    table = quality.confusion(read, quality.THREE if database else quality.FOUR)
    code = "" if database else reproduce.quality_code(question, "cx.charts.confusion(frame)")
    figures.show(
        Figure(
            "confusion",
            told.confusion(table),
            told.confusion_note(),
            compiled.rows("confusion", table),
            partial(tables.confusion, table),
            question,
            "cx.charts.confusion(frame)",
            spot=spot,
            code=code,
        ),
        selection,
    )


def aspects(dimension: str, selection: Filter) -> None:
    """How well the pillars or the touchpoints are found; a click leads to the voices on one."""
    every = data.measured("aspects")
    frame = every[every["dimension"] == dimension]
    field = {"pillar": "pillars", "touchpoint": "touchpoints"}[dimension]
    figures.show(
        Figure(
            "found_aspects",
            told.aspects(frame),
            told.aspects_note(frame),
            compiled.rows("found_aspects", frame),
            partial(tables.found_aspects, frame),
            "",
            "",
            lambda picked: filters.lead("stimmen", replace(selection, **{field: (str(picked["key"]),)})),
            spot=f"_{dimension}",
            code=reproduce.quality_code(
                f"quality.aspects().query(\"dimension == '{dimension}'\")", "cx.charts.found_aspects(frame)"
            ),
        ),
        selection,
    )


def coverage() -> None:
    """How many statements that should name an aspect get one."""
    st.html(markup.grey(told.coverage(data.measured("coverage"))))


def stars(engines: tuple[str, ...], selection: Filter) -> None:
    """Words against stars on the visitor's own feedback; a sentence where there are too few stars."""
    what = _("Feedbacks mit Sternen, höchstens {n},").format(n=number(RATED_SAMPLE))
    ours = _read((OURS,), what, lambda engine: data.against_stars(selection, engine))[OURS]
    if len(ours) < N_UNCERTAIN:
        st.html(
            markup.section(
                _("In dieser Auswahl stehen zu wenige Feedbacks mit Sternen und Text"),
                _(
                    "Gebraucht werden mindestens {n}: Laden Sie Bewertungen mit Sternen oder setzen Sie Filter zurück."
                ).format(n=number(N_UNCERTAIN)),
            )
        )
        return
    found = _read(engines, what, lambda engine: data.against_stars(selection, engine))
    frame = quality.beside(found)
    left, right = st.columns(2, gap="large")
    with left:
        figures.show(
            Figure(
                "engines",
                told.stars(frame),
                told.stars_note(len(ours), int(ours["total"].iloc[0])),
                compiled.rows("engines", frame),
                partial(tables.engines, frame),
                f"cx.text.quality.beside({{e: ws.against_stars(selection, e) for e in {tuple(found)!r}}})",
                "cx.charts.engines(frame)",
                spot="_stars",
            ),
            selection,
        )
    with right:
        question = "cx.text.quality.confusion(ws.against_stars(selection), cx.text.quality.THREE)"
        _confusion(ours, "_stars", question, selection, database=True)


def phenomena(selection: Filter) -> None:
    """The challenge set, phenomenon by phenomenon; a click or a choice opens the cases that are read wrongly."""
    try:
        cases = data.measured("challenge")
    except CxError as error:
        st.info(markup.literal(str(error)), icon=":material/info:")
        return
    frame = quality.phenomena(cases)
    left, right = st.columns(2, gap="large")
    with left:
        figures.show(
            Figure(
                "phenomena",
                told.phenomena(frame),
                told.phenomena_note(frame),
                compiled.rows("phenomena", frame),
                partial(tables.phenomena, frame),
                "",
                "",
                _pick,
                code=reproduce.quality_code("quality.phenomena(quality.challenge())", "cx.charts.phenomena(frame)"),
            ),
            selection,
        )
    with right:
        _failed(cases, frame)


def _pick(picked: dict[str, object]) -> None:
    st.session_state[address.PHENOMENON] = str(picked["key"])


def _failed(cases: pd.DataFrame, frame: pd.DataFrame) -> None:
    """The cases of one phenomenon that are read wrongly; the weakest phenomenon first."""
    st.html(markup.section(_("Was falsch gelesen wird"), _("Wählen Sie ein Phänomen, hier oder im Diagramm.")))
    weakest = frame.iloc[::-1]["phenomenon"].tolist()
    chosen = st.selectbox(
        _("Phänomen"), weakest, key=address.PHENOMENON, format_func=words.phenomenon_name, label_visibility="collapsed"
    )
    failed = cases[(cases["phenomenon"] == chosen) & ~cases["right"]]
    if failed.empty:
        st.html(markup.grey(_("Alle Sätze zu diesem Phänomen sind richtig gelesen.")))
        return
    st.html(
        markup.cases(
            (row["text"], words.label_name(row["wanted"]), words.label_name(row["got"]))
            for row in failed.to_dict("records")
        )
    )
