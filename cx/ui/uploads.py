"""Files in: what was recognised, the first rows, the import with its report."""

import io
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cx.errors import FileError
from cx.ingest.importing import ImportReport, Outcome
from cx.ingest.mapping import Need
from cx.ingest.reading import Export
from cx.language import _, current, ngettext, number
from cx.model.columns import Column, Mapping
from cx.report import wording
from cx.report.export import neutralised
from cx.ui import data, furniture, layouts, markup

ROUND, EXPORTS, REPORTS, SHEET = "upload_round", "upload_exports", "upload_reports", "upload_sheet"
REFUSED = "upload_refused"  # why files are no tables, by file, sheet and language
TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "json", "jsonl", "ndjson", "parquet", "zip"]
ENCODINGS = {
    "cp1252": "Windows-1252",
    "windows-1252": "Windows-1252",
    "iso8859-1": "Latin-1",
    "iso8859-15": "Latin-9",
    "mac_roman": "Macintosh",
}
FORMS = {"json": "JSON", "jsonl": "JSON Lines", "parquet": "Parquet"}
REASONS_SHOWN, LINES_SHOWN = 10, 20


@dataclass(frozen=True)
class Done:
    """An import of this session; the file stays at hand for downloads of its own rows."""

    report: ImportReport
    export: Export


@dataclass(frozen=True)
class Refused:
    """A file among several that could not be imported, and why."""

    name: str
    why: str


def only_looking() -> None:
    """This visitor may not change data; say so kindly."""
    st.html(
        markup.section(
            _("Dieser geteilte Link ist zum Ansehen da"),
            _("Laden und zurücknehmen kann, wer an dem Rechner sitzt, auf dem die App läuft."),
        )
    )


def introduction() -> None:
    """What can be loaded and what becomes of it; nothing where an import has just ended."""
    if st.session_state.get(REPORTS):
        return
    points = [
        (
            _("Was Sie laden können"),
            _(
                "Bewertungen und Umfragen so, wie sie exportiert werden. Über 20 Quellen erkennt die App an ihren Überschriften, darunter Google, "
                "Trustpilot, Qualtrics und LimeSurvey. Jede andere Tabelle ordnen Sie einmal zu."
            ),
        ),
        (
            _("Was vor dem Speichern geschieht"),
            _(
                "Namen, E-Mail-Adressen, Telefonnummern und andere persönliche Angaben werden durch Platzhalter ersetzt. Sie sehen die "
                "ersten zehn Zeilen, bevor Sie importieren."
            ),
        ),
        (
            _("Was danach gilt"),
            _(
                "Dieselbe Datei bringt beim zweiten Mal nichts doppelt. Jeder Upload lässt sich unter „Datenbestand“ zurücknehmen."
            )
            + (" " + _("Mit Ihrer ersten Datei verschwinden die Demodaten.") if data.is_demo() else ""),
        ),
    ]
    st.html(markup.section(_("So kommt Ihr Feedback herein")))
    st.html(markup.points(points))


def exports() -> list[Export]:
    """The tables of the files that are chosen, each file opened once; of those that are no table it says why, and goes on with the others."""
    round_ = st.session_state.setdefault(ROUND, 0)
    files = st.file_uploader(
        _("Dateien mit Feedback"),
        type=TYPES,
        accept_multiple_files=True,
        key=f"upload_file_{round_}",
        label_visibility="collapsed",
    )
    if files:
        st.session_state.pop(REPORTS, None)
    known: dict[tuple[str, str | None], list[Export]] = st.session_state.get(EXPORTS, {})
    refused: dict[tuple[str, str | None, str], str] = st.session_state.setdefault(REFUSED, {})
    opened = {}
    for file in files:
        place, said = _place(file), (*_place(file), current())
        if place in known:
            opened[place] = known[place]
        elif said not in refused:
            try:
                opened[place] = _opened(file, place[1])
            except FileError as error:
                refused[said] = str(error)
        if said in refused:
            st.error(markup.literal(refused[said]), icon=":material/error:")
    st.session_state[EXPORTS] = opened
    return [export for tables in opened.values() for export in tables]


def _place(file: UploadedFile) -> tuple[str, str | None]:
    """Which file, and which of its sheets (None: the first with a table)."""
    return file.file_id, st.session_state.get(f"{SHEET}_{file.file_id}")


