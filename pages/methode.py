"""Methode: how does a score come about, how well are texts read, and what can a score not do?"""

import streamlit as st

from cx.language import _
from cx.ui import explaining, filters, furniture, navigation, notes, quality

navigation.enter()
selection = filters.current()
furniture.plain_title(_("Methode"), quality.line())

furniture.chapter(
    _("Wie ein Wert entsteht"),
    _("Schreiben Sie einen Satz, wie Kunden ihn schreiben: Jede Zahl ist eine Summe, die Sie nachrechnen können."),
)
explaining.example()

furniture.chapter(
    _("Wie gut gelesen wird"), _("An Aussagen, die Menschen beurteilt haben und von denen nichts gelernt wurde.")
)
engines = quality.chosen_engines()
left, right = st.columns(2, gap="large")
with left:
    quality.held_out(engines, selection)
    quality.aspects("pillar", selection)
    quality.coverage()
with right:
    quality.aspects("touchpoint", selection)

furniture.chapter(
    _("Wie gut es zu Ihren Daten passt"),
    _("Was die Wörter sagen, gegen die Sterne, die dieselben Menschen gegeben haben. Beides darf sich unterscheiden."),
)
if not furniture.nothing_here(selection):
    quality.stars(engines, selection)

furniture.chapter(
    _("Wo es schwierig wird"), _("Eigens geschriebene Sätze, jeder mit einer Schwierigkeit des Deutschen.")
)
quality.phenomena(selection)

furniture.chapter(_("Was der Wert nicht kann"), _("Gelesen werden Wörter, keine Absichten."))
notes.limits()
