"""Abfrage: what do I want to know that no page shows?"""

import streamlit as st

from cx.language import _
from cx.ui import filters, furniture, navigation, querying

navigation.enter()
selection = filters.current()
furniture.title(_("Abfrage"), selection)
if furniture.nothing_here(selection):
    st.stop()

left, right = st.columns([3, 2], gap="large")
with left:
    querying.editor()
with right:
    querying.schema()
querying.answer(selection)
