"""The choices and figures of Zeitverlauf: one measure over time, the other measures that have shifted, what was said before and after."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from cx.analysis.themes import Contrast
from cx.charts import compiled, wording
from cx.language import _
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.model.kpi import Kpi
from cx.model.step import Step
from cx.report import series as told
from cx.report import themes
from cx.stats.series import Event, Series, end_of
from cx.ui import address, choose, data, figures, filters, markup, theme_figures
from cx.ui.figures import Figure, Picked

AUTOMATIC = "auto"


def measure(levels: pd.DataFrame) -> str:
    """Which KPI or pillar is shown; KPIs without answers are not offered."""
    possible = [*choose.answered(levels, Kpi), *taxonomy.pillar_keys()]
    if st.session_state[address.MEASURE] not in possible:
        st.session_state[address.MEASURE] = possible[0]
    variants = levels.set_index("kpi")["variant"]
    return st.selectbox(
        _("Messgröße"),
        possible,
        key=address.MEASURE,
        format_func=lambda key: told.name(key, variants.get(key, "")),
        on_change=_forget_event,
        filter_mode=None,
    )


def step(selection: Filter) -> str:
    """By which intervals; "" lets the length of the time choose. Those that give too many points are not offered."""
    names = {AUTOMATIC: _("Automatisch"), Step.DAY: _("Tage"), Step.WEEK: _("Wochen"), Step.MONTH: _("Monate")}
    possible = [AUTOMATIC, *map(str, data.steps(selection))]
    label = _("Zeitschritte")
    chosen = choose.one_of(
        label, possible, address.STEP, names.get, on_change=_forget_event, label_visibility="visible"
    )
    return "" if chosen == AUTOMATIC else chosen


def _forget_event() -> None:
    st.session_state[address.EVENT] = ""


def course(found: Series, selection: Filter) -> None:
    """The measure over time; a click narrows the period to that interval. Only the title where every interval is withheld."""
    measure, step, variant = found.measure, str(found.step), found.variant if found.measure == Kpi.CES else ""
    figures.show(
        Figure(
            "series",
            told.title(found),
            told.note(found),
            compiled.rows("series", found.points, measure, step, found.bands),
            lambda: told.table(found),
            f"ws.series({measure!r}, selection, {step!r})",
            f"cx.charts.over_time(frame.points, frame.bands, {measure!r}, {step!r})",
            lambda picked: _narrow(found, picked, selection),
            kpi=f"{measure}/{variant}/{step}",
        ),
        selection,
    )


def _narrow(found: Series, picked: Picked, selection: Filter) -> None:
    start = figures.day(picked["start"])
    narrowed = replace(selection, start=start, end=end_of(start, found.step), undated=False)
    if found.measure in list(Kpi):
        filters.lead("lagebild", narrowed, **{address.KPI: found.measure})
    else:
        filters.lead("stimmen", replace(narrowed, pillars=(found.measure,), touchpoints=(), lens_groups=(), labels=()))


def elsewhere(found: Series) -> None:
    """The other measures that have shifted, each a way to its course."""
    if not found.elsewhere:
        return
    st.html(markup.section(_("Auch verändert")))
    with st.container(gap=None, key="series_elsewhere"):
        for measure, shifts in found.elsewhere.items():
            st.button(
                markup.literal(told.elsewhere(measure, shifts, found)),
                key=f"term_series_{measure}",
                type="tertiary",
                on_click=_show,
                args=(measure,),
            )


def _show(measure: str) -> None:
    st.session_state[address.MEASURE] = measure
    _forget_event()


def event(found: Series) -> Event | None:
    """The shift or unusual interval before and after which words are compared: of several the clearest shift, or the one chosen."""
    events = {"" if place == 0 else event.start.isoformat(): event for place, event in enumerate(found.events)}
    if not events:
        return None
    st.html(markup.section(_("Was davor und danach gesagt wurde")))
    if len(events) == 1:
        _forget_event()
        return found.events[0]
    name = _("Zeitpunkt")
    return events[choose.one_of(name, events, address.EVENT, lambda key: told.event_name(events[key], found))]


def words(said: Contrast, event: Event, found: Series, selection: Filter) -> None:
    """The words that moved as dots with intervals, and sentences with each."""
    figures.show(
        Figure(
            "wording",
            themes.title(said.terms, wording.SINCE),
            f"{told.event_note(event)} {themes.note(said.feedbacks_a, said.feedbacks_b, said.tested, said.every, wording.SINCE)}",
            compiled.rows("wording", said.terms),
            lambda: themes.table(said.terms, wording.SINCE),
            f"ws.words_around({found.measure!r}, selection, {str(found.step)!r}, {event.start.isoformat()!r}).terms",
            f"cx.charts.distinctive_words(frame, {wording.SINCE!r})",
            lambda picked: filters.lead("stimmen", replace(selection, words=str(picked["key"]))),
            kpi=wording.SINCE,
            spot="_since",
        ),
        selection,
    )
    if said.terms["log_odds"].gt(0).nunique() == 2:
        theme_figures.quotes(said, wording.SINCE, selection)
    else:
        _one_side(said, selection)


def _one_side(said: Contrast, selection: Filter) -> None:
    """Sentences where one side alone has words of its own, over both columns."""
    half = (len(said.terms) + 1) // 2
    for column, place in zip(st.columns(2, gap="large"), (slice(half), slice(half, None)), strict=True):
        with column:
            theme_figures.listed(said, said.terms[place], selection, f"since{place.start or 0}", themes.figures)
