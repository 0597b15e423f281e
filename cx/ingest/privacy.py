"""Personal data: what in a text leads to a person becomes a typed placeholder, customers become keyed pseudonyms.

Everything happens before storage; the original cells live only in the memory of the import. Which places count as personal:
`cx/ingest/personal/`, one module per family; its words: `data/privacy/`.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePath

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cx.errors import StoreError
from cx.ingest.personal import contact, facts, names, numbers, own, places
from cx.ingest.personal.spans import Finder, Hint, Span, replaced
from cx.ingest.values import strings
from cx.language import _

KEY_BYTES = 32
OWNER_ONLY = 0o600
OTHERS = 0o077


@dataclass(frozen=True)
class Rule:
    """One kind of personal data: its placeholder, the finder of its places, and hints without which it finds none."""

    kind: str
    placeholder: str
    find: Finder
    hints: tuple[Hint, ...]


# In this order: what could be read as two kinds is the first of them.
RULES = (
    Rule("link", "[Link]", contact.links, contact.LINK_HINTS),
    Rule("email", "[E-Mail]", contact.emails, contact.EMAIL_HINTS),
    Rule("iban", "[IBAN]", numbers.ibans, numbers.IBAN_HINTS),
    Rule("birth", "[Geburtsdatum]", numbers.births, numbers.BIRTH_HINTS),
    Rule("card", "[Kreditkarte]", numbers.cards, numbers.CARD_HINTS),
    Rule("number", "[Nummer]", numbers.numbers, numbers.NUMBER_HINTS),
    Rule("ip", "[IP-Adresse]", contact.ips, contact.IP_HINTS),
    Rule("address", "[Adresse]", places.addresses, places.ADDRESS_HINTS),
    Rule("plate", "[Kennzeichen]", numbers.plates, numbers.PLATE_HINTS),
    Rule("phone", "[Telefon]", contact.phones, contact.PHONE_HINTS),
    Rule("name", "[Name]", names.names, names.NAME_HINTS),
)
CONTACT = tuple(rule for rule in RULES if rule.kind in ("email", "iban", "phone"))
PLACEHOLDERS = {rule.kind: rule.placeholder for rule in RULES}
PASSES = 8  # a placeholder can uncover its neighbour, which the next pass then finds; two are nearly always enough
RULES_VERSION = facts.version()


@dataclass(frozen=True)
class Masked:
    """Texts with placeholders in the place of personal data, and the number of places by kind (the keys of PLACEHOLDERS)."""

    texts: pd.Series
    counts: dict[str, int] = field(default_factory=dict)


def mask(texts: pd.Series, names: pd.Series | None = None) -> Masked:
    """The texts with placeholders for personal data; the rest stays to the character, and masking twice changes nothing.

    `names`, on the same index: what the file calls the row's own people, one name per line (a user name or an e-mail address
    too; "" or missing: nobody). They are masked where the row's text names them.
    """
    counts = dict.fromkeys(PLACEHOLDERS, 0)
    if not (texts != "").any():
        return Masked(texts, counts)
    persons = np.full(len(texts), "", dtype=object) if names is None else _persons(texts, names)
    hinted = _hinted(texts)
    looked_at = hinted.any(axis=1) | (persons != "")
    if not looked_at.any():
        return Masked(texts, counts)
    masked = texts.copy()
    masked[looked_at] = [
        _masked(text, person, counts, [rule for rule, hint in zip(RULES, hints, strict=True) if hint])
        for text, person, hints in zip(
            strings(texts[looked_at]), persons[looked_at], hinted[looked_at].tolist(), strict=True
        )
    ]
    return Masked(masked, counts)


def _hinted(texts: pd.Series) -> np.ndarray:
    """A row per text, a column per rule: whether the rule could find something. Only that is looked at more closely."""
    # Arrow's own regular expressions: a tenth of the time of Python's. One pattern for all kinds would be slower by far:
    # its automaton outgrows RE2's cache.
    cells = pa.array(texts, pa.large_string())
    known: dict[Hint, np.ndarray] = {(): np.arange(len(texts))}
    hinted = np.zeros((len(texts), len(RULES)), dtype=bool)
    for column, rule in enumerate(RULES):
        for hint in rule.hints:
            hinted[_rows(cells, hint, known), column] = True
    return hinted


def _rows(cells: pa.Array, hint: Hint, known: dict[Hint, np.ndarray]) -> np.ndarray:
    """The places of the cells that match all patterns of the hint; each beginning of a hint is worked out once."""
    if hint not in known:
        rows = _rows(cells, hint[:-1], known)
        found = pc.match_substring_regex(cells if len(hint) == 1 else cells.take(pa.array(rows)), hint[-1])
        known[hint] = rows[found.fill_null(False).to_numpy(zero_copy_only=False)]
    return known[hint]


def _persons(texts: pd.Series, names: pd.Series) -> np.ndarray:
    """Per text the name of its own person where a part of it stands in the text, else ""."""
    codes, distinct = pd.factorize(names.reindex(texts.index).fillna(""))
    given = [name if own.LONGER_WORD.search(name.casefold()) else "" for name in strings(distinct)]
    persons = np.array([*given, None], dtype=object)[codes]
    for place in np.flatnonzero(persons != ""):
        text = texts.iat[place]
        if not (isinstance(text, str) and own.may_hold(text, persons[place])):
            persons[place] = ""
    return persons


def mask_text(text: str, name: str = "") -> str:
    """One text with placeholders for personal data; `name` as one of `names` in `mask`."""
    return _masked(text, name, dict.fromkeys(PLACEHOLDERS, 0), RULES)


def mask_contact(text: str) -> str:
    """A channel, source, product or location without addresses and numbers of people; streets and names of shops stay."""
    return _masked(text, "", dict.fromkeys(PLACEHOLDERS, 0), CONTACT, CONTACT)


def mask_file_name(name: str) -> str:
    """The name of a file, or of one in an archive, as it is shown and kept: its ending stays, unless it is that of an address."""
    parts = (PurePath(part) for part in name.split("/"))
    return "/".join(mask_text(mask_text(part.stem) + part.suffix) for part in parts)


def _masked(
    text: str, person: str, counts: dict[str, int], rules: Iterable[Rule], every: Iterable[Rule] = RULES
) -> str:
    """The text after passes of the rules, `every` one of them from the second pass on, until a pass changes nothing."""
    for _pass in range(PASSES):
        before = text
        for rule in rules:
            text = _replaced(text, rule.kind, rule.find(text), counts)
        if person:
            text = _replaced(text, "name", own.own_names(text, person), counts)
        if text == before:
            break
        rules = every
    return text


def _replaced(text: str, kind: str, found: list[Span], counts: dict[str, int]) -> str:
    if not found:
        return text
    counts[kind] += len(found)
    return replaced(text, found, PLACEHOLDERS[kind])


# --- customers


def pseudonym(key: bytes, values: pd.Series) -> pd.Series:
    """A keyed pseudonym of 16 letters and digits per customer; None where the cell is empty.

    The same customer gets the same one under the same key, whatever spaces and capitals; without the key nobody can
    work it out or compare it with another database.
    """
    codes, distinct = pd.factorize(values)
    found = np.array([_pseudonym(key, " ".join(value.split()).casefold()) for value in strings(distinct)], dtype=object)
    return pd.Series(found[codes], index=values.index, dtype=object)


def _pseudonym(key: bytes, customer: str) -> str | None:
    return _digest(key, "customer", customer)[:16] if customer else None


def fingerprint(key: bytes, *parts: str) -> str:
    """A keyed digest of several parts, none of which holds NUL (HMAC-SHA-256, 32 hexadecimal digits)."""
    return _digest(key, *parts)[:32]


def _digest(key: bytes, *parts: str) -> str:
    inner, outer = _begun(key)
    inner, outer = inner.copy(), outer.copy()
    inner.update("\x00".join(parts).encode())
    outer.update(inner.digest())
    return outer.hexdigest()


@lru_cache(maxsize=4)
def _begun(key: bytes) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """The two hashes of HMAC (RFC 2104) with the key read in: half the time of hmac.digest, which reads it in anew."""
    block = key.ljust(hashlib.sha256().block_size, b"\0")
    return hashlib.sha256(block.translate(hmac.trans_36)), hashlib.sha256(block.translate(hmac.trans_5C))


def load_key(path: Path) -> bytes:
    """The key of a database, from its own file beside it; made with mode 600 where it is missing, brought back to it where others may read it.

    Raises StoreError where the file cannot be read or written, or holds no key.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_key(path)
        key = path.read_bytes()
        _tighten(path)
    except OSError as error:
        message = _("Die Schlüsseldatei „{path}“ lässt sich nicht lesen oder anlegen. Prüfen Sie die Rechte.")
        raise StoreError(message.format(path=path)) from error
    if len(key) != KEY_BYTES:
        message = _("Die Schlüsseldatei „{path}“ ist beschädigt. Spielen Sie sie aus einer Sicherung zurück.")
        raise StoreError(message.format(path=path))
    return key


def _tighten(path: Path) -> None:
    """A copy or a backup may have given the key away to others; the file of another owner is left to that one."""
    if path.stat().st_mode & OTHERS:
        with suppress(PermissionError):
            path.chmod(OWNER_ONLY)


def _write_key(path: Path) -> None:
    """Whole or absent, and never readable by others, not even for a moment."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
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
