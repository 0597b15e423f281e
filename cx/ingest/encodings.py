"""Bytes -> characters: byte order marks, strict UTF-8, UTF-16 without a mark, then the 8-bit code pages of Germany.

Everything works on chunks, so that memory does not grow with the file.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import charset_normalizer
import numpy as np
import pyarrow as pa

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CODE_PAGES = ("cp1252", "cp850", "mac_roman")  # Windows, DOS, old Mac; the first wins a tie
LATIN_9 = "iso8859-15"  # Latin-1 with a euro sign
EURO_9 = b"\xa4"
ASCII = bytes(range(128))
HIGH_CONTROLS = bytes(range(0x80, 0xA0))  # letters and quotes in Windows-1252, nothing in Latin-1 and Latin-9
FOREIGN = re.compile(rb"[\x80-\xff]+")
AROUND = 20  # bytes on either side of what is not ASCII that tell whether it stands inside a word
GERMAN = re.compile(r"(?<=[a-zäöü])[äöüß](?=[a-zäöüß\W])|\b[ÄÖÜ](?=[a-zäöüß])")
FIRST_OF_SEVERAL = 0xC0  # in UTF-8
SAMPLE_BYTES = 400_000
START = (b"", 0)  # the state of a decoder that waits for nothing
DAMAGE_MAX = 0.05  # share of broken among all multi-byte characters up to which a file still counts as UTF-8


@dataclass(frozen=True)
class Encoding:
    """How bytes are read: `name` as Python calls it, `mark` (bytes to leave out at the start), and the number of
    characters that the bytes do not give, read as U+FFFD."""

    name: str
    mark: int = 0
    damaged: int = 0


def encoding_of(chunks: Iterable[bytes]) -> Encoding:
    """The encoding of a file, given in chunks; all of them are looked at."""
    found = _Seen()
    for chunk in chunks:
        found.add(chunk)
    return found.encoding()


def utf8(chunks: Iterable[bytes], encoding: Encoding) -> Iterator[bytes]:
    """The same characters as UTF-8, without the mark; what cannot be read becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding.name)(errors="replace")
    as_is = encoding.name == "utf-8" and not encoding.damaged
    skip = encoding.mark
    for chunk in chunks:
        plain, skip = chunk[skip:], max(0, skip - len(chunk))
        yield plain if as_is else decoder.decode(plain).encode()
    yield decoder.decode(b"", final=True).encode()


class _Seen:
    """What the chunks of a file have shown of its encoding so far."""

    def __init__(self) -> None:
        self._begin = b""
        self._unicode: _Decoded | None = None
        self._marked: Encoding | None = None
        self._waiting: list[bytes] = []
        self._high = np.zeros(256, dtype=np.int64)  # how often each byte outside ASCII occurs
        self._abroad: list[bytes] = []
        self._abroad_bytes = 0

    def add(self, chunk: bytes) -> None:
        """Look at the next bytes of the file."""
        if self._unicode is None:
            self._begin += chunk
            if len(self._begin) < SAMPLE_BYTES:
                return
            chunk = self._begin
            self._start()
        self._look_at(chunk)

    def encoding(self) -> Encoding:
        """What the bytes so far are most probably written in."""
        if self._unicode is None:
            self._start()
            self._look_at(self._begin)
        damaged, sound = self._unicode.losses()
        if self._marked:
            return Encoding(self._marked.name, self._marked.mark, damaged)
        if self._unicode.name != "utf-8" or damaged <= DAMAGE_MAX * sound:
            return Encoding(self._unicode.name, 0, damaged)
        page = _code_page(b"\n".join(self._abroad), self._high)
        return Encoding(page, 0, _undefined(page, self._high))

    def _start(self) -> None:
        """Choose, by its beginning, as what the file is read on trial."""
        for mark, name in MARKS:
            if self._begin.startswith(mark):
                self._marked = Encoding(name, len(mark))
                break
        name = self._marked.name if self._marked else _wide(self._begin[:SAMPLE_BYTES]) or "utf-8"
        self._unicode = _Decoded(name, self._marked.mark if self._marked else 0)

    def _look_at(self, chunk: bytes) -> None:
        self._unicode.add(chunk)
        if self._marked or self._unicode.name != "utf-8" or not self._unicode.broken:
            return
        high = np.frombuffer(chunk.translate(None, ASCII), dtype=np.uint8)
        self._high += np.bincount(high, minlength=256)
        if self._abroad_bytes < SAMPLE_BYTES:
            for found in FOREIGN.finditer(chunk):
                self._abroad.append(chunk[max(0, found.start() - AROUND) : found.end() + AROUND])
                self._abroad_bytes += len(self._abroad[-1])
                if self._abroad_bytes >= SAMPLE_BYTES:
                    break


