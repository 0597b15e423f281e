"""What the page of drivers lets choose: predictors, part of the answer, what a what-if moves and where to. All stand in the address."""

import pandas as pd
import streamlit as st

from cx.charts import words
from cx.language import _
from cx.model.kpi import Predictors
from cx.ui import address, choose
from cx.ui.address import Part

START = 10  # percent above today's level, where the slider of a what-if stands first
SLIDER = "treiber_slider"


def predictors() -> str:
    """What the outcome is explained with."""
    names = {
        Predictors.PILLARS: _("Säulen"),
        Predictors.TOUCHPOINTS: _("Touchpoints"),
        Predictors.ITEMS: _("Umfragefragen"),
    }
    return choose.one_of(_("Womit wird erklärt?"), Predictors, address.PREDICTORS, names.get)


def part() -> str:
    """Which part of the answer is shown."""
    names = {
        Part.IMPORTANCE: _("Wichtigkeit"),
        Part.EFFECTS: _("Effekte"),
        Part.SIDES: _("Verlust und Gewinn"),
        Part.WHAT_IF: _("Was wäre, wenn"),
        Part.CHECKS: _("Prüfung"),
    }
    return choose.one_of(_("Teil"), Part, address.PART, names.get)


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
