"""Which columns hold people's names."""

import re

from cx.ingest import questionnaire
from cx.ingest.reading import Export

NAMES = re.compile(
    r"(?:(?:ihr|dein|your|wie (?:ist|lautet) (?:ihr|dein)) )?"
    r"(?:(?:kunden|nutzer|benutzer|reviewer|rezensenten|empfänger|autor|bearbeiter|berater|mitarbeiter|gast|ansprechpartner|customer|user|guest|author|"
    r"agent|employee|respondent|contact|recipient|assignee|reviewer|consumer|review|display|full|account|nick|first|last|middle|given|family|sur|"
    r"company reply|requester|vor|nach|familien|vor und nach|vor und zu|zu|ruf)[ -]?)*names?(?: des empfängers| der kundin| des kunden)?"
    r"|(?:review |reviewer )?(?:author|autor|autorin|verfasser|verfasserin|reviewer|rezensent|nutzer|username|nickname|displayname|person|assignee|"
    r"requester|bearbeiter|sachbearbeiter|berater|ansprechpartner|kunde|kundin|customer|recipient|respondent name)",
    re.IGNORECASE,
)
NOT_NAMES = re.compile(
    r"produkt|product|filial|store|shop|app|package|business|firm|unternehmen|location|standort|webshop|domain|file|datei|hotel|brand|marke|"
    r"projekt|project|event|survey|kampagne|campaign|column|firmen|company name|organi|ort|place|strasse|straße|street",
    re.IGNORECASE,
)


def names(export: Export) -> tuple[str, ...]:
    """The columns that hold people's names ("Vorname", "Reviewer Name", "displayName", "author"), in the file's order."""
    return tuple(
        header for header in export.headers if is_name(header) or is_name(questionnaire.wording_of(export, header))
    )


def is_name(header: str) -> bool:
    """Whether a header or a question says that its column holds names of people, not of products or places."""
    parted = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", questionnaire.NUMBERED.sub("", header))
    plain = " ".join(re.sub(r"[^\w]|_", " ", parted).split())
    last = plain.split(" reviewer ")[-1]
    return bool(NAMES.fullmatch(last)) and not NOT_NAMES.search(last)
