"""What the finders know: words and codes from data/privacy/*.tsv, two columns each: the word and its kind."""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from phonenumbers import __version__ as phone_plans

SHIPPED = Path(__file__).parents[3] / "data" / "privacy"
VERSION_DIGITS = 12


@cache
def listed(file: str, kind: str) -> tuple[str, ...]:
    """The entries of one kind in data/privacy/`file`.tsv, as written."""
    rows = (line.split("\t") for line in (SHIPPED / f"{file}.tsv").read_text(encoding="utf-8").splitlines())
    return tuple(word for word, given in rows if given == kind)


def words(file: str, kind: str) -> frozenset[str]:
    """The same as a set, folded: small letters, ss for ß."""
    return frozenset(word.casefold() for word in listed(file, kind))


def cased(entries: Iterable[str]) -> str:
    """The entries as they stand, in small letters, in capitals and capitalised, as the inside of a group, longest first.

    Faster than a pattern that ignores case: Python then knows which letters it can begin with.
    """
    forms = {form for word in entries for form in (word, word.lower(), word.upper(), word.capitalize())}
    return "|".join(sorted((re.escape(form) for form in forms), key=lambda form: (-len(form), form)))


def alternatives(entries: Iterable[str]) -> str:
    """The entries (folded) as the inside of a regular expression's group, longest first, ss also as ß."""
    longest_first = sorted(entries, key=lambda each: (-len(each), each))
    return "|".join(word.replace(".", r"\.").replace("ss", "(?:ss|ß)") for word in longest_first)


def version() -> str:
    """What changes with the rules: their code, their words and the numbering plans of the telephone library."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), *sorted(SHIPPED.glob("*.tsv"))]
    content = b"\0".join([phone_plans.encode(), *(file.read_bytes() for file in files)])
    return hashlib.sha256(content).hexdigest()[:VERSION_DIGITS]
