"""Rights of the people behind the feedback: information, erasure, retention."""

import streamlit as st

from cx.ingest.rights import CustomerData
from cx.language import _, ngettext, number
from cx.report import personal
from cx.ui import data, markup

FOUND, SEARCHED = "rights_found", "rights_searched"
FORMS = {"xlsx": "Excel", "json": "JSON", "csv": "CSV (ZIP)"}
MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "csv": "application/zip",
}
MONTHS = 24


def person() -> None:
    """Find what is stored of one person, hand it out, or delete it."""
    st.html(
        markup.section(
            _("Auskunft und Löschung (Art. 15 und 17 DSGVO)"),
            _(
                "Suchen Sie mit Name, E-Mail-Adresse oder Kundennummer, so wie sie in den Dateien stehen, oder mit dem Pseudonym."
            ),
        )
    )
    with st.form("rights_search", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        written = st.text_input(_("Wer?"), key="rights_who", label_visibility="collapsed", autocomplete="off")
        asked = st.form_submit_button(_("Suchen"), icon=":material/search:")
    if asked:
        st.session_state.pop(FOUND, None)
        st.session_state[FOUND] = data.workspace().customer_data(written)
    found: CustomerData | None = st.session_state.get(FOUND)
    if found is not None:
        _shown(found)


def _shown(found: CustomerData) -> None:
    n, texts = len(found.feedback), len(found.texts)
    st.html(
        markup.facts(
            [
                (_("Pseudonym"), found.customer_key),
                (_("Feedbacks, alle Fassungen"), number(n)),
                (_("Texte"), number(texts)),
                (_("Antworten auf Umfragefragen"), number(len(found.answers))),
                (_("Zurückgewiesene Zeilen"), number(found.rejects["line"].nunique())),
            ]
        )
    )
    with st.container(horizontal=True, key="rights_actions"):
        for form, name in FORMS.items():
            st.download_button(
                _("Auskunft als {form}").format(form=name),
                lambda form=form: personal.customer_file(found.tables(), form),
                file_name=f"auskunft_{found.customer_key[:8]}.{'zip' if form == 'csv' else form}",
                mime=MIMES[form],
                key=f"rights_{form}",
                icon=":material/download:",
                on_click="ignore",
            )
        if st.button(_("Alles über diese Person löschen"), key="rights_erase", icon=":material/delete:"):
            st.dialog(_("Wirklich löschen?"))(_erase)(found)


def _erase(found: CustomerData) -> None:
    n = len(found.feedback)
    gone = ngettext("{n} Feedback wird gelöscht", "{n} Feedbacks werden gelöscht", n).format(n=number(n))
    text = _("{gone}, auch aus den freien Seiten der Datenbankdatei. Das lässt sich nicht zurücknehmen.")
    st.html(markup.section(found.customer_key, text.format(gone=gone)))
    if st.button(_("Ja, endgültig löschen"), type="primary", key="rights_erase_yes"):
        with st.spinner(_("Die Datenbankdatei wird neu geschrieben …")):
            data.workspace().erase_customer(found.customer_key)
        st.session_state.pop(FOUND, None)
        st.toast(_("Gelöscht"))
        st.rerun()


def retention() -> None:
    """Delete texts that are older than a number of months; scores stay."""
    st.html(
        markup.section(
            _("Aufbewahrung"),
            _(
                "Texte, Antworten und zurückgewiesene Zeilen nach einer Frist löschen. Bewertungen und Säulen bleiben erhalten."
            ),
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="rights_retention"):
        months = st.number_input(
            _("Älter als … Monate"), min_value=1, max_value=600, value=MONTHS, step=1, key="rights_months", width=180
        )
        if st.button(_("Texte löschen …"), key="rights_retain"):
            st.dialog(_("Texte endgültig löschen?"))(_retain)(int(months))


def _retain(months: int) -> None:
    text = _("Alle Texte, die älter als {n} Monate sind, werden gelöscht, auch aus der Datenbankdatei. Zahlen bleiben.")
    st.html(markup.section("", text.format(n=number(months))))
    if st.button(_("Ja, Texte löschen"), type="primary", key="rights_retain_yes"):
        with st.spinner(_("Die Texte werden gelöscht …")):
            n = data.workspace().retain(months)
        st.toast(
            ngettext("{n} Feedback ist jetzt ohne Text", "{n} Feedbacks sind jetzt ohne Text", n).format(n=number(n))
        )
        st.rerun()
