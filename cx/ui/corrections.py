"""Saying it better than the reader: the dialog in which a statement's label, pillars and touchpoints are corrected."""

from collections.abc import Iterable

import streamlit as st

from cx import language
from cx.charts import words
from cx.language import _
from cx.model import taxonomy
from cx.model.correction import NONE, POLARITY, Correction, Dimension
from cx.model.kpi import Label
from cx.ui import address, data, markup
from cx.ui.markup import Chip, Mark

OPEN = "corrections_open"
PIECE = 60  # characters of a statement that a line quotes
Aspect = tuple[str, str]  # dimension and key


def button(position: int, row: dict) -> None:
    """Opens the dialog for one statement (a row of `Workspace.voices`)."""
    st.button(
        _("Berichtigen"),
        key=f"correct_{position}_{row['statement']}",
        type="tertiary",
        icon=":material/edit:",
        on_click=_ask,
        args=(row,),
    )


def _ask(row: dict) -> None:
    st.session_state[OPEN] = row


def chips(row: dict) -> list[Chip]:
    """ "berichtigt", with what the reader says instead."""
    if not len(row["corrections"]):
        return []
    read = [made["read_as"] for made in row["corrections"] if made["dimension"] == POLARITY]
    return [
        Chip(_("berichtigt, gelesen: {label}").format(label=words.label_name(read[0])) if read else _("berichtigt"))
    ]


def uncorrected(marks: list[Mark], made: Iterable[dict]) -> list[Mark]:
    """The marked words of a text without those of statements whose label a person has turned."""
    turned = [each for each in made if each["dimension"] == POLARITY and each["label"] != each["read_as"]]
    return [mark for mark in marks if all(mark.stop <= each["start"] or mark.start >= each["stop"] for each in turned)]


def listed(text: str, made: Iterable[dict]) -> None:
    """The corrections of a text, a line each."""
    for each in made:
        piece = text[each["start"] : each["stop"]]
        line = _("berichtigt: „{piece}“, {what} {label} (gelesen: {read})").format(
            piece=piece if len(piece) <= PIECE else piece[:PIECE] + " …",
            what=words.aspect_name(each["aspect"]) if each["aspect"] else _("Stimmung"),
            label=_name(each["label"]),
            read=_name(each["read_as"]),
        )
        st.html(markup.grey(line))


def _name(label: str | None) -> str:
    return _("nicht genannt") if label == NONE else words.label_name(label)


def opened() -> None:
    """The dialog, where one was opened."""
    row = st.session_state.pop(OPEN, None)
    if row is not None:
        st.dialog(_("Aussage berichtigen"))(_dialog)(row)


def _dialog(row: dict) -> None:
    language.use(st.session_state[address.LANGUAGE])
    st.html(markup.whole(row["text"], []))
    label = _label_box(row)
    named = {
        (str(dimension), each["aspect"]): each["label"]
        for dimension, key in ((Dimension.PILLAR, "pillars"), (Dimension.TOUCHPOINT, "touchpoints"))
        for each in row[key]
    }
    expected = {aspect: _followed(row, label, before) for aspect, before in named.items()}
    kept = {aspect: _aspect_box(row, label, aspect, now, removable=True) for aspect, now in expected.items()}
    fallback = label or str(Label.NEGATIVE)
    added = {aspect: _aspect_box(row, label, aspect, fallback, removable=False) for aspect in _more(row, named)}
    changes = _changes(row, label, expected, kept | added)
    with st.container(horizontal=True):
        if st.button(_("Speichern"), type="primary", key="correction_save", disabled=not changes):
            data.workspace().correct(row["statement"], *changes)
            st.rerun()
        if len(row["corrections"]) and st.button(_("Berichtigung zurücknehmen"), key="correction_withdraw"):
            data.workspace().withdraw_correction(*(made["id"] for made in row["corrections"]))
            st.rerun()


def _label_box(row: dict) -> str | None:
    labels = list(map(str, Label))
    current = row["label"] if isinstance(row["label"], str) else None
    return st.segmented_control(
        _("Stimmung der Aussage"),
        labels,
        default=current,
        format_func=words.label_name,
        key=f"correction_label_{row['statement']}",
        required=current is not None,
    )


def _followed(row: dict, label: str | None, before: str) -> str:
    """What an aspect's label becomes by itself when the label of its statement is turned (queries/corrections.sql)."""
    return label if label and label not in (row["label"], Label.MIXED) else before


def _aspect_box(row: dict, label: str | None, aspect: Aspect, current: str, *, removable: bool) -> str:
    labels = [*map(str, Label), *([NONE] if removable else [])]
    return st.selectbox(
        words.aspect_name(aspect[1]),
        labels,
        index=labels.index(current),
        format_func=_name,
        key=f"correction_{row['statement']}_{aspect[0]}_{aspect[1]}_{label}",
        filter_mode=None,
    )


def _more(row: dict, named: dict[Aspect, str]) -> list[Aspect]:
    pillars = [(str(Dimension.PILLAR), key) for key in taxonomy.pillar_keys()]
    touchpoints = [(str(Dimension.TOUCHPOINT), key) for key in taxonomy.touchpoint_keys()]
    return st.multiselect(
        _("Weitere Säulen und Touchpoints"),
        [aspect for aspect in pillars + touchpoints if aspect not in named],
        format_func=lambda aspect: words.aspect_name(aspect[1]),
        placeholder=_("keine"),
        key=f"correction_more_{row['statement']}",
        select_all=False,
    )


def _changes(row: dict, label: str | None, expected: dict[Aspect, str], said: dict[Aspect, str]) -> list[Correction]:
    """What differs from what is shown now, or follows from the new label by itself."""
    turned = [Correction(label)] if label is not None and label != row["label"] else []
    return turned + [Correction(chosen, *aspect) for aspect, chosen in said.items() if chosen != expected.get(aspect)]