def _opened(file: UploadedFile, sheet: str | None) -> list[Export]:
    name = layouts.file_name(file.name)
    with st.spinner(_("„{name}“ wird gelesen …").format(name=markup.literal(name))):
        return data.workspace().open_exports(file, name, sheet)


def chosen(found: list[Export]) -> Export:
    """The table that is looked at, of several the one that the visitor picks; of a workbook the sheet."""
    position = 0
    if len(found) > 1:
        place = st.selectbox(
            _("Angesehene Datei"),
            range(len(found)),
            format_func=lambda n: layouts.header_name(found[n].name),
            key=f"upload_looked_at_{st.session_state[ROUND]}",
            help=_("Dateien mit denselben Überschriften teilen sich die Zuordnung."),
        )
        position = int(place or 0)
    _sheet(found[position])
    return found[position]


def _sheet(export: Export) -> None:
    """Another sheet of the workbook, where it holds several tables; the file is opened anew with it."""
    file = next(file for (file, _sheet), tables in st.session_state[EXPORTS].items() if export in tables)
    if len(export.sheets) > 1:
        st.selectbox(
            _("Tabellenblatt"),
            list(export.sheets),
            index=export.sheets.index(export.sheet),
            key=f"{SHEET}_{file}",
            format_func=layouts.header_name,
        )


def recognised(found: Export) -> None:
    """Rows, columns, encoding and delimiter in plain words."""
    columns = len(found.headers)
    parts = [
        _n_rows(len(found)),
        ngettext("{n} Spalte", "{n} Spalten", columns).format(n=number(columns)),
        _form_words(found),
    ]
    if found.header_rows > 1:
        parts.append(_("{n} Kopfzeilen").format(n=number(found.header_rows)))
    st.html(markup.section(_("Erkannt: {name}").format(name=layouts.header_name(found.name)), ", ".join(parts)))
    if found.damaged:
        text = _("{n} Zeichen passen nicht zur Kodierung und erscheinen als �. Prüfen Sie den Export.")
        st.warning(text.format(n=number(found.damaged)))


def _n_rows(n: int) -> str:
    return ngettext("{n} Zeile", "{n} Zeilen", n).format(n=number(n))


def _form_words(found: Export) -> str:
    if found.sheet is not None:
        return _("Tabellenblatt „{sheet}“").format(sheet=layouts.header_name(found.sheet))
    if found.form in FORMS:
        return FORMS[found.form]
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


def preview(found: Export, mapping: Mapping) -> None:
    """The first rows as they would be stored, and what will be masked; nothing where no column is mapped that could be."""
    if Need.USABLE in data.workspace().needs(found, mapping):
        return
    st.html(
        markup.section(
            _("So kommen die ersten zehn Zeilen an"), _("Personenbezogene Angaben im Text sind schon ersetzt.")
        )
    )
    rows = data.workspace().preview(found, mapping)
    filled = rows.columns[rows.replace("", None).notna().any()]
    known = {str(column): wording.column_name(column) for column in Column} | {
        "line": _("Zeile"),
        "reason": _("Zurückgewiesen, weil"),
    }
    shown = rows.rename(columns=lambda name: known.get(name, layouts.header_name(name)))
    st.dataframe(
        shown.loc[:, rows.columns.isin(filled)],
        hide_index=True,
        column_config={_("Datum"): st.column_config.DatetimeColumn(format="DD.MM.YYYY")},
        placeholder="",
        key="upload_preview",
    )
    if empty := [name for name, column in zip(shown, rows, strict=True) if column not in (*filled, "reason")]:
        st.html(markup.grey(_("In diesen Zeilen leer: {columns}").format(columns=", ".join(empty))))
    if mapping.header(Column.DATE) is None:
        st.html(markup.notice(f"{_no_dates()} {_('Steht es in einer anderen Spalte, wählen Sie diese oben.')}"))
    _masking(found, mapping)


def _masking(found: Export, mapping: Mapping) -> None:
    """What the import will put in the place of personal data, with examples."""
    counts, examples = data.masking(found, mapping)
    title = _("Was ersetzt wird, bevor etwas gespeichert ist")
    if not counts:
        st.html(markup.section(title, _("In den ersten Zeilen stehen keine persönlichen Angaben.")))
        return
    st.html(markup.section(title, masked_words(counts)))
    with st.expander(_("Beispiele")):
        st.html(markup.masked(examples))


