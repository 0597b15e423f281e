"""Stimmen: what do customers say in their own words, which words carry the score, and where does the rating disagree?"""

import streamlit as st

from cx.language import _
from cx.ui import choose, contradictions, data, filters, furniture, navigation, notes, voices
from cx.ui.address import View

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

if choose.view() == View.CONTRADICTIONS:
    share = data.contradiction_share(selection)
    if share["n"] == 0:
        contradictions.none()
        st.stop()
    said, files = st.columns([5, 2], vertical_alignment="center")
    with said:
        st.caption(contradictions.share(share))
    with files:
        voices.downloads(selection, share["n"], voices.CONTRADICTIONS)
    contradictions.note()
    contradictions.show(data.contradictions(selection, voices.page_of(share["n"])))
    voices.pager(share["n"])
    voices.opened()
    st.stop()

said, files = st.columns([5, 2], vertical_alignment="center")
with said:
    st.caption(voices.counts(counts))
with files:
    voices.downloads(selection, counts["statements"])

voices.show(data.voices(selection, voices.page_of(counts["statements"])))
voices.pager(counts["statements"])
voices.opened()
