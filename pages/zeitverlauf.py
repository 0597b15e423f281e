"""Zeitverlauf: what has shifted and since when, which interval is unusual, and what was said before and after?"""

import streamlit as st

from cx.language import _
from cx.ui import data, filters, furniture, navigation, notes, series_figures

navigation.enter()
selection = filters.current()
furniture.title(_("Zeitverlauf"), selection)
if furniture.nothing_here(selection):
    st.stop()
if data.extent(selection)["n"] == data.extent(selection)["undated"]:
    notes.no_dates()
    st.stop()

left, right = st.columns([1, 2])
with left:
    measure = series_figures.measure(data.answers(selection))
with right:
    step = series_figures.step(selection)

found = data.series(measure, selection, step)
series_figures.course(found, selection)
series_figures.elsewhere(found)

event = series_figures.event(found)
if event is not None:
    with st.spinner(_("Wörter werden gezählt …"), show_time=True):
        said = data.words_between(event.after, event.before)
    series_figures.words(said, event, found, selection)
