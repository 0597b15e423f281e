"""Daten laden: which file, what do its columns mean, and what has come in?"""

import streamlit as st

from cx.language import _
from cx.ui import access, furniture, layouts, navigation, uploads

navigation.enter()
line = _("CSV, Excel, ODS, JSON, Parquet oder ZIP, bis 500 MB. Alles bleibt auf diesem Rechner.")
furniture.plain_title(_("Daten laden"), line)
if not access.may_edit():
    uploads.only_looking()
    st.stop()

exports = uploads.exports()
if exports:
    export = uploads.chosen(exports)
    uploads.recognised(export)
    mapping = layouts.mapping(export)
    uploads.preview(export, mapping)
    uploads.import_button(exports, export, mapping)
else:
    uploads.introduction()
uploads.reports()
