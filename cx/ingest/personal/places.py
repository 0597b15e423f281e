"""Postal addresses: a street with a house number, with postcode and town where they stand beside it."""

import re

from cx.ingest.personal.facts import alternatives, words
from cx.ingest.personal.names import is_first_name
from cx.ingest.personal.spans import AMOUNT, DIGIT, NBSP, UPPER, Hint, Span, apart, says

ENDINGS, NO_STREETS = words("streets", "ending"), words("streets", "no street")
HOUSE = r"\d{1,4}(?:\s?[a-zA-Z](?![\w]))?(?:\s?[-–/+]\s?\d{1,4}\s?[a-z]?(?!\w)|/[IVX]{1,4}\b|\s1/2)?(?![\w%€])"
TOWN = (
    rf"(?:D-)?\d{{5}}\s(?:(?:Bad|Sankt|St\.|Groß|Klein|Neu|Alt)\s)?[{UPPER}][\w-]{{1,40}}"
    rf"(?:(?:\s(?:am|an der|im|in der|ob der|bei)|/)\s?[{UPPER}]\w{{1,30}})?"
)
TOWN_BEHIND = rf"(?:(?:\s?,\s?|\s(?:in\s)?|\s?[-–]\s?){TOWN})"
NUMBER = re.compile(rf"(?P<house>{HOUSE})(?P<town>{TOWN_BEHIND})?")
TOWN_BEFORE = re.compile(rf"(?<!\w){TOWN}\s?,?\s$")

# "Hauptstraße": the word up to its ending; "Berliner Straße", "Hermann Löns Str.": the words before it.
WORD_BEFORE = re.compile(r"[\w.'’-]{1,40}$")
NAME_BEFORE = re.compile(rf"((?<![\w-])[{UPPER}][\w.'’-]{{1,30}}[ -])?((?<![\w])[{UPPER}][\w.'’-]{{1,30}}[ -])$")
ALWAYS = ("strasse", "str.", "str")  # these are streets in small letters too

NO_NAME = frozenset(
    [
        "der",
        "die",
        "das",
        "in",
        "im",
        "am",
        "an",
        "auf",
        "zur",
        "zum",
        "dem",
        "den",
        "diese",
        "diesem",
        "unser",
        "unsere",
    ]
    + ["eine", "einer", "mein", "meine", "und", "von", "vom", "auto", "bus", "ein", "kein"]
)
RANKS = ("platz", "weg", "ring", "markt", "wall", "pfad", "steig")  # alone only as "Potsdamer Platz": "Nur Platz 3"

# "Straße des 17. Juni", "Platz der Republik"
OF = re.compile(
    rf"(?:Straße|Strasse|Platz|Allee|Ufer|Ring)\s(?:der|des|am|an\sder|zum|zur|im)\s(?:\d{{1,2}}\.\s)?"
    rf"(?:[{UPPER}][\w-]{{1,30}}\s){{1,3}}(?P<house>{HOUSE}){TOWN_BEHIND}?"
)
# "Am Alten Markt 3", "Heidkamp 3": only with a postcode behind it or a word for addresses before it.
PLAIN = re.compile(
    rf"(?<![\w.-])(?P<street>(?P<preposition>(?:Am|An\sde[rn]|Im|In\sde[rn]|Auf\sde[rm]|Zum|Zur|Unter\sden|Beim|Hinter\sder|Vor\sdem)\s"
    rf"(?:[a-zäöü]{{2,12}}\s)?)?(?:[{UPPER}][\w-]{{1,20}}e[rn]\s)?[{UPPER}][\w.'-]{{1,30}}\s){HOUSE}(?P<town>{TOWN_BEHIND})?"
)
ADDRESS_WORD = re.compile(
    r"(?:\b(?:wohne|wohnen|wohnt|wohnhaft|wohnte|gezogen)|adresse|anschrift)\b[\s:,]{0,3}(?:(?:ich|wir|jetzt|ist|lautet|in|nun|die|der)\s){0,3}$",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d")
BEFORE = 90

ADDRESS_HINTS: tuple[Hint, ...] = (
    (DIGIT, rf"(?i:{alternatives(ENDINGS)})[ {NBSP}]+\d"),
    (DIGIT, r"\d{5}[\s\p{Z}]\p{Lu}"),
    (DIGIT, r"(?i:wohn|gezogen|adresse|anschrift)[^\n]*\d"),
    (DIGIT, r"(?:Straße|Strasse|Platz|Allee|Ufer|Ring)[\s\p{Z}](?:der|des|am|an|zum|zur|im)[\s\p{Z}]"),
)
ENDING = re.compile(rf"(?:{alternatives(ENDINGS)})$", re.IGNORECASE)
LONGEST_ENDING = 10
HOUSE_AT = re.compile(r"\d+")
POSTCODE = re.compile(rf"\d{{5}}\s[{UPPER}]")
SPACES = f" {NBSP}"


def addresses(text: str) -> list[Span]:
    """Streets with a house number, each with postcode and town, ascending and apart."""
    streets = [*_streets(text), *(match.span() for match in OF.finditer(text) if not _is_amount(text, match))]
    found = apart(streets)
    if says(text, ("wohn", "gezogen", "adresse", "anschrift")) or POSTCODE.search(text):
        found = apart([*found, *_plain(_without(text, found))])
    return found


def _without(text: str, places: list[Span]) -> str:
    """The text with NUL for every character of the places."""
    pieces, start = [], 0
    for first, stop in places:
        pieces += [text[start:first], "\0" * (stop - first)]
        start = stop
    return "".join([*pieces, text[start:]])


def _streets(text: str) -> list[Span]:
    found = []
    for match in HOUSE_AT.finditer(text):
        first = max(0, match.start() - BEFORE)
        before = text[first : match.start()]
        name = before.rstrip(SPACES)
        ending = ENDING.search(name[-LONGEST_ENDING:]) if name != before else None
        number = NUMBER.match(text, match.start()) if ending else None
        if number is None or _is_amount(text, number):
            continue
        start = _name_start(name, ending.group())
        if start is not None:
            town = TOWN_BEFORE.search(before[:start])
            found.append((first + (town.start() if town else start), number.end()))
    return found


def _is_amount(text: str, number: re.Match[str]) -> bool:
    """Whether the number counts something or is a year."""
    return AMOUNT.match(text, number.end("house")) is not None or YEAR.match(number["house"]) is not None


def _name_start(name: str, ending: str) -> int | None:
    """Where in `name` the street's name begins that closes with `ending`; None where the word is no street."""
    before, folded = name[: -len(ending)], ending.casefold()
    glued = WORD_BEFORE.search(before)
    if glued:
        stem = glued.group()
        no_street = (stem.strip("-") + ending).casefold() in NO_STREETS or len(stem) < 2
        return None if no_street or not (stem[0].isupper() or folded in ALWAYS) else glued.start()
    named = NAME_BEFORE.search(before)
    if named is None or not ending[0].isupper() or named[2].strip(" -.").casefold() in NO_NAME:
        return None
    if folded in RANKS and not named[2].rstrip().endswith(("er", "-")):
        return None
    return named.start(1 if named[1] and is_first_name(named[1].strip(" -")) else 2)


def _plain(text: str) -> list[Span]:
    found = []
    for match in PLAIN.finditer(text):
        said = ADDRESS_WORD.search(text[max(0, match.start() - BEFORE) : match.start()])
        if match["town"] or (said and match["preposition"]):
            found.append(match.span())
    return found
