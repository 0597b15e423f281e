"""What the page of drivers lets choose: the predictors, and which part of the answer is shown. Both stand in the address."""

import streamlit as st

from cx.language import _
from cx.model.kpi import Predictors
from cx.ui import address
from cx.ui.address import Part


def predictors() -> str:
    """What the outcome is explained with."""
    names = {
        Predictors.PILLARS: _("Säulen"),
        Predictors.TOUCHPOINTS: _("Touchpoints"),
        Predictors.ITEMS: _("Umfragefragen"),
    }
    chosen = st.segmented_control(
        _("Womit wird erklärt?"),
        list(map(str, Predictors)),
        key=address.PREDICTORS,
        format_func=names.get,
        required=True,
        label_visibility="collapsed",
    )
    return chosen or str(Predictors.PILLARS)


def part() -> str:
    """Which part of the answer is shown."""
    names = {
        Part.IMPORTANCE: _("Wichtigkeit"),
        Part.EFFECTS: _("Effekte"),
        Part.SIDES: _("Verlust und Gewinn"),
        Part.WHAT_IF: _("Was wäre, wenn"),
        Part.CHECKS: _("Prüfung"),
    }
    chosen = st.segmented_control(
        _("Teil"),
        list(map(str, Part)),
        key=address.PART,
        format_func=names.get,
        required=True,
        label_visibility="collapsed",
    )
    return chosen or str(Part.IMPORTANCE)
