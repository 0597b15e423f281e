"""Themen: which words tell the selection from the rest, and what do customers speak of more and more?"""

import streamlit as st

from cx.language import _
from cx.ui import choose, data, filters, furniture, navigation, notes, theme_figures

navigation.enter()
selection = filters.current()
furniture.title(_("Themen"), selection)
if furniture.nothing_here(selection):
    st.stop()
if data.extent(selection)["with_text"] == 0:
    notes.no_text()
    st.stop()

with st.spinner(_("Wörter werden gezählt …"), show_time=True):
    against = choose.against(data.theme_choices(selection))
    found = data.themes(selection, against)

theme_figures.contrast(found.contrast, against, selection)
theme_figures.rising(found.rising, against, selection)
theme_figures.quotes(found.contrast, against, selection)
