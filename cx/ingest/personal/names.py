"""Names of people where a sentence or a letter puts them: after salutations, greetings and roles, and at the end."""

import re

from cx.ingest.personal.facts import alternatives, cased, listed, words
from cx.ingest.personal.spans import SPACE, UPPER, Hint, Span, apart, whole_words

FIRST_NAMES, SURNAMES = words("names", "first name"), words("names", "surname")
NEVER, ALSO_WORDS, BRANDS = (words("words", kind) for kind in ("word", "also word", "brand"))
NO_NAME_ENDINGS = listed("phrases", "ending of a role or body")
LETTERS = "[^\\W\\d_]"
WORD = re.compile(rf"{LETTERS}(?:{LETTERS}|['’](?={LETTERS}))*(?:-{LETTERS}+)*")
TITLES = re.compile(
    r"(?:(?:Dr|Prof|Professor|Dipl|Ing|Mag|med|dent|vet|jur|phil|rer|nat|h\.\s?c|DDr|Dipl\.-Ing)\b\.?-?\s{0,2}){1,4}"
)
PARTICLES = re.compile(
    r"(?:(?:von|van|de)\s(?:der|den|dem|la)|von|van|de|la|le|el|al|di|da|del|dos|ten|ter|te|bin)\s", re.IGNORECASE
)
INITIALS = re.compile(rf"(?:[{UPPER}]\.\s?){{1,3}}(?={LETTERS}{{2}})")
GAP = re.compile(rf"{SPACE}{{1,2}}")


def is_first_name(word: str) -> bool:
    """Whether a word is a known first name, or two of them joined."""
    return word.casefold() in FIRST_NAMES or all(part in FIRST_NAMES for part in word.casefold().split("-"))


def _could_be_name(word: str) -> bool:
    """Written like a name and no word that stands in such places without being one."""
    low = word.casefold()
    return word[0].isupper() and len(word) > 1 and low not in NEVER and not low.endswith(NO_NAME_ENDINGS)


def _name_at(text: str, start: int, *, first: bool = False) -> Span | None:
    """The name that begins at `start`, behind titles: a surname, or a first name and what belongs to it.

    `first`: only if it begins with a known first name that is no brand.
    """
    titles = TITLES.match(text, start)
    begin = position = titles.end() if titles else start
    initials = INITIALS.match(text, position)
    particles = PARTICLES.match(text, position)
    if initials or particles:
        position = (initials or particles).end()
    word = WORD.match(text, position)
    if word is None or not _could_be_name(word.group()):
        return None
    known = is_first_name(word.group())
    if first and not (known and word.group().casefold() not in BRANDS):
        return None
    return begin, _surname_end(text, word.end()) if known else word.end()


def _surname_end(text: str, stop: int) -> int:
    """Where a surname ends that follows a first name ending at `stop`; `stop` where none does."""
    for _name in range(2):
        gap = GAP.match(text, stop)
        if gap is None:
            break
        particles = PARTICLES.match(text, gap.end()) or INITIALS.match(text, gap.end())
        word = WORD.match(text, particles.end() if particles else gap.end())
        if word is None or not _could_be_name(word.group()):
            break
        stop = word.end()
        if not is_first_name(word.group()):
            break
    return stop


# The same for RE2: what every name begins with, behind particles and titles; surnames in small letters only if known.
BEFORE_NAME = rf"(?:\p{{Lu}}|(?:von|van|de|la|le|el|al|di|da|del|dos|ten|ter|te|bin|med|dent)[.\s\p{{Z}}]|(?:{alternatives(SURNAMES)}))"

# --- after a salutation, a greeting, a role

WHO, ABBREVIATED = listed("phrases", "salutation"), listed("phrases", "abbreviated salutation")
SALUTATION = re.compile(rf"(?P<word>{cased((*WHO, *ABBREVIATED))})(?P<dot>\.?)\s{{0,3}}(?<!\w)")
WIFE = re.compile(
    r"\b(?:[mds]eine?[rnms]?|ihre?[rnm]?|eure?[rnm]?|als|ganze[nr]?|junge[nr]?|alte[nr]?|ältere[nr]?|kleinere[nr]?|größere[nr]?)\s$",
    re.IGNORECASE,
)
DAY = re.compile(r"(?:\b(?:Mo|Di|Mi|Do|bis|und|am|Sa)\b\.?|[-–/,&+])\s?$")
GREETINGS = (
    r"Hallo|Hi|Hey|Hello|Dear|Liebe[rs]?|Moin|Servus|Guten\s(?:Tag|Morgen|Abend)|Grüezi|Grüß\s(?:dich|Sie|Gott)|Sehr\sgeehrte[rs]?|Danke?|"
    r"Mein\sName\sist|mein\sName\sist|Ich\shei(?:ß|ss)e|ich\shei(?:ß|ss)e|My\sname\sis|my\sname\sis|Oma|Opa|Tante|Onkel"
)
ROLES = "|".join(f"{role}(?:in)?" for role in listed("phrases", "role"))
GREETING_OR_ROLE = rf"(?:{GREETINGS}|Kollegin|Kosmetikerin|{ROLES}),?"
GREETING = re.compile(GREETING_OR_ROLE + r"\s{1,2}(?=\S)")
INTRODUCED = re.compile(r"(?:Name\sist|name\sis|[Ii]ch\shei(?:ß|ss)e)\s{1,2}$")
BEFORE = 30


def _addressed(text: str) -> list[Span]:
    found = [_after_salutation(text, match) for match in whole_words(SALUTATION, text)]
    for match in whole_words(GREETING, text):
        found.append(_name_at(text, match.end(), first=True) or _introduced(text, match))
    return [span for span in found if span]


