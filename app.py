"""CX-Explorer: page config, navigation, the shared filter bar, the one place that shows a CxError."""

import logging
from pathlib import Path

import streamlit as st

from cx import language
from cx.errors import CxError
from cx.language import _
from cx.ui import address, filters, furniture

MARK = str(Path(__file__).parent / "cx" / "ui" / "mark.svg")

st.set_page_config(page_title="CX-Explorer", page_icon=MARK, layout="wide")
address.seed()
language.use(st.session_state[address.LANGUAGE])
furniture.dress()
st.logo(furniture.wordmark(), size="large")
page = st.navigation(
    [
        st.Page("pages/lagebild.py", title=_("Lagebild"), icon=":material/monitoring:", default=True),
        st.Page("pages/treiber.py", title=_("Treiber"), icon=":material/tune:"),
        st.Page("pages/stimmen.py", title=_("Stimmen"), icon=":material/forum:"),
        st.Page("pages/daten_laden.py", title=_("Daten laden"), icon=":material/upload:"),
    ],
    position="top",
)
try:
    furniture.first_start()
    selection = filters.bar()
    furniture.language_switch()
    address.write(selection)
    filters.follow()
    page.run()
except CxError as error:
    st.error(str(error), icon=":material/error:")
except Exception:  # the last line of defence: a trace names files and data, and Streamlit's own sentence is English
    logging.getLogger("cx").exception("Unexpected error")
    st.error(
        _(
            "Hier ist etwas schiefgegangen, das die App nicht erwartet hat. Laden Sie die Seite neu; bleibt es dabei, steht der Grund im Protokoll des Servers."
        ),
        icon=":material/error:",
    )
