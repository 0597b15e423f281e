"""Gewichtung: what would the key figures be, if the sample were made up as the customers are?"""

import streamlit as st

from cx.language import _
from cx.ui import filters, furniture, navigation, weighting

navigation.enter()
selection = filters.current()
furniture.title(_("Gewichtung"), selection)
if furniture.nothing_here(selection):
    st.stop()

left, right = st.columns(2, gap="large")
with left:
    targets = weighting.chosen(selection)
if targets is None:
    st.stop()
with right:
    found = weighting.asked(targets, selection)
if found is None:
    st.stop()

with right:
    weighting.compared(found, targets, selection)
    weighting.weights(found)
