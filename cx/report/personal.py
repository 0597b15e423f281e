"""Everything about one customer as one file (Art. 15 DSGVO): JSON, a workbook, or a ZIP of CSV files; formulas neutralised."""

import io
import json
import zipfile
from dataclasses import dataclass

import pandas as pd

from cx.charts import words
from cx.errors import AskError
from cx.language import _, current
from cx.report.export import neutralised

CELL_MOST = 32_000  # characters; Excel ends at 32,767


@dataclass(frozen=True)
class _Sheet:
    name: str
    table: pd.DataFrame


def customer_file(tables: dict[str, pd.DataFrame], form: str) -> bytes:
    """`tables` (by name: feedback, texts, answers, statements, corrections, rejects, with the columns of cx.ingest.rights.CustomerData)
    as the bytes of a "json", "xlsx" or "csv" file (a ZIP of one CSV per table, UTF-8 with BOM, ;).

    Columns are named in the screen's language. A workbook holds the first 32,000 characters of a text; the other forms hold all.
    Raises AskError for another form.
    """
    sheets = [_Sheet(name, _named(tables[key], _columns())) for key, name in _sheets().items()]
    writers = {"json": _json, "xlsx": _workbook, "csv": _archive}
    if form not in writers:
        raise AskError(_("Ausgegeben wird als „json“, „xlsx“ oder „csv“, nicht als „{form}“.").format(form=form))
    return writers[form](sheets)


def _json(sheets: list[_Sheet]) -> bytes:
    listed = {
        sheet.name: json.loads(sheet.table.to_json(orient="records", date_format="iso", force_ascii=False))
        for sheet in sheets
    }
    return json.dumps(listed, ensure_ascii=False, indent=2).encode("utf-8")


def _archive(sheets: list[_Sheet]) -> bytes:
    target = io.BytesIO()
    comma = "," if current() == "de" else "."
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            written = sheet.table.map(neutralised).to_csv(
                index=False, sep=";", decimal=comma, date_format="%d.%m.%Y %H:%M"
            )
            archive.writestr(f"{sheet.name}.csv", written.encode("utf-8-sig"))
    return target.getvalue()


def _workbook(sheets: list[_Sheet]) -> bytes:
    target = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(
        target, engine="xlsxwriter", engine_kwargs=options, datetime_format="dd.mm.yyyy hh:mm"
    ) as writer:
        for sheet in sheets:
            table = sheet.table.map(neutralised).map(_shortened)
            table.to_excel(writer, index=False, sheet_name=sheet.name, freeze_panes=(1, 0))
            writer.sheets[sheet.name].autofit(max_width=480)
    return target.getvalue()


def _shortened(cell: object) -> object:
    if not isinstance(cell, str) or len(cell) <= CELL_MOST:
        return cell
    return cell[:CELL_MOST] + _(" … (gekürzt; vollständig in der JSON-Datei)")


def _named(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """The columns that a reader understands, in the order of `names`, under their names; words in the screen's language."""
    shown = table[[column for column in names if column in table]].copy()
    for column in ("label", "aspect_label", "read_as"):
        if column in shown:
            shown[column] = shown[column].map(_label_name, na_action="ignore")
    for column in ("dimension", "aspect"):
        if column in shown:
            shown[column] = shown[column].map(_aspect_name, na_action="ignore")
    for column in ("live", "undone_at"):
        if column in shown:
            given = shown[column].fillna(False).astype(bool) if column == "live" else shown[column].notna()
            shown[column] = given.map({True: _("ja"), False: _("nein")})
    for column, known in _values().items():
        if column in shown:
            shown[column] = shown[column].replace(known)
    if "evidence" in shown:
        shown["evidence"] = shown["evidence"].map(", ".join, na_action="ignore")
    return shown.rename(columns=names)


def _label_name(label: str) -> str:
    return _("nicht gemeint") if label == "none" else words.label_name(label)


def _aspect_name(key: str) -> str:
    known = {"": "", "pillar": _("Säule"), "touchpoint": _("Touchpoint"), "polarity": _("Stimmung")}
    return known[key] if key in known else words.aspect_name(key)


def _sheets() -> dict[str, str]:
    return {
        "feedback": _("Feedback"),
        "texts": _("Texte"),
        "answers": _("Antworten"),
        "statements": _("Aussagen"),
        "corrections": _("Berichtigungen"),
        "rejects": _("Zurückgewiesene Zeilen"),
    }


def _values() -> dict[str, dict[str, str]]:
    return {
        "kind": {"review": _("Bewertung"), "survey": _("Umfrage")},
        "field": {
            "title": _("Titel"),
            "text": _("Text"),
            "positive": _("Positives"),
            "negative": _("Negatives"),
            "improvement": _("Verbesserung"),
            "other": _("Sonstiges"),
        },
        "date_precision": {
            "day": _("Tag"),
            "month": _("Monat"),
            "year": _("Jahr"),
            "relative": _("ungefähr"),
        },
    }


def _columns() -> dict[str, str]:
    """What columns are called, in the order in which they stand; what is not named here says nothing about the customer."""
    return {
        "id": _("Feedback Nr."),
        "feedback": _("Feedback Nr."),
        "batch": _("Upload Nr."),
        "file_name": _("Datei"),
        "imported_at": _("Importiert am (UTC)"),
        "undone_at": _("Upload zurückgenommen"),
        "live": _("Zählt mit"),
        "customer_key": _("Kunde (Pseudonym)"),
        "submitted_at": _("Datum"),
        "date_precision": _("Genauigkeit des Datums"),
        "kind": _("Art"),
        "source": _("Quelle"),
        "channel": _("Kanal"),
        "product": _("Produkt"),
        "location": _("Standort"),
        "language": _("Sprache"),
        "rating": _("Sterne"),
        "rating_native": _("Bewertung im Original"),
        "rating_low": _("schlechtester Wert"),
        "rating_high": _("bester Wert"),
        "nps": "NPS",
        "csat": "CSAT",
        "csat_high": _("CSAT bester Wert"),
        "ces": "CES",
        "ces_variant": _("CES-Fassung"),
        "reply": _("Antwort des Unternehmens"),
        "line": _("Zeile der Datei"),
        "reason": _("Grund"),
        "field": _("Feld"),
        "question": _("Frage"),
        "header": _("Spalte"),
        "wording": _("Frage im Wortlaut"),
        "native": _("Antwort"),
        "score": _("Antwort von −1 bis 1"),
        "cell": _("Zelle"),
        "text": _("Text"),
        "label": _("Stimmung"),
        "polarity": _("Polarität"),
        "effort": words.aspect_name("effort"),
        "emotion": words.aspect_name("emotion"),
        "expectation": words.aspect_name("expectation"),
        "control": words.aspect_name("control"),
        "trust": words.aspect_name("trust"),
        "resolution": words.aspect_name("resolution"),
        "dimension": _("Gegenstand"),
        "aspect": _("Säule oder Touchpoint"),
        "aspect_label": _("Stimmung dazu"),
        "aspect_polarity": _("Polarität dazu"),
        "evidence": _("Wörter dazu"),
        "read_as": _("Vorher gelesen als"),
        "made_at": _("Berichtigt am (UTC)"),
    }
