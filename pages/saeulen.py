"""Säulen: how are the six pillars judged in each channel and each month, and where does one stand apart?"""

import streamlit as st

from cx.language import _
from cx.ui import data, filters, furniture, lens_figures, navigation, notes, pillar_figures

navigation.enter()
selection = filters.current()
furniture.title(_("Säulen"), selection)
if furniture.nothing_here(selection):
    st.stop()

found = data.pillar_map(selection)
if data.pillars(selection)["n"].sum() == 0:
    lens_figures.nothing()
    st.stop()
if found.channels.empty and found.months.empty:
    notes.no_parts()
    st.stop()

pillar_figures.channels(found, selection)
pillar_figures.months(found, selection)
