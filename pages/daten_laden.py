"""Daten laden: which file, what do its columns mean, and what has come in?"""

import streamlit as st

from cx.language import _
from cx.ui import access, furniture, navigation, uploads

navigation.enter()
line = _("CSV oder Excel, bis 500 MB. Alles bleibt auf diesem Rechner.")
furniture.plain_title(_("Daten laden"), line)
if not access.may_edit():
    uploads.only_looking()
    uploads.listed(editable=False)
    st.stop()

table = uploads.table()
if table is not None:
    uploads.recognised(table)
    mapping = uploads.mapping(table)
    uploads.preview(table, mapping)
    uploads.import_button(table, mapping)
uploads.report()
uploads.rescoring()
uploads.listed(editable=True)
