"""Datenbestand: what is stored, how good is it, and what do the people behind it have a right to?"""

import streamlit as st

from cx.language import _
from cx.ui import access, furniture, navigation, rights, stock

navigation.enter()
editable = access.may_edit()
furniture.plain_title(_("Datenbestand"), _("Uploads, Datenqualität und die Rechte der Menschen hinter dem Feedback"))
if editable:
    stock.again()
stock.listed(editable=editable)
stock.quality()
if not editable:
    st.stop()
furniture.chapter(
    _("Persönliche Daten"), _("Namen und Kontaktdaten sind vor dem Speichern ersetzt, Kunden sind Pseudonyme.")
)
rights.person()
rights.retention()
stock.audit()
