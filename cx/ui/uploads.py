"""Files in: what was recognised, what the columns mean, the import with its report, the uploads and their undo."""

import io
from dataclasses import replace
from pathlib import PurePath

import pandas as pd
import streamlit as st

from cx.ingest.importing import ImportReport
from cx.ingest.mapping import Need
from cx.ingest.reading import Table
from cx.language import _, day, ngettext, number
from cx.model.columns import Column, Mapping
from cx.model.kpi import CesVariant
from cx.report.export import neutralised
from cx.ui import data, furniture, learning, markup

ROUND, TABLE, REPORT, UNDO = "upload_round", "upload_table", "upload_report", "upload_undo"
TYPES = ["csv", "tsv", "txt", "xlsx"]
GRID = 4  # boxes beside each other
UPLOADS_SHOWN = 50
ENCODINGS = {"cp1252": "Windows-1252", "windows-1252": "Windows-1252", "mac_roman": "Macintosh"}
REJECTS_SHOWN = 200
RATING_SCALES = ((1, 5), (5, 1), (1, 6), (6, 1), (1, 7), (1, 10), (0, 10), (0, 100), (100, 0))
CSAT_SCALES = ((1, 5), (5, 1), (1, 6), (6, 1), (1, 7), (1, 10), (0, 10))


def only_looking() -> None:
    """This visitor may not change data; say so kindly."""
    st.html(
        markup.section(
            _("Dieser geteilte Link ist zum Ansehen da"),
            _("Laden und zurücknehmen kann, wer an dem Rechner sitzt, auf dem die App läuft."),
        )
    )


def table() -> Table | None:
    """The table of the file that is chosen, read once; None without a file. Raises FileError where it is no table."""
    round_ = st.session_state.setdefault(ROUND, 0)
    file = st.file_uploader(
        _("Datei mit Feedback"), type=TYPES, key=f"upload_file_{round_}", label_visibility="collapsed"
    )
    if file is None:
        st.session_state.pop(TABLE, None)
        return None
    known = st.session_state.get(TABLE)
    if known is None or known[0] != file.file_id:
        st.session_state.pop(REPORT, None)
        with st.spinner(_("„{name}“ wird gelesen …").format(name=markup.literal(file.name))):
            known = file.file_id, data.workspace().read_table(file, file.name)
        st.session_state[TABLE] = known
    return known[1]


def recognised(found: Table) -> None:
    """Rows, columns, encoding and delimiter in plain words."""
    kind = _("Excel, Blatt „{sheet}“").format(sheet=found.sheet) if found.sheet else _csv_words(found)
    columns = len(found.headers)
    parts = [
        _n_rows(len(found)),
        ngettext("{n} Spalte", "{n} Spalten", columns).format(n=number(columns)),
        kind,
    ]
    st.html(markup.section(_("Erkannt: {name}").format(name=found.name), ", ".join(parts)))
    if found.damaged:
        text = _("{n} Zeichen passen nicht zur Kodierung und erscheinen als �. Prüfen Sie den Export.")
        st.warning(text.format(n=number(found.damaged)))


def _n_rows(n: int) -> str:
    return ngettext("{n} Zeile", "{n} Zeilen", n).format(n=number(n))


def _csv_words(found: Table) -> str:
    names = {
        ";": _("Semikolon"),
        ",": _("Komma"),
        "\t": _("Tabulator"),
        "|": _("senkrechter Strich"),
    }
    encoding = ENCODINGS.get(found.encoding or "", (found.encoding or "").upper())
    if found.delimiter is None:
        return _("Kodierung {encoding}, eine Spalte").format(encoding=encoding)
    return _("Kodierung {encoding}, getrennt durch {delimiter}").format(
        encoding=encoding, delimiter=names.get(found.delimiter, found.delimiter)
    )


def mapping(found: Table) -> Mapping:
    """Which column stands for what: proposed, and changed by the user."""
    proposed = data.workspace().propose(found)
    st.html(
        markup.section(_("Welche Spalte steht wofür?"), _("Vorgeschlagen aus Überschriften und Werten. Bitte prüfen."))
    )
    chosen = proposed
    places = _grid(len(Column))
    for place, column in zip(places, Column, strict=True):
        with place:
            chosen = chosen.with_column(column, _header_box(column, found, proposed))
    return _unsaid(found, chosen)


