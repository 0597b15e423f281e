"""The statements of a selection as CSV or xlsx, as German Excel opens them and with formulas neutralised."""

import io

import pandas as pd

from cx.charts import words
from cx.errors import AskError
from cx.language import _, current
from cx.model import taxonomy

DECIMALS = {"rating": 2, "polarity": 3}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV injection


def neutralised(cell: object) -> object:
    """`cell` with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def voices_file(voices: pd.DataFrame, form: str) -> bytes:
    """`voices` (columns of queries/voices.sql) as the bytes of a "csv" (UTF-8 with BOM, ;) or "xlsx" file."""
    return _file(_table(voices), form)


def contradictions_file(found: pd.DataFrame, form: str) -> bytes:
    """`found` (columns of `Workspace.contradictions`) in the same forms."""
    return _file(_contradictions(found), form)


def answer_file(answer: pd.DataFrame, form: str) -> bytes:
    """The answer of a query that somebody wrote (headings as it names them) in the same forms; lists and structs as text."""
    table = answer.map(lambda cell: str(cell) if isinstance(cell, list | dict | tuple | bytes) else cell)
    return _file(table.rename(columns=neutralised), form, _("Abfrage"))


def _file(table: pd.DataFrame, form: str, sheet: str = "") -> bytes:
    table = table.map(neutralised)
    if form == "csv":
        comma = "," if current() == "de" else "."
        return table.to_csv(index=False, sep=";", decimal=comma, date_format="%d.%m.%Y").encode("utf-8-sig")
    if form == "xlsx":
        return _workbook(table, sheet or _("Stimmen"))
    raise AskError(_("Ausgegeben wird als „csv“ oder „xlsx“, nicht als „{form}“.").format(form=form))


def _workbook(table: pd.DataFrame, sheet: str) -> bytes:
    target = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs=options, datetime_format="dd.mm.yyyy") as writer:
        table.to_excel(writer, index=False, sheet_name=sheet, freeze_panes=(1, 0))
        written = writer.sheets[sheet]
        written.set_row(0, None, writer.book.add_format({"bold": True}))
        written.autofilter(0, 0, len(table), max(len(table.columns) - 1, 0))
        written.autofit(max_width=480)
    return target.getvalue()


def _where() -> dict[str, str]:
    return {
        "submitted_at": _("Datum"),
        "channel": _("Kanal"),
        "source": _("Quelle"),
        "product": _("Produkt"),
        "language": _("Sprache"),
        "rating": _("Sterne"),
        "nps": "NPS",
        "csat": "CSAT",
        "ces": "CES",
    }


def _contradictions(found: pd.DataFrame) -> pd.DataFrame:
    names = _where() | {
        "strength": _("Stärke des Widerspruchs"),
        "label": _("Stimmung"),
        "polarity": _("Polarität"),
        "cause": _("Möglicher Grund"),
        "text": _("Text"),
    }
    named = {"label": found["label"].map(words.label_name), "cause": found["cause"].map(words.cause_name)}
    return found[list(names)].assign(**named).round(DECIMALS | {"strength": 3}).rename(columns=names)


def _table(voices: pd.DataFrame) -> pd.DataFrame:
    names = _where() | {
        "label": _("Stimmung"),
        "polarity": _("Polarität"),
        "pillars": _("Säulen"),
        "touchpoints": _("Touchpoints"),
        "corrections": _("Berichtigt"),
        "text": _("Aussage"),
    }
    table = voices[list(names)].copy().round(DECIMALS)
    table["label"] = table["label"].map(words.label_name, na_action=None)
    table["corrections"] = table["corrections"].map(lambda made: _("ja") if len(made) else "")
    for column in ("pillars", "touchpoints"):
        table[column] = table[column].map(_aspects)
    return table.rename(columns=names)


def _aspects(mentions: list[dict]) -> str:
    model = taxonomy.load()
    found = [(model.aspect(m["aspect"]), m["label"]) for m in mentions]
    return ", ".join(f"{a.name(current())} ({words.label_name(label)})" for a, label in found if a)
