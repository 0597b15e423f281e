"""Bytes -> characters: byte order marks, strict UTF-8, UTF-16 without a mark, then the 8-bit code pages of Germany."""

import codecs
import re

import charset_normalizer

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CODE_PAGES = ("cp1252", "cp850", "mac_roman")  # Windows, DOS, old Mac; the first wins a tie
GERMAN = re.compile(r"(?<=[a-zäöü])[äöüß](?=[a-zäöüß\W])|\b[ÄÖÜ](?=[a-zäöüß])")
SAMPLE_BYTES = 400_000
DAMAGE_MAX = 0.05  # share of broken among all multi-byte characters up to which a file still counts as UTF-8


def decoded(content: bytes) -> tuple[str, str, int]:
    """The text of `content` without its mark, the name of its encoding, the number of characters lost (U+FFFD)."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _with_losses(content[len(mark) :], encoding)
    wide = _wide(content[:SAMPLE_BYTES])
    if wide:
        return _with_losses(content, wide)
    try:
        return content.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        return _damaged_utf8(content) or _code_page(content)


def _with_losses(content: bytes, encoding: str) -> tuple[str, str, int]:
    try:
        return content.decode(encoding), encoding, 0
    except UnicodeDecodeError:
        text = content.decode(encoding, errors="replace")
        return text, encoding, text.count("\ufffd")


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of European text is zero."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    low, high = sample[0 : 2 * pairs : 2].count(0) / pairs, sample[1 : 2 * pairs : 2].count(0) / pairs
    if high > 0.7 and low < 0.1:
        return "utf-16-le"
    return "utf-16-be" if low > 0.7 and high < 0.1 else None


def _damaged_utf8(content: bytes) -> tuple[str, str, int] | None:
    """UTF-8 with a few broken places (a cut last character …), or None. Read as a code page, all umlauts would break."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - broken
    return (text, "utf-8", broken) if broken <= DAMAGE_MAX * sound else None


def _code_page(content: bytes) -> tuple[str, str, int]:
    """The code page under which most umlauts stand inside words; Windows-1252 where nothing tells them apart."""
    sample = content[:SAMPLE_BYTES]
    hits = {page: len(GERMAN.findall(sample.decode(page, errors="replace"))) for page in CODE_PAGES}
    best = max(CODE_PAGES, key=lambda page: hits[page])
    if not hits[best]:
        best = _guess(sample)
    return _with_losses(content, best)


def _guess(sample: bytes) -> str:
    """For other languages: what charset-normalizer reads, where Windows-1252 cannot be it."""
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        found = charset_normalizer.from_bytes(sample).best()
        return found.encoding if found else "cp1252"
    return "cp1252"
