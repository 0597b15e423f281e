"""Kanäle: how do channels and other segments differ for sure, and does a change come from their mix or their level?"""

import streamlit as st

from cx.language import _
from cx.ui import choose, data, filters, furniture, navigation, segment_figures, segments

navigation.enter()
selection = filters.current()
furniture.title(_("Kanäle"), selection)
if furniture.nothing_here(selection):
    st.stop()

first, second, third = st.columns([2, 4, 1], vertical_alignment="bottom")
with first:
    by = segments.by()
with second:
    parts = segments.parts(by, selection)
with third:
    segments.saved(selection)

compared = st.container()
left, right = st.columns(2, gap="large")
with right:
    kpi = choose.kpi(data.answers(selection))
    found = data.compare(by, selection, parts, kpi)
    segment_figures.split(found, kpi, selection)
with left:
    segment_figures.consistency(found, selection)
with compared:
    segment_figures.compared(found, selection)
