"""CX-Explorer: page config, navigation, the shared filter bar, the one place that shows a CxError."""

import logging

import streamlit as st

from cx import language
from cx.errors import CxError
from cx.language import _
from cx.ui import address, figures, filters, furniture, markup, navigation

navigation.config()
address.seed()
language.use(st.session_state[address.LANGUAGE])
furniture.dress()
navigation.entered()
page = navigation.pages()
try:
    furniture.first_start()
    selection = filters.bar() if navigation.is_filtered(page) else filters.hidden()
    furniture.language_switch()
    address.write(selection)
    filters.follow()
    figures.begin()
    page.run()
    figures.notebook_button(page.title, page.url_path, selection)
except CxError as error:
    st.error(markup.literal(str(error)), icon=":material/error:")
except Exception:  # the last line of defence: a trace names files and data, and Streamlit's own sentence is English
    logging.getLogger("cx").exception("Unexpected error")
    st.error(
        _(
            "Hier ist etwas schiefgegangen, das die App nicht erwartet hat. Laden Sie die Seite neu; bleibt es dabei, "
            "steht der Grund im Protokoll des Servers."
        ),
        icon=":material/error:",
    )
