"""Treiber: what moves the outcome, how surely, and where is it worth acting first?"""

import streamlit as st

from cx.language import _
from cx.report import findings
from cx.ui import choose, data, figures, filters, furniture, navigation, notes

navigation.enter()
selection = filters.current()
furniture.title(_("Treiber"), selection)
if furniture.nothing_here(selection):
    st.stop()

left, right = st.columns(2, gap="large")
with left:
    outcome = choose.outcome(data.levels(selection))
if outcome is None:
    notes.no_outcome()
    st.stop()

with st.spinner(_("Treiber werden gerechnet …"), show_time=True):
    drivers = data.drivers(outcome, selection)
if drivers.empty:
    notes.too_few_for_drivers(outcome)
    st.stop()

with left:
    figures.drivers(drivers, outcome, selection)
    notes.importance()
with right:
    figures.importance_performance(drivers, choose.crosshair(), outcome, selection)
notes.suppressors(drivers)
notes.effects(drivers, outcome, findings.outcome_name(outcome))
