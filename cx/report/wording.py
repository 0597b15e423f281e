"""What columns, doubts and actions are called, in the language in use."""

from cx.language import _
from cx.model.columns import Column, Field
from cx.model.survey import Doubt


def column_name(column: Column) -> str:
    """What a canonical column is called."""
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
        Column.STATUS: _("Art der Antwort"),
        Column.FINISHED: _("Abgeschlossen"),
        Column.STARTED: _("Begonnen am"),
        Column.DURATION: _("Dauer in Sekunden"),
    }
    return names[column]


def field_name(field: Field) -> str:
    """What a free text answers."""
    names = {
        Field.TITLE: _("Titel"),
        Field.TEXT: _("Text"),
        Field.POSITIVE: _("Was gut war"),
        Field.NEGATIVE: _("Was schlecht war"),
        Field.IMPROVEMENT: _("Was besser werden soll"),
        Field.OTHER: _("Sonstiges"),
    }
    return names[field]


def doubt_name(doubt: Doubt | str) -> str:
    """Why a response is doubtful, in a word or two."""
    names = {
        Doubt.UNFINISHED: _("Nicht abgeschlossen"),
        Doubt.TEST: _("Testantwort"),
        Doubt.SPEEDER: _("Sehr schnell ausgefüllt"),
        Doubt.STRAIGHT_LINER: _("Überall dieselbe Antwort"),
    }
    return names[Doubt(doubt)]


def action_name(action: str) -> str:
    """What a line of the audit says was done; an unknown action stands for itself."""
    names = {
        "import": _("Import"),
        "undo": _("Upload zurückgenommen"),
        "redo": _("Upload wiederhergestellt"),
        "purge": _("Upload gelöscht"),
        "export_customer": _("Auskunft erteilt"),
        "erase_customer": _("Person gelöscht"),
        "retain": _("Texte nach Frist gelöscht"),
        "remask": _("Bestand neu geprüft"),
    }
    return names.get(action, action)


def subject_name(action: str, subject: str) -> str:
    """Whom or what an action of the audit was about."""
    if action in ("import", "undo", "redo", "purge"):
        return _("Upload {n}").format(n=subject)
    if action == "retain":
        return _("älter als {n} Monate").format(n=subject)
    return _("Regeln {version}").format(version=subject) if action == "remask" else subject
