"""The ordinal model beside the adjusted effects of Treiber; worked out when somebody opens it."""

import streamlit as st

from cx import language
from cx.language import NO_NUMBER, _
from cx.model.filter import Filter
from cx.model.kpi import Predictors
from cx.report import driver_tables, ordinal
from cx.ui import address, data, markup


@st.fragment
def beside(outcome: str, selection: Filter, predictors: str) -> None:
    """Both effects as a table, folded away. Nothing for survey items."""
    language.use(st.session_state[address.LANGUAGE])  # a fragment runs again without app.py
    if predictors == Predictors.ITEMS:
        return
    with st.expander(_("Hält das auch im ordinalen Modell?"), key="treiber_ordinal", on_change="rerun") as place:
        if place.open:
            frame = data.ordinal(outcome, selection, predictors)
            st.html(markup.grey(ordinal.holds(frame)))
            st.dataframe(
                driver_tables.ordinal(frame, outcome),
                hide_index=True,
                placeholder=NO_NUMBER,
                key="treiber_ordinal_table",
            )
            st.html(markup.grey(ordinal.explained()))
