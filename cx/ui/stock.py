"""What is stored: the uploads with undo and redo, how good their data are, reading and masking again."""

import pandas as pd
import streamlit as st

from cx.language import NO_NUMBER, _, day, ngettext, number, percent
from cx.report import wording
from cx.text import languages
from cx.ui import data, furniture, layouts, learning, markup, uploads
from cx.ui.markup import Cell

ASKED = "stock_asked"  # (action, batch) that wants a confirmation
UNDO, REDO, PURGE = "undo", "redo", "purge"
UPLOADS_SHOWN = 50
MANY = 0.05  # a share of double texts from which on the cell is shaded


def again() -> None:
    """Offer to read all texts again where the reader is newer, and to mask them again where the rules are."""
    if data.is_outdated():
        _offer(
            _("Die Sprachanalyse ist neuer als die gelesenen Texte"),
            _("Gespeicherte Texte lassen sich in einem Schritt neu lesen. Ihre Berichtigungen bleiben erhalten."),
            _("Alle Texte neu lesen"),
            "rescore",
        )
    if data.needs_remasking():
        _offer(
            _("Die Regeln zum Schutz persönlicher Angaben sind neuer als der Bestand"),
            _("Gespeicherte Texte lassen sich noch einmal prüfen; was die neuen Regeln finden, wird ersetzt."),
            _("Bestand neu prüfen"),
            "remask",
        )


def _offer(title: str, note: str, label: str, action: str) -> None:
    st.html(markup.section(title, note))
    if st.button(label, key=action, icon=":material/refresh:"):
        bar = st.progress(0.0, text=_("Die Texte werden gelesen …"))
        n = getattr(data.workspace(), action)(lambda done, all_, what: furniture.show_progress(bar, done, all_, what))
        st.toast(ngettext("{n} Feedback neu gelesen", "{n} Feedbacks neu gelesen", n).format(n=number(n)))
        st.rerun()


# --- the uploads


def listed(*, editable: bool) -> None:
    """The uploads, newest first; each can be undone, and come back, where that is allowed."""
    found = data.batches()
    if found.empty:
        furniture.empty_database()
        return
    st.html(markup.section(_("Uploads"), _n_uploads(len(found))))
    for upload in found.head(UPLOADS_SHOWN).to_dict("records"):
        undone = pd.notna(upload["undone_at"])
        with st.container(horizontal=True, vertical_alignment="center", key=f"upload_{upload['id']}"):
            st.html(markup.upload(_title(upload), _line(upload)))
            if editable and not upload["demo"] and undone:
                _action(REDO, _("Wiederherstellen"), upload["id"])
                _action(PURGE, _("Endgültig löschen"), upload["id"])
            elif editable:
                _action(UNDO, _("Zurücknehmen"), upload["id"])
        if editable and not undone:
            learning.offered(int(upload["id"]))
    _confirm(found)


def _n_uploads(n: int) -> str:
    return ngettext("{n} Upload", "{n} Uploads, neueste zuerst", n).format(n=number(n))


def _title(upload: dict) -> str:
    name = layouts.header_name(upload["file_name"])
    if upload["demo"]:
        return _("{name} (fiktive Demodaten)").format(name=name)
    return _("{name} (zurückgenommen)").format(name=name) if pd.notna(upload["undone_at"]) else name


def _line(upload: dict) -> str:
    counts = [
        (_("neu"), upload["added"]),
        (_("aktualisiert"), upload["updated"]),
        (_("unverändert"), upload["duplicates"]),
        (_("zurückgewiesen"), upload["rejected"]),
        (_("weggelassen"), upload["left_out"]),
    ]
    said = ", ".join(f"{number(n)} {name}" for name, n in counts if n) or _("nichts Neues")
    return " · ".join((_("Upload {n}").format(n=upload["id"]), day(upload["imported_at"]), upload["source"], said))


def _action(action: str, label: str, batch: int) -> None:
    st.button(label, key=f"{action}_{batch}", type="tertiary", on_click=_ask, args=(action, int(batch)))


def _ask(action: str, batch: int) -> None:
    st.session_state[ASKED] = action, batch


def _confirm(found: pd.DataFrame) -> None:
    action, batch = st.session_state.pop(ASKED, ("", 0))
    chosen = found[found["id"] == batch]
    if chosen.empty:
        return
    upload = chosen.iloc[0].to_dict()
    if action == REDO:
        _act(REDO, upload)
    elif action == UNDO:
        st.dialog(_("Upload zurücknehmen?"))(_undo_dialog)(upload)
    else:
        st.dialog(_("Upload endgültig löschen?"))(_purge_dialog)(upload)


def _undo_dialog(upload: dict) -> None:
    n = int(upload["live"])
    gone = ngettext(
        "{n} Feedback aus dieser Datei zählt dann nicht mehr.",
        "{n} Feedbacks aus dieser Datei zählen dann nicht mehr.",
        n,
    )
    back = _("Was die Datei aktualisiert hat, ist wieder wie zuvor. Sie können den Upload hier wiederherstellen.")
    st.html(markup.section(_title(upload), f"{gone.format(n=number(n))} {back}"))
    if st.button(_("Ja, zurücknehmen"), type="primary", key="undo_yes"):
        _act(UNDO, upload)