class _Decoded:
    """Reads chunks on trial, strictly while that works, and counts what is lost from then on."""

    def __init__(self, name: str, skip: int) -> None:
        self.name = name
        self.broken = False
        self._skip = skip
        self._decoder = codecs.getincrementaldecoder(name)()
        self._begun = 0  # bytes that begin a character outside ASCII in UTF-8
        self._lost = 0

    def add(self, chunk: bytes, *, final: bool = False) -> None:
        """Read the next bytes; `final`: nothing follows."""
        plain, self._skip = chunk[self._skip :], max(0, self._skip - len(chunk))
        self._begun += int(np.count_nonzero(np.frombuffer(plain, dtype=np.uint8) >= FIRST_OF_SEVERAL))
        if not self.broken:
            before = self._decoder.getstate()
            if self.name == "utf-8" and before == START and _is_utf8(plain):
                return
            try:
                self._decoder.decode(plain, final)
                return
            except UnicodeDecodeError:
                self.broken = True
                self._decoder = codecs.getincrementaldecoder(self.name)(errors="replace")
                self._decoder.setstate(before)
        self._lost += self._decoder.decode(plain, final).count("\ufffd")

    def losses(self) -> tuple[int, int]:
        """Characters lost, and, in UTF-8, about how many characters outside ASCII are sound."""
        self.add(b"", final=True)
        return self._lost, self._begun - self._lost


def _is_utf8(data: bytes) -> bool:
    """Whether these are whole characters in UTF-8. Arrow looks ten times as fast as Python decodes."""
    ends = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)]).cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of European text is zero."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    low, high = sample[0 : 2 * pairs : 2].count(0) / pairs, sample[1 : 2 * pairs : 2].count(0) / pairs
    if high > 0.7 and low < 0.1:
        return "utf-16-le"
    return "utf-16-be" if low > 0.7 and high < 0.1 else None


def _code_page(abroad: bytes, high: np.ndarray) -> str:
    """The code page under which most umlauts stand inside words; Windows-1252 where nothing tells them apart."""
    hits = {page: len(GERMAN.findall(abroad.decode(page, errors="replace"))) for page in CODE_PAGES}
    best = max(CODE_PAGES, key=lambda page: hits[page])
    if not hits[best]:
        best = _guess(abroad)
    return LATIN_9 if best == "cp1252" and _is_latin_9(high) else best


def _is_latin_9(high: np.ndarray) -> bool:
    """A euro sign where Windows-1252 has the sign for any currency, which nobody writes, and nothing of Windows' own."""
    return bool(high[EURO_9[0]]) and not high[list(HIGH_CONTROLS)].any()


def _guess(sample: bytes) -> str:
    """For other languages: what charset-normalizer reads, where Windows-1252 cannot be it."""
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        found = charset_normalizer.from_bytes(sample).best()
        return found.encoding if found else "cp1252"
    return "cp1252"


def _undefined(page: str, high: np.ndarray) -> int:
    """How many bytes the code page gives no character for."""
    single = [byte for byte in np.flatnonzero(high) if bytes([byte]).decode(page, errors="replace") == "\ufffd"]
    return int(high[single].sum())
