"""What the page of drivers lets choose: predictors, part of the answer, what a what-if moves and where to. All stand in the address."""

import pandas as pd
import streamlit as st

from cx.charts import words
from cx.language import _
from cx.model.filter import Filter
from cx.model.kpi import Kpi, Outcome, Predictors
from cx.model.limits import N_UNCERTAIN
from cx.ui import address, choose, data, filters, furniture, notes
from cx.ui.address import Part

START = 10  # percent above today's level, where the slider of a what-if stands first
SLIDER = "treiber_slider"


def nothing_to_explain(levels: pd.DataFrame) -> bool:
    """Show what drivers lack, if so, and the way to it: an outcome, or something to explain it with (`levels`: kpi, n)."""
    whole = data.answers(Filter())
    if not choose.answered(levels, Outcome):
        elsewhere = bool(choose.answered(whole, Outcome))
        notes.no_outcome(elsewhere)
    elif not _sets(levels):
        elsewhere = bool(_sets(whole))
        notes.no_predictors()
    else:
        return False
    if elsewhere:
        st.button(_("Filter zurücksetzen"), type="primary", key="treiber_reset", on_click=filters.reset)
    elif st.button(_("Daten laden"), type="primary", key="treiber_load"):
        st.switch_page(furniture.LOAD_PAGE)
    return True


def _sets(levels: pd.DataFrame) -> list[Predictors]:
    """The sets of predictors that there are: of texts where enough were read, of items where a survey asks rated questions."""
    texts = [Predictors.PILLARS, Predictors.TOUCHPOINTS]
    read = choose.answered(levels[levels["n"] >= N_UNCERTAIN], [Kpi.POLARITY])
    return [*(texts if read else []), *([Predictors.ITEMS] if data.choices("question") else [])]


def predictors(levels: pd.DataFrame) -> str:
    """What the outcome is explained with, of what there is."""
    names = {
        Predictors.PILLARS: _("Säulen"),
        Predictors.TOUCHPOINTS: _("Touchpoints"),
        Predictors.ITEMS: _("Umfragefragen"),
    }
    return choose.one_of(_("Womit wird erklärt?"), _sets(levels), address.PREDICTORS, names.get)


def part(predictors: str) -> str:
    """Which part of the answer is shown; survey items are never left unnamed and have no losses and gains."""
    names = {
        Part.IMPORTANCE: _("Wichtigkeit"),
        Part.EFFECTS: _("Effekte"),
        Part.SIDES: _("Verlust und Gewinn"),
        Part.WHAT_IF: _("Was wäre, wenn"),
        Part.CHECKS: _("Prüfung"),
    }
    possible = [each for each in Part if each != Part.SIDES or predictors != Predictors.ITEMS]
    return choose.one_of(_("Teil"), possible, address.PART, names.get)


def moved(movable: pd.DataFrame) -> pd.Series:
    """The row of the predictor that a what-if moves."""
    rows = movable.set_index("predictor", drop=False)
    if st.session_state[address.WHAT] not in rows.index:
        st.session_state[address.WHAT] = rows.index[0]
        _stay()
    chosen = st.selectbox(
        _("Was sich ändert"),
        list(rows.index),
        key=address.WHAT,
        format_func=words.aspect_name,
        on_change=_stay,
        filter_mode=None,
        width=360,
    )
    return rows.loc[chosen]


def level(label: str, now: int) -> int:
    """Where a what-if moves it from `now`, 0 … 100."""
    said = st.session_state[address.LEVEL]
    st.session_state[SLIDER] = min(now + START, 100) if said is None else said
    return st.slider(label, 0, 100, key=SLIDER, on_change=_move, width=520)


def _move() -> None:
    st.session_state[address.LEVEL] = st.session_state[SLIDER]


def _stay() -> None:
    st.session_state[address.LEVEL] = None
