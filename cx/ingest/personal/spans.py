"""Places in a text, and the pieces of patterns that every family uses."""

import re
from collections.abc import Callable, Iterable, Iterator

Span = tuple[int, int]  # first character, one behind the last
Finder = Callable[[str], list[Span]]
Hint = tuple[str, ...]  # RE2 patterns that all match a text in which a finder finds something, the quick one first

DIGIT = r"\d"
NBSP = "\u00a0"  # RE2 knows no \u escapes

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĠĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽȘȚ"
SPACE = "[ \u00a0\u202f]"
UNITS = (
    "euro|eur|cent|uhr|min|minuten|std|stunden?|sek|sekunden|tage?n?|wochen?|monate?n?|jahre?n?|mal|x|km|m|cm|mm|kg|g|l|ml|"
    "gb|mb|tb|hz|watt|kwh|qm|zoll|stück|stk|sterne?n?|personen|kinder|plätze|läden|punkte?n?|grad|prozent|etagen?|steps|pieces|"
    "dollars?|days?|hours?|minutes"
)
# Seven digits near each other: telephones, bank accounts and cards have at least these.
LONG_NUMBER = re.compile(rf"\d(?:[ {NBSP}()/.,\-–]{{0,3}}\d){{6}}")
A_LONG_NUMBER: Hint = (DIGIT, LONG_NUMBER.pattern)
# What stands behind a number that counts or measures something.
AMOUNT = re.compile(rf"{SPACE}?(?:[€$£%°]|(?:{UNITS})\b)|[.,:]\d", re.IGNORECASE)
DATE = re.compile(r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})?(?!\d)")


def says(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words (in small letters) stands in the text: the cheap look before a pattern's long one."""
    low = text.lower()
    return any(word in low for word in words)


PART_OF_WORD = re.compile(r"[\w-]")


def whole_words(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches that do not begin within a word. A look behind in the pattern itself would cost it its speed."""
    for match in pattern.finditer(text):
        if not PART_OF_WORD.match(text[max(0, match.start() - 1) : match.start()]):
            yield match


def replaced(text: str, places: list[Span], placeholder: str) -> str:
    """The text with the placeholder in each of the places, which ascend and do not overlap."""
    pieces, start = [], 0
    for first, stop in places:
        pieces += [text[start:first], placeholder]
        start = stop
    return "".join([*pieces, text[start:]])


def apart(places: list[Span]) -> list[Span]:
    """The places in ascending order without those that begin in an earlier one; the longest of one beginning."""
    kept: list[Span] = []
    for span in sorted(set(places), key=lambda each: (each[0], -each[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