def masked_words(counts: dict[str, int]) -> str:
    """Places by kind of personal data: "3 × E-Mail-Adresse, 1 × Name"."""
    names = {
        "email": _("E-Mail-Adresse"),
        "phone": _("Telefonnummer"),
        "iban": _("IBAN"),
        "card": _("Kreditkarte"),
        "address": _("Anschrift"),
        "plate": _("Kfz-Kennzeichen"),
        "birth": _("Geburtsdatum"),
        "number": _("Kunden- oder Vorgangsnummer"),
        "ip": _("IP-Adresse"),
        "link": _("persönlicher Link"),
        "name": _("Name"),
    }
    return ", ".join(f"{number(n)} × {names.get(kind, kind)}" for kind, n in counts.items() if n)


def import_button(found: list[Export], shown: Export, mapping: Mapping) -> None:
    """Import all files on a click, each as it is mapped, with progress; then show the reports."""
    pairs = [(each, mapping if each is shown else layouts.chosen_for(each)) for each in found]
    unusable = [each for each, chosen_ in pairs if Need.USABLE in data.workspace().needs(each, chosen_)]
    if unusable:
        text = _("Ordnen Sie in „{name}“ mindestens eine Spalte mit Text oder Bewertung zu.")
        st.warning(text.format(name=markup.literal(layouts.header_name(unusable[0].name))))
    label = _("{rows} importieren").format(rows=_n_rows(sum(map(len, found))))
    if len(found) > 1:
        label = _("{files} mit {rows} importieren").format(
            files=_n_files(len(found)), rows=_n_rows(sum(map(len, found)))
        )
    if st.button(label, type="primary", key="upload_import", disabled=bool(unusable)):
        bar = st.progress(0.0, text=_("Der Import beginnt …"))
        done: list[Done | Refused] = []
        st.session_state[REPORTS] = done
        for each, chosen_ in pairs:
            try:
                report = data.workspace().import_export(
                    each, chosen_, lambda n, total, what: furniture.show_progress(bar, n, total, what)
                )
            except FileError as error:
                if len(pairs) == 1:
                    raise
                done.append(Refused(each.name, str(error)))
            else:
                done.append(Done(report, each))
        st.session_state[ROUND] += 1  # lets go of the uploaded files
        st.session_state.pop(EXPORTS, None)
        st.session_state.pop(REFUSED, None)
        st.session_state.pop(layouts.CHOSEN, None)
        st.rerun()


def _n_files(n: int) -> str:
    return ngettext("{n} Datei", "{n} Dateien", n).format(n=number(n))


def reports() -> None:
    """What the last imports of this session have done."""
    done: list[Done | Refused] = st.session_state.get(REPORTS, [])
    if done:
        with st.container(horizontal=True, key="upload_onward"):
            st.page_link("pages/lagebild.py", label=_("Zum Lagebild"), icon=":material/arrow_forward:")
            st.page_link("pages/datenbestand.py", label=_("Zum Datenbestand"), icon=":material/database:")
    for each in done:
        if isinstance(each, Refused):
            st.html(markup.section(_("Nicht importiert: {name}").format(name=layouts.header_name(each.name)), each.why))
        else:
            _report(each)


def _report(done: Done) -> None:
    name = layouts.header_name(done.export.name)
    st.html(markup.section(_("Import abgeschlossen: {name}").format(name=name)))
    st.html(markup.facts(_counts(done.report)))
    added = done.report.added + done.report.updated
    notes = [
        *done.report.notes,
        *([_("Die Demodaten sind jetzt entfernt.")] if done.report.demo_removed else []),
        *([_no_dates()] if added and done.report.undated >= added else []),
    ]
    for line in notes:
        st.html(markup.notice(line))
    _rejects(done.report)
    with st.container(horizontal=True, key=f"upload_downloads_{done.report.batch}"):
        for outcome, label in _outcome_names().items():
            _download(done, outcome, label)
        _undo_button(done.report)


def _no_dates() -> str:
    return _("Ohne Datum erscheint dieses Feedback in keinem Verlauf und in keinem Vergleich mit früher.")


