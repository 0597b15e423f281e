"""Modelle: what do other models of customer experience see in the same mentions?"""

import streamlit as st

from cx.language import _
from cx.ui import choose, data, filters, furniture, lens_figures, navigation

navigation.enter()
selection = filters.current()
furniture.title(_("Modelle"), selection)
if furniture.nothing_here(selection):
    st.stop()

key = choose.lens()
found = data.lens(key, selection)
if found.groups.empty:
    lens_figures.nothing()
    st.stop()

lens_figures.show(found, selection)
