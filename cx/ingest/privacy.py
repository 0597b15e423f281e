"""Personal data: e-mail, telephone and IBAN in texts become placeholders, customers become keyed pseudonyms.

Everything happens before storage; the original cells live only in the memory of the import.
"""

import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc
from stdnum import iban

from cx.errors import StoreError
from cx.language import _

RULES_VERSION = "1"  # of what is masked, kept with every upload
KEY_BYTES = 32
COUNTRY = "DE"  # numbers without a country code are read as German
PLACEHOLDERS = {"email": "[E-Mail]", "iban": "[IBAN]", "phone": "[Telefon]"}

# Only texts that match are looked at more closely: an @, an IBAN's beginning, or seven digits near each other.
NBSP = "\u00a0"  # Arrow's expressions know no \u escapes
SUSPICIOUS = r"@|\(at\)|\[at\]|[A-Za-z]{2}\d\d ?[0-9A-Z]|\d(?:[ " + NBSP + r"()/.\-–]{0,3}\d){6}"

EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?(?:[\w-]+\.)+[^\W\d_]{2,}",
    re.IGNORECASE,
)
IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d\d(?:[ \u00a0.\-]?[A-Za-z0-9]){11,30}")
IBAN_LENGTHS = range(15, 35)
PHONE = re.compile(
    r"(?<![\w€$£.,/+-])(?<![\d]\s)(?:\+|00|\(\+?0|\(?0(?=[1-9]))[\d()\[\] \u00a0/.\-–]{5,24}\d(?![\w€$£]|[.,]\d|\s?(?:€|Euro|EUR|%))"
)
DIGITS = re.compile(r"\D")
DATE_LIKE = re.compile(r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}")
SPAN_LIKE = re.compile(r"\d{1,2}[.:]\d{2}\.?\s*[-–]\s*\d{1,2}[.:]\d{2}")  # days or opening hours
NOT_A_CALL = re.compile(
    r"(?:\w{3,}-?(?:nummer|nr|number)|\b(?:art|id|code|artikel|bestellung|auftrag|rechnung|order|ticket|ean|isbn|pin|sendung|"
    r"paket|vertrag|konto|zähler|serien|kunden|vorgang|fall)\w*)\.?\s*(?:ist|lautet|war|nr\.?|nummer)?\s*[:#]?\s*$",
    re.IGNORECASE,
)
CALL = re.compile(r"\b(?:telefon|tel|handy|mobil|ruf|fax|phone|hotline|durchwahl|whatsapp)\w*\.?", re.IGNORECASE)
BEFORE = 40  # characters before a number that can say what it is


@dataclass(frozen=True)
class Masked:
    """Texts with placeholders in the place of personal data, and the number of places by kind (email, phone, iban)."""

    texts: pd.Series
    counts: dict[str, int] = field(default_factory=dict)


def mask(texts: pd.Series, names: pd.Series | None = None) -> Masked:
    """The texts without e-mail addresses, telephone numbers and IBANs; the rest stays to the character."""
    counts = dict.fromkeys(PLACEHOLDERS, 0)
    suspicious = _suspicious(texts)
    if not suspicious.any():
        return Masked(texts, counts)
    cleaned = texts.copy()
    cleaned[suspicious] = [_masked(text, counts) for text in texts[suspicious]]
    return Masked(cleaned, counts)


def _suspicious(texts: pd.Series) -> np.ndarray:
    # Arrow's own regular expressions: a tenth of the time of Python's, which pandas falls back to.
    found = pc.match_substring_regex(pa.array(texts, pa.large_string()), SUSPICIOUS)
    return found.fill_null(False).to_numpy(zero_copy_only=False)


def mask_text(text: str) -> str:
    """One text without e-mail addresses, telephone numbers and IBANs."""
    return _masked(text, dict.fromkeys(PLACEHOLDERS, 0))


