"""Treiber: what moves the outcome, how surely, and where is it worth acting first?"""

import streamlit as st

from cx.language import _
from cx.ui import choose, data, driver_choices, driver_figures, filters, furniture, navigation, ordinal_figures
from cx.ui.address import Part

navigation.enter()
selection = filters.current()
furniture.title(_("Treiber"), selection)
if furniture.nothing_here(selection):
    st.stop()
answers = data.answers(selection)
if driver_choices.nothing_to_explain(answers):
    st.stop()

with st.container(horizontal=True, key="treiber_choices"):
    outcome = choose.outcome(answers)
    predictors = driver_choices.predictors(answers)

with st.spinner(_("Treiber werden gerechnet …"), show_time=True):
    explained = data.explained(outcome, selection, predictors)
drivers = explained.drivers
if drivers.empty:
    driver_figures.nothing(predictors)
    st.stop()

with st.container(horizontal=True, horizontal_alignment="distribute", key="treiber_parts"):
    part = driver_choices.part(predictors)
    crosshair = choose.crosshair() if part == Part.IMPORTANCE else ""
match part:
    case Part.IMPORTANCE:
        left, right = st.columns(2, gap="large")
        with left:
            driver_figures.importance(drivers, outcome, selection, predictors)
            driver_figures.caution()
        with right:
            driver_figures.importance_performance(drivers, crosshair, outcome, selection, predictors)
    case Part.EFFECTS:
        left, right = st.columns(2, gap="large")
        with left:
            driver_figures.effects(drivers, outcome, selection, predictors)
            driver_figures.sensitivity(drivers, outcome, predictors)
            ordinal_figures.beside(outcome, selection, predictors)
        with right:
            driver_figures.contributions(drivers, outcome, selection, predictors)
    case Part.SIDES:
        driver_figures.sides(drivers, outcome, selection, predictors)
    case Part.WHAT_IF:
        driver_figures.what_if(drivers, outcome, selection, predictors)
    case Part.CHECKS:
        driver_figures.checks(explained, outcome, predictors)
