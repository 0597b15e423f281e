"""The pages, and the way through the entry script.

A server whose very first visitor comes by a deep link runs that page alone, without app.py: Streamlit's old discovery of
`pages/` holds until `st.navigation` was called once. `enter` calls it and runs the script again, through app.py.
"""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from cx.language import _

ENTERED = "entered"
MARK = Path(__file__).with_name("mark.svg")
UNFILTERED = ("daten_laden", "datenbestand", "nachgerechnet")  # pages that show the same whatever is selected


def pages() -> StreamlitPage:
    """The navigation on top; gives back the page that is asked for."""
    return st.navigation(
        {
            "": [
                _first(),
                st.Page("pages/treiber.py", title=_("Treiber"), icon=":material/tune:"),
                st.Page("pages/stimmen.py", title=_("Stimmen"), icon=":material/forum:"),
                _spelled_out(),
            ],
            _("Analyse"): [
                st.Page("pages/saeulen.py", title=_("Säulen"), icon=":material/view_column:"),
                st.Page("pages/touchpoints.py", title=_("Touchpoints"), icon=":material/route:"),
                st.Page("pages/modelle.py", title=_("Modelle"), icon=":material/filter_center_focus:"),
                st.Page("pages/kanaele.py", title=_("Kanäle"), icon=":material/compare_arrows:"),
                st.Page("pages/zeitverlauf.py", title=_("Zeitverlauf"), icon=":material/show_chart:"),
                st.Page("pages/themen.py", title=_("Themen"), icon=":material/sell:"),
                st.Page("pages/gewichtung.py", title=_("Gewichtung"), icon=":material/balance:"),
                st.Page("pages/abfrage.py", title=_("Abfrage"), icon=":material/terminal:"),
            ],
            _("Daten"): [
                st.Page("pages/daten_laden.py", title=_("Daten laden"), icon=":material/upload:"),
                st.Page("pages/datenbestand.py", title=_("Datenbestand"), icon=":material/database:"),
            ],
            _("Verfahren"): [
                st.Page("pages/methode.py", title=_("Methode"), icon=":material/straighten:"),
                st.Page("pages/nachgerechnet.py", title=_("Nachgerechnet"), icon=":material/calculate:"),
            ],
        },
        position="top",
        expanded=True,  # on a phone, where the pages stand in the sidebar: else some hide behind an English "View more"
    )


def _first() -> StreamlitPage:
    """The page at the root of the app; it has to reserve some name, so that its own is free for `_spelled_out`."""
    return st.Page(
        "pages/lagebild.py", title=_("Lagebild"), icon=":material/monitoring:", default=True, url_path="start"
    )


def _spelled_out() -> StreamlitPage:
    """The first page under its own name too: whoever types it would be told in English that there is no such page."""
    return st.Page("pages/lagebild.py", title=_("Lagebild"), url_path="lagebild", visibility="hidden")


def is_filtered(page: StreamlitPage) -> bool:
    """Whether the filter bar bears on what the page shows."""
    return page.url_path not in UNFILTERED


def config() -> None:
    """Name, sign and layout of the browser's tab; without it a page's icon would be loaded from the internet as the sign."""
    st.set_page_config(page_title="CX-Explorer", page_icon=str(MARK), layout="wide")


def entered() -> None:
    """Note that this run has come through app.py."""
    st.session_state[ENTERED] = True


def enter() -> None:
    """Start again through app.py where this run has not come through it."""
    if not st.session_state.pop(ENTERED, False):
        config()
        pages()
        st.rerun()