def _after_salutation(text: str, match: re.Match[str]) -> Span | None:
    before = text[max(0, match.start() - BEFORE) : match.start()]
    said, word = match["word"], WORD.match(text, match.end())
    if match["dot"] and said.title() in WHO:
        return None  # the end of a sentence
    if said.title() in ABBREVIATED and (said.isupper() or (said == "Fr" and DAY.search(before))):
        return None  # "FR Koblenz", "Mo. bis Fr. Ruhetag"
    if said[0].islower() and word and (word.group().islower() or said == "familie"):  # "herr schmidt"
        return word.span() if word.group().casefold() in SURNAMES and not WIFE.search(before) else None
    return _name_at(text, match.end(), first=bool(WIFE.search(before)))


def _introduced(text: str, match: re.Match[str]) -> Span | None:
    """ "Mein Name ist Oluwaseun Adeyemi": two words that could be names, whether known or not."""
    if not INTRODUCED.search(match.group()):
        return None
    one = WORD.match(text, match.end())
    gap = GAP.match(text, one.end()) if one else None
    other = WORD.match(text, gap.end()) if gap else None
    if other is None or not (_could_be_name(one.group()) and _could_be_name(other.group())):
        return None
    return one.start(), other.end()


# --- under a letter

REGARDS, LETTERED = listed("phrases", "regards"), listed("phrases", "regards in letters")
THANKS = listed("phrases", "thanks")  # only before a comma: "Danke, Tom"
CLOSER = re.compile(rf"(?:{cased((*REGARDS, *LETTERED, *THANKS))})(?!\w)")
BETWEEN = re.compile(
    rf"(?:[\s,.!:–-]{{1,4}}(?:(?P<by>von)|aus\s(?:dem\s)?[{UPPER}][\w-]{{1,30}}(?=[\s,]{{0,2}}\n)|i\.\s?[AV]\.|Ihr|Ihre|Euer|Eure|Dein|Deine|Familie|Fam\.|"
    r"Herr|Frau|Oma|Opa|Tante|Onkel|your)(?![\w]))*[\s,.!:–-]{1,6}"
)
SENTENCE_END = re.compile(r"(?:^|[.!?…,:;)\n]|[^\w\s\"'„“])\s*$")
NAME_END = re.compile(r"\s{0,3}(?:$|[\n,.;!)(<|/*:^~-]|[^\w\s\"'„“]|aus\s[A-ZÄÖÜ])")
PAIR = re.compile(r"\s(?:und|u\.|&|\+|and)\s")
SIGNED_WORDS = 3


def _signed(text: str) -> list[Span]:
    found: list[Span] = []
    for match in whole_words(CLOSER, text):
        between, closer = BETWEEN.match(text, match.end()), match.group().lower()
        if between is None or (closer in THANKS and text[match.end()] != ","):
            continue
        uncertain = closer in LETTERED and not _ends_sentence(text, match)  # a brand: "mein LG Monitor"
        strict = uncertain or closer in THANKS or between["by"] is not None
        span = _signature(text, between.end(), strict=strict)
        while span:
            found.append(span)
            pair = PAIR.match(text, span[1])
            span = _signature(text, pair.end(), strict=strict) if pair else None
    return found


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    return SENTENCE_END.search(text[max(0, match.start() - BEFORE) : match.start()]) is not None


def _signature(text: str, start: int, *, strict: bool) -> Span | None:
    known = _name_at(text, start, first=True)
    if known:
        return known
    word = WORD.match(text, start)
    if word and word.group().islower() and is_first_name(word.group()) and _ends(text, word.end()):
        return word.span()
    return None if strict else _unknown_signature(text, start)


def _unknown_signature(text: str, start: int) -> Span | None:
    """One to three words like names, and nothing behind them on the line."""
    titles = TITLES.match(text, start)
    begin = position = titles.end() if titles else start
    stop = begin
    for n in range(SIGNED_WORDS):
        prefix = INITIALS.match(text, position) or (PARTICLES.match(text, position) if n else None)
        word = WORD.match(text, prefix.end() if prefix else position)
        if word is None or not _could_be_name(word.group()) or word.group().casefold() in BRANDS - SURNAMES:
            return None
        stop = word.end()
        gap = GAP.match(text, stop)
        if _ends(text, stop) or PAIR.match(text, stop):
            return begin, stop
        if gap is None:
            return None
        position = gap.end()
    return None


def _ends(text: str, stop: int) -> bool:
    return NAME_END.match(text, stop) is not None


def names(text: str) -> list[Span]:
    """Names that stand where a letter or a sentence puts one, ascending and apart."""
    return apart([*_addressed(text), *_signed(text)])


# A salutation before a capital or a known surname; a greeting or role before a capital; the end of a letter.
NAME_HINTS: tuple[Hint, ...] = (
    (
        rf"(?:{cased(WHO)})[\s\p{{Z}}]|\b(?:{cased(ABBREVIATED)})[.\s\p{{Z}}]",
        rf"(?:{cased(WHO)})[\s\p{{Z}}]{{1,3}}{BEFORE_NAME}|\b(?:{cased(ABBREVIATED)})[.\s\p{{Z}}][\s\p{{Z}}]{{0,3}}{BEFORE_NAME}",
    ),
    (r"\b" + GREETING_OR_ROLE.replace(r"\s", r"[\s\p{Z}]") + rf"[\s\p{{Z}}]{{1,2}}{BEFORE_NAME}",),
    (
        r"(?i:gr(?:ü|ue|u)(?:ß|ss)|hochacht|herzlichst|regards|sincerely|best wishes|cheers|[lvb]g|mfg|danke?,|thank)",
        rf"{cased(REGARDS)}|\b(?:{cased(LETTERED)})\b|(?:{cased(THANKS)}),",
    ),
)