def _masked(text: str, counts: dict[str, int]) -> str:
    text = _replaced(text, "email", counts, [match.span() for match in EMAIL.finditer(text)])
    text = _replaced(text, "iban", counts, _ibans(text))
    return _replaced(text, "phone", counts, _phones(text))


def _replaced(text: str, kind: str, counts: dict[str, int], spans: list[tuple[int, int]]) -> str:
    for start, stop in reversed(spans):
        text = text[:start] + PLACEHOLDERS[kind] + text[stop:]
    counts[kind] += len(spans)
    return text


def _ibans(text: str) -> list[tuple[int, int]]:
    """The longest stretch from each candidate's beginning whose checksum and country length hold."""
    found = []
    for match in IBAN.finditer(text):
        for stop in range(match.end(), match.start() + IBAN_LENGTHS.start, -1):
            if text[stop - 1].isalnum() and _is_iban(text[match.start() : stop]):
                found.append((match.start(), stop))
                break
    return found


def _is_iban(candidate: str) -> bool:
    compact = re.sub(r"[\s.\-]", "", candidate)
    return len(compact) in IBAN_LENGTHS and iban.is_valid(compact)


def _phones(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in PHONE.finditer(text) if _is_phone(text, match)]


def _is_phone(text: str, match: re.Match[str]) -> bool:
    """A number that a German (or, with country code, any) telephone could have, and that is called nothing else."""
    written, before = match.group(), text[max(0, match.start() - BEFORE) : match.start()]
    if (
        DATE_LIKE.fullmatch(written)
        or SPAN_LIKE.match(written)
        or (NOT_A_CALL.search(before) and not CALL.search(before))
    ):
        return False
    plain = re.sub(r"\(0\)", "", written)
    try:
        parsed = phonenumbers.parse(plain, COUNTRY)
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_valid_number(parsed):
        return True
    # A made-up or very new area code: possible by its length, and the text calls it a telephone.
    return bool(phonenumbers.is_possible_number(parsed) and CALL.search(before))


# --- customers


def pseudonym(key: bytes, values: pd.Series) -> pd.Series:
    """A keyed pseudonym of 16 letters and digits per customer; None where the cell is empty.

    The same customer gets the same one under the same key, whatever spaces and capitals; without the key nobody can
    work it out or compare it with another database.
    """
    codes, distinct = pd.factorize(values)
    found = np.array([_pseudonym(key, " ".join(value.split()).casefold()) for value in distinct], dtype=object)
    return pd.Series(found[codes], index=values.index, dtype=object)


def _pseudonym(key: bytes, customer: str) -> str | None:
    return _digest(key, "customer", customer)[:16] if customer else None


def fingerprint(key: bytes, *parts: str) -> str:
    """A keyed digest of several parts, none of which holds NUL (HMAC-SHA-256, 32 hexadecimal digits)."""
    return _digest(key, *parts)[:32]


def _digest(key: bytes, *parts: str) -> str:
    return hmac.digest(key, "\x00".join(parts).encode(), "sha256").hex()


def load_key(path: Path) -> bytes:
    """The key of a database, from its own file beside it; made with mode 600 where it is missing.

    Raises StoreError where the file cannot be read or written, or holds no key.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_key(path)
        key = path.read_bytes()
    except OSError as error:
        message = _("Die Schlüsseldatei „{path}“ lässt sich nicht lesen oder anlegen. Prüfen Sie die Rechte.")
        raise StoreError(message.format(path=path)) from error
    if len(key) != KEY_BYTES:
        message = _("Die Schlüsseldatei „{path}“ ist beschädigt. Spielen Sie sie aus einer Sicherung zurück.")
        raise StoreError(message.format(path=path))
    return key


def _write_key(path: Path) -> None:
    """Whole or absent, and never readable by others, not even for a moment."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails where another process was faster; its key then counts
    except FileExistsError:
        pass
    finally:
        draft.unlink()
