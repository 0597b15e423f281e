"""Personal data: what in a text leads to a person becomes a typed placeholder, customers become keyed pseudonyms.

Everything happens before storage; the original cells live only in the memory of the import. Which places count as personal:
`cx/ingest/personal/`, one module per family; its words: `data/privacy/`.
"""

import hashlib
import hmac
import itertools
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
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
MAY_NAME = r"[A-Za-z]{3}|[^\x00-\x7f]"  # RE2; in whatever own.may_hold looks for: outside of ASCII one letter can fold to three
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
    rows, rest, masked = np.arange(len(texts)), texts, texts.copy()
    for _pass in range(PASSES):
        rows, rest = _masked_once(rows, rest, persons, counts)
        if not len(rows):
            break
        masked.iloc[rows] = rest
    return Masked(masked, counts)


def _masked_once(
    rows: np.ndarray, texts: pd.Series, persons: np.ndarray, counts: dict[str, int]
) -> tuple[np.ndarray, pd.Series]:
    """One pass over the texts in these rows: the rows in which anything was found, and their texts after it."""
    hinted = _hinted(texts)
    looked_at = hinted.any(axis=1) | (persons[rows] != "")
    before, rows = strings(texts[looked_at]), rows[looked_at]
    after = [
        _passed(text, person, counts, itertools.compress(RULES, hints))
        for text, person, hints in zip(before, persons[rows], hinted[looked_at].tolist(), strict=True)
    ]
    changed = [place for place, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    return rows[changed], pd.Series([after[place] for place in changed], dtype=texts.dtype)


def _hinted(texts: pd.Series) -> np.ndarray:
    """A row per text, a column per rule: whether the rule could find something. Only that is looked at more closely."""
    # Arrow's own regular expressions: a tenth of the time of Python's. One pattern for all kinds would be slower by far:
    # its automaton outgrows RE2's cache.
    cells = pa.array(texts, pa.large_string())
    known: dict[Hint, tuple[np.ndarray, pa.Array]] = {(): (np.arange(len(texts)), cells)}
    hinted = np.zeros((len(texts), len(RULES)), dtype=bool)
    for column, rule in enumerate(RULES):
        for hint in rule.hints:
            hinted[_matching(hint, known)[0], column] = True
    return hinted


def _matching(hint: Hint, known: dict[Hint, tuple[np.ndarray, pa.Array]]) -> tuple[np.ndarray, pa.Array]:
    """The cells that match all patterns of the hint, and their places; each beginning of a hint is worked out once."""
    if hint not in known:
        rows, cells = _matching(hint[:-1], known)
        found = pc.match_substring_regex(cells, hint[-1]).fill_null(False)
        known[hint] = rows[found.to_numpy(zero_copy_only=False)], cells.filter(found)
    return known[hint]


def _persons(texts: pd.Series, names: pd.Series) -> np.ndarray:
    """Per text the name of its own person where a part of it stands in the text, else ""."""
    given = pa.array(names.reindex(texts.index), pa.large_string())
    persons = np.full(len(texts), "", dtype=object)
    for place in np.flatnonzero(pc.match_substring_regex(given, MAY_NAME).fill_null(False)):
        text, name = texts.iat[place], given[place].as_py()
        if isinstance(text, str) and own.may_hold(text, name):
            persons[place] = name
    return persons


def mask_text(text: str, name: str = "") -> str:
    """One text with placeholders for personal data; `name` as one of `names` in `mask`."""
    return _masked(text, name, dict.fromkeys(PLACEHOLDERS, 0), RULES)


def mask_contact(text: str) -> str:
    """A channel, source, product or location without addresses and numbers of people; streets and names of shops stay."""
    return _masked(text, "", dict.fromkeys(PLACEHOLDERS, 0), CONTACT)


def mask_file_name(name: str) -> str:
    """The name of a file, or of one in an archive, as it is shown and kept: its ending stays, unless it is that of an address."""
    parts = (PurePath(part) for part in name.split("/"))
    return "/".join(mask_text(mask_text(part.stem) + part.suffix) for part in parts)


def _masked(text: str, person: str, counts: dict[str, int], rules: Sequence[Rule]) -> str:
    """The text after passes of the rules until a pass changes nothing."""
    for _pass in range(PASSES):
        before = text
        text = _passed(text, person, counts, rules)
        if text == before:
            break
    return text


def _passed(text: str, person: str, counts: dict[str, int], rules: Iterable[Rule]) -> str:
    """The text after one pass of the rules; as it is where they find nothing."""
    for rule in rules:
        text = _replaced(text, rule.kind, rule.find(text), counts)
    return _replaced(text, "name", own.own_names(text, person), counts) if person else text


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
    customers = [" ".join(value.split()).casefold() for value in strings(distinct)]
    digests = _digests(key, (f"customer\0{customer}".encode() for customer in customers))
    found = [digest[:16] if customer else None for customer, digest in zip(customers, digests, strict=True)]
    return pd.Series(np.array(found, dtype=object)[codes], index=values.index, dtype=object)


def fingerprints(key: bytes, kind: str, parts: Sequence[pd.Series]) -> list[str]:
    """A keyed digest per row over several columns of text without NUL, missing like "" (HMAC-SHA-256, 32 hexadecimal digits).

    `kind` keeps digests of different things apart.
    """
    columns = [pa.array(part, pa.large_string(), from_pandas=True).fill_null("") for part in parts]
    rows = pc.binary_join_element_wise(pa.scalar(kind, pa.large_string()), *columns, pa.scalar("\0", pa.large_string()))
    return [digest[:32] for digest in _digests(key, rows.cast(pa.large_binary()).to_pylist())]


def _digests(key: bytes, messages: Iterable[bytes]) -> Iterator[str]:
    """HMAC-SHA-256 (RFC 2104) of each message. The key is read in once: half the time of hmac.digest, which does so each time."""
    block = key.ljust(hashlib.sha256().block_size, b"\0")
    begun = [hashlib.sha256(block.translate(padding)) for padding in (hmac.trans_36, hmac.trans_5C)]
    for message in messages:
        inner, outer = begun[0].copy(), begun[1].copy()
        inner.update(message)
        outer.update(inner.digest())
        yield outer.hexdigest()


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
