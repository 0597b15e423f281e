"""Stimmen: what do customers say in their own words, and which words carry the score?"""

import streamlit as st

from cx.language import _
from cx.ui import data, filters, furniture, navigation, notes, voices

navigation.enter()
selection = filters.current()
furniture.title(_("Stimmen"), selection)
voices.search()
if furniture.nothing_here(selection):
    st.stop()

counts = data.voice_counts(selection)
if counts["statements"] == 0:
    notes.no_text()
    st.stop()

said, files = st.columns([3, 2], vertical_alignment="center")
with said:
    st.caption(voices.counts(counts))
with files:
    voices.downloads(selection, counts["statements"])

voices.show(data.voices(selection, voices.page_of(counts["statements"])))
voices.pager(counts["statements"])
voices.opened()