def _counts(done: ImportReport) -> list[tuple[str, str]]:
    """What came in, and of everything else only what there was."""
    counted = [(_("Zeilen der Datei"), done.rows), (_("Neu"), done.added)]
    others = [
        (_("Aktualisiert"), done.updated),
        (_("Unverändert"), done.duplicates),
        (_("Zurückgewiesen"), done.rejected),
        (_("Auf Wunsch weggelassen"), done.left_out),
        (_("Ohne erkennbares Datum"), done.undated),
    ]
    doubts = ", ".join(f"{number(n)} × {wording.doubt_name(doubt)}" for doubt, n in done.doubtful.items())
    return [
        *((name, number(n)) for name, n in [*counted, *(pair for pair in others if pair[1])]),
        *([(_("Zweifelhafte Antworten"), doubts)] if doubts else []),
        (_("Ersetzte persönliche Angaben"), masked_words(done.masked) or _("keine")),
        (_("Dauer"), _("{seconds} Sekunden").format(seconds=number(done.seconds, 1))),
    ]


def _rejects(done: ImportReport) -> None:
    """Why rows were refused, the most frequent reason first, each with the rows it concerns."""
    by_reason = done.rejects.groupby("reason")["line"].agg(list)
    ranked = sorted(by_reason.items(), key=lambda found: -len(found[1]))
    st.html(markup.reasons((reason, _lines(lines)) for reason, lines in ranked[:REASONS_SHOWN]))
    if len(ranked) > REASONS_SHOWN:
        text = _("Weitere Gründe stehen in den zurückgewiesenen Zeilen, die Sie herunterladen können.")
        st.html(markup.grey(text))


def _lines(lines: list[int]) -> str:
    said = ", ".join(str(line) for line in lines[:LINES_SHOWN]) + (" …" if len(lines) > LINES_SHOWN else "")
    text = ngettext("{n} Zeile: {lines}", "{n} Zeilen: {lines}", len(lines))
    return text.format(n=number(len(lines)), lines=said)


def _outcome_names() -> dict[Outcome, str]:
    return {
        Outcome.NEW: _("Neue Zeilen"),
        Outcome.UPDATED: _("Aktualisierte Zeilen"),
        Outcome.UNCHANGED: _("Unveränderte Zeilen"),
        Outcome.REJECTED: _("Zurückgewiesene Zeilen"),
        Outcome.LEFT_OUT: _("Weggelassene Zeilen"),
    }


def _download(done: Done, outcome: Outcome, label: str) -> None:
    """The original rows of one outcome as CSV, as long as this session lasts."""
    rows = done.report.outcomes
    if not (rows["outcome"] == str(outcome)).any():
        return
    st.download_button(
        label,
        lambda: _csv(_originals(done, outcome)),
        file_name=f"{outcome}_{done.report.batch}.csv",
        mime="text/csv",
        key=f"upload_{outcome}_{done.report.batch}",
        icon=":material/download:",
        on_click="ignore",
        help=_("Mit Zeilennummern und den Zellen der Datei. Verfügbar, bis Sie die nächste Datei wählen."),
    )


def _originals(done: Done, outcome: Outcome) -> pd.DataFrame:
    rows = done.report.outcomes
    lines = rows.loc[rows["outcome"] == str(outcome), "line"]
    found = done.export.rows_at(list(lines))
    found.insert(0, _("Zeile"), lines.to_numpy())
    if outcome == Outcome.REJECTED:
        reasons = done.report.rejects.set_index("line")["reason"]
        found.insert(1, _("Grund"), lines.map(reasons).to_numpy())
    return found


def _csv(rows: pd.DataFrame) -> bytes:
    target = io.StringIO()
    rows.map(neutralised).to_csv(target, index=False, sep=";")
    return target.getvalue().encode("utf-8-sig")


def _undo_button(done: ImportReport) -> None:
    label = _("Import zurücknehmen")
    if st.button(label, key=f"upload_undo_{done.batch}", type="tertiary", icon=":material/undo:"):
        removed = data.workspace().undo(done.batch)
        st.session_state.pop(REPORTS, None)
        st.toast(
            ngettext("{n} Feedback zurückgenommen", "{n} Feedbacks zurückgenommen", removed).format(n=number(removed))
        )
        st.rerun()
