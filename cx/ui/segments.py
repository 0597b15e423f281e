"""What is compared on Kanäle: the choice of segments, and saved ones. Their names are untrusted text."""

import streamlit as st

from cx.charts import segments as cells
from cx.errors import CxError
from cx.language import _
from cx.language import current as spoken
from cx.model.filter import Filter
from cx.model.segment import PERIODS, By
from cx.text import languages
from cx.ui import access, address, data, filters, markup

NAME = "segment_name"
SAID = "segment_said"  # (whether it worked, what is to be said of it)
LEAST = 2


def by() -> str:
    """What the selection is divided by."""
    names = {
        By.CHANNEL: _("Kanal"),
        By.PRODUCT: _("Produkt"),
        By.LOCATION: _("Ort"),
        By.SOURCE: _("Quelle"),
        By.LANGUAGE: _("Sprache"),
        By.MONTH: _("Monat"),
        By.QUARTER: _("Quartal"),
        By.YEAR: _("Jahr"),
        By.SEGMENT: _("Gespeicherte Segmente"),
    }
    return st.selectbox(
        _("Vergleichen nach"),
        list(map(str, By)),
        key=address.BY,
        format_func=names.get,
        on_change=_forget_parts,
        filter_mode=None,
    )


def _forget_parts() -> None:
    st.session_state[address.PARTS] = []


def parts(by: str, selection: Filter) -> tuple[str, ...]:
    """Only these segments, where somebody chooses; else none, which means all."""
    possible = _possible(by, selection)
    st.session_state[address.PARTS] = [part for part in st.session_state[address.PARTS] if part in possible]
    chosen = st.multiselect(
        _("Nur diese (zwei werden gegeneinander geprüft)"),
        possible,
        key=address.PARTS,
        format_func=lambda key: name(by, key),
        placeholder=_("Alle"),
        select_all=False,
    )
    return tuple(chosen)


def _possible(by: str, selection: Filter) -> list[str]:
    if by == By.SEGMENT:
        return list(data.segments()["name"])
    if by in PERIODS:
        return data.periods(by, selection)
    return [value for value in data.choices(by) if value in (getattr(selection, f"{by}s") or (value,))]


def name(by: str, key: str) -> str:
    """What a segment is called on the screen."""
    return languages.name(key, spoken()) if by == By.LANGUAGE else cells.segment_name(by, key)


def saved(selection: Filter) -> None:
    """Keep the current selection under a name, and delete kept ones; only a list where nothing may be changed."""
    with st.popover(_("Segmente"), icon=":material/bookmark:", width="stretch"):
        found = data.segments()
        if access.may_edit():
            _save(selection)
        if found.empty:
            st.html(markup.grey(_("Noch keine Segmente gespeichert.")))
        for row in found.itertuples():
            st.html(markup.upload(row.name, " · ".join(_described(row.selection))))
        if access.may_edit() and len(found):
            chosen = st.selectbox(_("Segment"), list(found["name"]), key="segment_chosen", filter_mode=None)
            st.button(_("Löschen"), key="segment_delete", on_click=_delete, args=(chosen,))


def _described(selection: Filter) -> list[str]:
    period = [filters.period_text(selection)] if selection.start or selection.end or selection.undated else []
    return [*period, *filters.described(selection)]


def _save(selection: Filter) -> None:
    st.text_input(_("Name"), key=NAME, max_chars=None, placeholder=_("zum Beispiel Telefon seit August"))
    st.button(
        _("Auswahl als Segment speichern"), key="segment_save", type="primary", on_click=_saved, args=(selection,)
    )
    if said := st.session_state.pop(SAID, None):
        worked, text = said
        (st.success if worked else st.error)(markup.literal(text))


def _saved(selection: Filter) -> None:
    if not access.may_edit():
        return
    try:
        kept = data.workspace().save_segment(st.session_state[NAME], selection)
    except CxError as error:
        st.session_state[SAID] = False, str(error)
        return
    st.session_state[NAME] = ""
    st.session_state[SAID] = True, _("„{name}“ ist gespeichert.").format(name=kept)


def _delete(name: str) -> None:
    if not access.may_edit():
        return
    try:
        data.workspace().delete_segment(name)
    except CxError as error:
        st.session_state[SAID] = False, str(error)


def too_few(found_by: str, n: int, left_out: tuple[str, ...]) -> bool:
    """Say what is missing where there are not two segments; and which saved ones cannot be crossed with the filter."""
    if left_out:
        text = _("Nicht mit dem Filter zu kreuzen und deshalb weggelassen: {names}")
        st.html(markup.grey(text.format(names=", ".join(left_out))))
    if n >= LEAST:
        return False
    if found_by == By.SEGMENT:
        note = _(
            "Stellen Sie links einen Filter ein und speichern Sie ihn unter „Segmente“. Ab zwei Segmenten wird verglichen."
        )
    else:
        note = _(
            "In dieser Auswahl steht dazu nicht mehr als ein Wert. Nehmen Sie einen Filter heraus oder vergleichen Sie anders."
        )
    st.html(markup.section(_("Für einen Vergleich braucht es zwei Segmente"), note))
    return True