def _purge_dialog(upload: dict) -> None:
    text = _("Alle Feedbacks dieser Datei werden gelöscht. Zurück kommen sie nur durch einen neuen Upload.")
    st.html(markup.section(_title(upload), text))
    if st.button(_("Ja, endgültig löschen"), type="primary", key="purge_yes"):
        _act(PURGE, upload)


def _act(action: str, upload: dict) -> None:
    n = getattr(data.workspace(), action)(int(upload["id"]))
    said = {
        UNDO: ngettext("{n} Feedback zurückgenommen", "{n} Feedbacks zurückgenommen", n),
        REDO: ngettext("{n} Feedback wiederhergestellt", "{n} Feedbacks wiederhergestellt", n),
        PURGE: ngettext("{n} Feedback gelöscht", "{n} Feedbacks gelöscht", n),
    }
    st.toast(said[action].format(n=number(n)))
    st.rerun()


# --- how good the data are


def quality() -> None:
    """How complete and how sound every upload is, and the whole."""
    stock = data.stock()
    if stock.uploads.empty:
        return
    st.html(
        markup.section(
            _("Wie vollständig die Daten sind"),
            _("Anteil der Feedbacks mit der jeweiligen Angabe. Je dunkler, desto vollständiger."),
        )
    )
    shown = [
        (f"{row['batch']} · {layouts.header_name(row['file_name'])}", row)
        for row in stock.uploads.head(UPLOADS_SHOWN).to_dict("records")
    ]
    whole = [(_("Alle zusammen"), stock.total.to_dict())] if len(shown) > 1 else []
    parts = {
        "text_share": _("Text"),
        "rating_share": _("Sterne"),
        "nps_share": _("NPS"),
        "date_share": _("Datum"),
        "channel_share": _("Kanal"),
        "product_share": _("Produkt"),
        "location_share": _("Ort"),
    }
    rows = [(name, [Cell(number(row["n"])), *(_share(row[part]) for part in parts)]) for name, row in whole + shown]
    st.html(markup.table([_("Upload"), _("Feedbacks"), *parts.values()], rows))
    st.html(
        markup.section(
            _("Was auffällt"), _("Unmögliche Daten, doppelte Texte, Sprachen und was ersetzt oder gezählt wurde.")
        )
    )
    head = [
        _("Upload"),
        _("nur Sterne"),
        _("gleiche Texte"),
        _("Zeichen je Text (Mitte · lang)"),
        _("andere Sprachen"),
        _("Datum vor 2000"),
        _("Datum in der Zukunft"),
        _("Text gelöscht"),
        _("persönliche Angaben ersetzt"),
        _("zweifelhafte Antworten"),
    ]
    st.html(markup.table(head, [(name, _oddities(row)) for name, row in whole + shown]))


def _share(share: float) -> Cell:
    return Cell(percent(share), None if pd.isna(share) else float(share))


def _oddities(row: dict) -> list[Cell]:
    lengths = NO_NUMBER if pd.isna(row["text_median"]) else f"{number(row['text_median'])} · {number(row['text_p90'])}"
    masked, doubtful = sum(row["masked"].values()), sum(row["doubtful"].values())
    doubts = ", ".join(f"{number(n)} × {wording.doubt_name(doubt)}" for doubt, n in row["doubtful"].items())
    foreign = {code: n for code, n in row["languages"].items() if code != languages.GERMAN}
    spoken = ", ".join(f"{languages.name(code, 'de')} {number(n)}" for code, n in foreign.items())
    return [
        Cell(percent(row["star_only_share"])),
        Cell(percent(row["same_text_share"], 1)),
        Cell(lengths),
        Cell(number(sum(foreign.values())), title=spoken),
        Cell(number(row["before_2000"])),
        Cell(number(row["in_future"])),
        Cell(number(row["text_deleted"])),
        Cell(number(masked), title=uploads.masked_words(row["masked"])),
        Cell(number(doubtful), title=doubts),
    ]


def audit() -> None:
    """What was done to stored feedback, newest first."""
    found = data.audit()
    if found.empty:
        return
    shown = pd.DataFrame(
        {
            _("Zeit (UTC)"): found["done_at"],
            _("Was"): found["action"].map(wording.action_name),
            _("Wer oder was"): [wording.subject_name(row.action, row.subject) for row in found.itertuples()],
            _("Feedbacks"): found["feedbacks"],
        }
    )
    st.html(
        markup.section(
            _("Protokoll"), _("Jede Änderung am Bestand. Personen stehen nur mit dem Anfang ihres Pseudonyms da.")
        )
    )
    st.dataframe(
        shown,
        hide_index=True,
        key="stock_audit",
        column_config={_("Zeit (UTC)"): st.column_config.DatetimeColumn(format="DD.MM.YYYY HH:mm")},
    )
