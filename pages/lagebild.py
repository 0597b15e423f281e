"""Lagebild: where do we stand, what has really changed, and since when?"""

import streamlit as st

from cx.language import _
from cx.report import findings
from cx.ui import choose, data, driver_figures, figures, filters, furniture, navigation, tiles

navigation.enter()
selection = filters.current()
furniture.title(_("Lagebild"), selection)
if furniture.nothing_here(selection):
    st.stop()

kpis = data.kpis(selection)
outcome = choose.first_outcome(kpis)
data.ahead(outcome, selection)
tiles.show(kpis, selection)

left, right = st.columns(2, gap="large")
with left:
    tiles.movements(data.movements(selection), kpis, selection)
    kpi = choose.kpi(kpis)
    title = findings.trend(kpis, kpi, data.compared(selection))
    figures.trend(data.trend(kpi, selection), kpi, title, selection)
with right:
    figures.pillars(data.pillars(selection), selection)
    driver_figures.importance(data.drivers(outcome, selection), outcome, selection)
figures.touchpoints(data.touchpoints(selection), selection)
