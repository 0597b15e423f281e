"""Touchpoints: how does the journey feel from discovering to staying, and which pillar decides where?"""

import streamlit as st

from cx.language import _
from cx.ui import choose, data, filters, furniture, lens_figures, navigation, pillar_figures

navigation.enter()
selection = filters.current()
furniture.title(_("Touchpoints"), selection)
if furniture.nothing_here(selection):
    st.stop()

across = choose.across()
found = data.touchpoint_map(selection, across)
if found.touchpoints.empty:
    lens_figures.nothing()
    st.stop()

left, right = st.columns(2, gap="large")
with left:
    pillar_figures.journey(found, across, selection)
with right:
    pillar_figures.touchpoints(found, across, selection)