def _grid(count: int) -> list["st.delta_generator.DeltaGenerator"]:
    rows = [st.columns(GRID) for _row in range(-(-count // GRID))]
    return [place for row in rows for place in row][:count]


def _header_box(column: Column, found: Table, proposed: Mapping) -> str | None:
    headers = list(found.headers)
    header = proposed.header(column)
    return st.selectbox(
        column_name(column),
        headers,
        index=headers.index(header) if header in headers else None,
        key=f"map_{column}_{found.sha256[:12]}",
        placeholder=_("nicht in der Datei"),
    )


def _unsaid(found: Table, chosen: Mapping) -> Mapping:
    """Ask what the file does not say: scales, channel, source, export date."""
    needs = data.workspace().needs(found, chosen)
    mapped = {column for column, _header in chosen.columns}
    questions = [
        (Column.RATING in mapped, _rating_scale),
        (Column.CSAT in mapped, _csat_scale),
        (Column.CES in mapped, _ces_variant),
        (Column.DATE in mapped, _day_first),
        (Need.CHANNEL in needs, _channel),
        (Column.SOURCE not in mapped, _source),
        (Need.EXPORT_DATE in needs, _export_date),
    ]
    asked = [ask for needed, ask in questions if needed]
    if asked:
        st.html(markup.section(_("Was die Datei nicht selbst sagt")))
    for place, ask in zip(_grid(len(asked)), asked, strict=True):
        with place:
            chosen = ask(found, chosen)
    return chosen


def _scale_name(scale: tuple[float, float]) -> str:
    low, high = scale
    text = _("{low} bis {high}, {high} ist am besten") if low < high else _("{high} bis {low}, {high} ist am besten")
    return text.format(low=number(low), high=number(high))


def _scale_box(label: str, offered: tuple, proposed: tuple[float, float], key: str) -> tuple[float, float]:
    scales = list(dict.fromkeys([proposed, *offered]))
    return st.selectbox(label, scales, format_func=_scale_name, key=key)


def _rating_scale(found: Table, chosen: Mapping) -> Mapping:
    key = f"map_rating_scale_{found.sha256[:12]}"
    return replace(chosen, rating_scale=_scale_box(_("Skala der Sterne"), RATING_SCALES, chosen.rating_scale, key))


def _csat_scale(found: Table, chosen: Mapping) -> Mapping:
    key = f"map_csat_scale_{found.sha256[:12]}"
    return replace(chosen, csat_scale=_scale_box(_("Skala des CSAT"), CSAT_SCALES, chosen.csat_scale, key))


def _ces_variant(found: Table, chosen: Mapping) -> Mapping:
    names = {
        CesVariant.V1: _("CES 1.0: Aufwand 1–5, wenig ist gut"),
        CesVariant.V2: _("CES 2.0: Zustimmung 1–7, viel ist gut"),
    }
    variants = list(CesVariant)
    box = st.selectbox(
        _("Art des CES"),
        variants,
        index=variants.index(chosen.ces_variant),
        format_func=names.get,
        key=f"map_ces_{found.sha256[:12]}",
    )
    return replace(chosen, ces_variant=box)


def _day_first(found: Table, chosen: Mapping) -> Mapping:
    names = {True: _("Tag vor Monat (03.04. = 3. April)"), False: _("Monat vor Tag (03/04 = 4. März)")}
    order = [chosen.day_first, not chosen.day_first]
    box = st.selectbox(
        _("Schreibweise des Datums"), order, format_func=names.get, key=f"map_day_first_{found.sha256[:12]}"
    )
    return replace(chosen, day_first=box)


def _channel(found: Table, chosen: Mapping) -> Mapping:
    box = st.selectbox(
        _("Kanal aller Zeilen"),
        data.choices("channel"),
        index=None,
        key=f"map_all_channel_{found.sha256[:12]}",
        placeholder=_("wählen oder neu eingeben"),
        accept_new_options=True,
    )
    return replace(chosen, channel=(box or "").strip() or chosen.channel)


def _source(found: Table, chosen: Mapping) -> Mapping:
    proposed = chosen.source or PurePath(found.name).stem
    box = st.text_input(_("Quelle aller Zeilen"), proposed, key=f"map_all_source_{found.sha256[:12]}", max_chars=100)
    return replace(chosen, source=box.strip() or proposed)


def _export_date(found: Table, chosen: Mapping) -> Mapping:
    box = st.date_input(
        _("Tag des Exports"),
        chosen.export_date or "today",
        key=f"map_export_date_{found.sha256[:12]}",
        format="DD.MM.YYYY",
        help=_("Angaben wie „vor 2 Monaten“ werden von diesem Tag zurückgerechnet."),
    )
    return replace(chosen, export_date=box)


def column_name(column: Column) -> str:
    """What a canonical column is called on the screen."""
    names = {
        Column.TEXT: _("Text"),
        Column.TITLE: _("Titel"),
        Column.RATING: _("Sterne oder Note"),
        Column.NPS: _("NPS (0–10)"),
        Column.CSAT: _("CSAT"),
        Column.CES: _("CES"),
        Column.DATE: _("Datum"),
        Column.CHANNEL: _("Kanal"),
        Column.SOURCE: _("Quelle"),
        Column.PRODUCT: _("Produkt"),
        Column.LOCATION: _("Ort"),
        Column.LANGUAGE: _("Sprache"),
        Column.CUSTOMER: _("Kunde"),
        Column.SOURCE_ID: _("Nummer in der Quelle"),
        Column.REPLY: _("Antwort des Unternehmens"),
    }
    return names[column]


def preview(found: Table, chosen: Mapping) -> None:
    """The first rows as they would be stored; nothing where no column is mapped that could be."""
    if Need.USABLE in data.workspace().needs(found, chosen):
        return
    st.html(
        markup.section(
            _("So kommen die ersten zehn Zeilen an"), _("Personenbezogene Angaben im Text sind schon ersetzt.")
        )
    )
    rows = data.workspace().preview(found, chosen)
    known = {str(column): column_name(column) for column in Column} | {
        "line": _("Zeile"),
        "reason": _("Zurückgewiesen, weil"),
    }
    st.dataframe(
        rows.rename(columns=known),
        hide_index=True,
        column_config={_("Datum"): st.column_config.DatetimeColumn(format="DD.MM.YYYY")},
        placeholder="",
        key="upload_preview",
    )


def import_button(found: Table, chosen: Mapping) -> None:
    """Import on a click, with progress; then show the report."""
    unusable = Need.USABLE in data.workspace().needs(found, chosen)
    if unusable:
        st.warning(_("Ordnen Sie mindestens eine Spalte mit Text oder Bewertung zu."))
    label = _("{rows} importieren").format(rows=_n_rows(len(found)))
    if st.button(label, type="primary", key="upload_import", disabled=unusable):
        bar = st.progress(0.0, text=_("Der Import beginnt …"))
        report = data.workspace().import_table(
            found, chosen, lambda done, total, what: furniture.show_progress(bar, done, total, what)
        )
        st.session_state[REPORT] = report
        st.session_state[ROUND] += 1  # lets go of the uploaded file
        st.session_state.pop(TABLE, None)
        st.rerun()


def report() -> None:
    """What the last import of this session has done."""
    done: ImportReport | None = st.session_state.get(REPORT)
    if done is None:
        return
    st.html(markup.section(_("Import abgeschlossen"), _("In einem Schritt: ganz oder gar nicht.")))
    st.html(markup.facts(_counts(done)))
    for note in (*done.notes, *([_("Die Demodaten sind jetzt entfernt.")] if done.demo_removed else [])):
        st.html(markup.notice(note))
    _rejects(done)
    st.page_link("pages/lagebild.py", label=_("Zum Lagebild"), icon=":material/arrow_forward:")


def _counts(done: ImportReport) -> list[tuple[str, str]]:
    kinds = {"email": _("E-Mail-Adresse"), "phone": _("Telefonnummer"), "iban": _("IBAN")}
    masked = ", ".join(f"{number(n)} × {kinds.get(kind, kind)}" for kind, n in done.masked.items() if n)
    return [
        (_("Zeilen der Datei"), number(done.rows)),
        (_("Neu"), number(done.added)),
        (_("Schon vorhanden"), number(done.duplicates)),
        (_("Zurückgewiesen"), number(done.rejected)),
        (_("Ohne erkennbares Datum"), number(done.undated)),
        (_("Ersetzte persönliche Angaben"), masked or _("keine")),
        (_("Dauer"), _("{seconds} Sekunden").format(seconds=number(done.seconds, 1))),
    ]


def _rejects(done: ImportReport) -> None:
    if not len(done.rejects):
        return
    table = done.rejects[["line", "reason"]].rename(columns={"line": _("Zeile"), "reason": _("Grund")})
    st.dataframe(table.head(REJECTS_SHOWN), hide_index=True, key="upload_rejects", width="content")
    st.download_button(
        _("Zurückgewiesene Zeilen als CSV"),
        lambda: _csv(done.rejects),
        file_name=_("zurueckgewiesen.csv"),
        mime="text/csv",
        key="upload_rejects_csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _csv(rejects: pd.DataFrame) -> bytes:
    target = io.StringIO()
    rejects.map(neutralised).to_csv(target, index=False, sep=";")
    return target.getvalue().encode("utf-8-sig")


def rescoring() -> None:
    """Offer to read all texts again where they were read by an older reader; corrections stay."""
    if not data.is_outdated():
        return
    st.html(
        markup.section(
            _("Die Sprachanalyse ist neuer als die gelesenen Texte"),
            _("Gespeicherte Texte lassen sich in einem Schritt neu lesen. Ihre Berichtigungen bleiben erhalten."),
        )
    )
    if st.button(_("Alle Texte neu lesen"), key="rescore", icon=":material/refresh:"):
        bar = st.progress(0.0, text=_("Die Texte werden neu gelesen …"))
        n = data.workspace().rescore(lambda done, total, what: furniture.show_progress(bar, done, total, what))
        st.toast(ngettext("{n} Feedback neu gelesen", "{n} Feedbacks neu gelesen", n).format(n=number(n)))
        st.rerun()


def listed(*, editable: bool) -> None:
    """The uploads, newest first; each can be undone where that is allowed."""
    uploads = data.batches()
    if uploads.empty:
        return
    st.html(markup.section(_("Bisherige Uploads"), _n_uploads(len(uploads))))
    for upload in uploads.head(UPLOADS_SHOWN).to_dict("records"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"upload_{upload['id']}"):
            st.html(markup.upload(_upload_title(upload), _upload_line(upload)))
            if editable:
                st.button(
                    _("Zurücknehmen"),
                    key=f"undo_{upload['id']}",
                    type="tertiary",
                    on_click=_ask_undo,
                    args=(upload["id"],),
                )
        if editable:
            learning.offered(int(upload["id"]))
    _confirm_undo(uploads)


def _n_uploads(n: int) -> str:
    return ngettext("{n} Upload", "{n} Uploads, neueste zuerst", n).format(n=number(n))


def _upload_title(upload: dict) -> str:
    name = upload["file_name"]
    return _("{name} (fiktive Demodaten)").format(name=name) if upload["demo"] else name


def _upload_line(upload: dict) -> str:
    text = _("{day} · {source} · {added} neu, {duplicates} schon vorhanden, {rejected} zurückgewiesen")
    return text.format(
        day=day(upload["imported_at"]),
        source=upload["source"],
        added=number(upload["added"]),
        duplicates=number(upload["duplicates"]),
        rejected=number(upload["rejected"]),
    )


def _ask_undo(batch: int) -> None:
    st.session_state[UNDO] = int(batch)


def _confirm_undo(uploads: pd.DataFrame) -> None:
    batch = st.session_state.pop(UNDO, None)
    chosen = uploads[uploads["id"] == batch]
    if len(chosen):
        st.dialog(_("Upload zurücknehmen?"))(_undo_dialog)(chosen.iloc[0].to_dict())


def _undo_dialog(upload: dict) -> None:
    n = int(upload["added"])
    gone = ngettext(
        "Entfernt wird {n} Feedback aus dieser Datei.", "Entfernt werden {n} Feedbacks aus dieser Datei.", n
    )
    back = _("Zurück kommt es nur durch einen neuen Upload.")
    st.html(markup.section(_upload_title(upload), f"{gone.format(n=number(n))} {back}"))
    if st.button(_("Ja, zurücknehmen"), type="primary", key="undo_yes"):
        removed = data.workspace().undo(int(upload["id"]))
        st.session_state.pop(REPORT, None)
        st.toast(ngettext("{n} Feedback entfernt", "{n} Feedbacks entfernt", removed).format(n=number(removed)))
        st.rerun()
