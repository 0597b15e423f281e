"""The names of a row's own person, as the file's columns give them, where the row's texts and replies use them."""

import re
from functools import lru_cache

from cx.ingest.personal.names import ALSO_WORDS, BEFORE, BRANDS, NEVER, NO_NAME_ENDINGS, TITLES, WORD, is_first_name
from cx.ingest.personal.spans import Span

SEPARATORS = re.compile(r"[\s_.,;\d]+")
JOINED = re.compile(r",?\s{1,2}")  # "Hansen, Petra"
SHORTEST = 3
LONGER_WORD = re.compile(r"[^\W\d_]{3,}")
LONGEST_NAME = 4  # parts of a name that is written in full
ARTICLE = re.compile(
    r"(?:\b(?:der|die|das|dem|den|des|eine?|eine[nmrs]|im|am|zum|zur|vom|beim|kein|keine|jeder|dieser)\s|\[)$",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?:\b(?:hallo|hi|hey|liebe[rs]?|moin|servus|tag|herrn?|frau|familie|dear|mr\.?|mrs\.?|ms\.?|dich|danke|geehrte[rs]?|gr(?:ü|u)(?:ß|ss)e?n?|lg|vg|mfg)"
    r"[\s,]{1,3}|\n)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def parts_of(names: str) -> tuple[frozenset[str], frozenset[str]]:
    """The parts of a person's names (one per line), folded: those that are first names, and the others of names in full.

    User names and e-mail addresses give known first names only; "Zufriedener Kunde" gives nothing. First name and surname on
    lines of their own are one name in full.
    """
    lines = [line.strip() for line in names.split("\n")]
    words = [line for line in lines if WORD.fullmatch(line)]
    if len(words) > 1 and any(map(is_first_name, words)):
        lines.append(" ".join(words))
    first, others = zip(*map(_parts, lines), strict=True)
    known = frozenset().union(*first)
    return known, frozenset().union(*others) - known


def _parts(name: str) -> tuple[frozenset[str], frozenset[str]]:
    local = name.split("@", 1)[0]
    tokens = [token.strip("-'").casefold() for token in SEPARATORS.split(TITLES.sub("", local))]
    tokens = [token for token in tokens if token and all(part.isalpha() for part in re.split("[-'’]", token) if part)]
    first = frozenset(token for token in tokens if len(token) >= SHORTEST and is_first_name(token))
    in_full = (
        2 <= len(tokens) <= LONGEST_NAME
        and not any(character.isdigit() or character == "_" for character in local)
        and not any(token in NEVER or token.endswith(NO_NAME_ENDINGS) for token in tokens)
    )
    return first, frozenset(token for token in tokens if len(token) >= SHORTEST) if in_full else frozenset()


def may_hold(text: str, names: str) -> bool:
    """Whether a longer word of the names stands in the text: the cheap look before the close one."""
    low = text.casefold()
    return any(word in low for word in LONGER_WORD.findall(names.casefold()))


def own_names(text: str, names: str) -> list[Span]:
    """Where the text names the person that its row belongs to, ascending and apart."""
    first, others = parts_of(names)
    found: list[Span] = []
    for match in WORD.finditer(text):
        if not match.group()[0].isupper():
            continue
        part = _part(match.group().casefold(), first | others)
        if part is None:
            continue
        start, stop = match.span()
        if found and JOINED.fullmatch(text, found[-1][1], start):
            found[-1] = (found[-1][0], stop)
        elif _is_meant(text, start, part, first):
            found.append((start, stop))
    return found


def _part(word: str, parts: frozenset[str]) -> str | None:
    """The part of the name that the word is, with or without the genitive's s."""
    if word in parts:
        return word
    return word[:-1] if word.endswith("s") and word[:-1] in parts else None


def _is_meant(text: str, start: int, part: str, first: frozenset[str]) -> bool:
    before = text[max(0, start - BEFORE) : start]
    if part in ALSO_WORDS or part in BRANDS:
        return CALLED.search(before) is not None
    return part in first or ARTICLE.search(before) is None
