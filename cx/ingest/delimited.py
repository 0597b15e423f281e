"""CSV, TSV and delimited text: rows of any number of gigabytes, a few megabytes at a time."""

import csv
import io
import itertools
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cx.errors import FileError
from cx.ingest import contents
from cx.ingest.encodings import Encoding
from cx.ingest.grids import TEXT, Grid, Source, is_filled, of_rows, refuse_wide
from cx.language import _

DELIMITERS = (";", ",", "\t", "|")
NO_DELIMITER = "\x1f"  # the unit separator: a file of one column is read with it
SAMPLE_CHARACTERS = 200_000
SAMPLE_ROWS = 300
MOST = 0.5  # share of rows that must have the usual number of cells
LARGEST_RECORD = 64_000_000  # bytes of one row; a quote that is never closed would swallow gigabytes
LARGEST_BLOCK = 2**31 - 1  # Arrow counts it in 32 bits
CUTS_TRIED = 20
LF, CR, QUOTE = 10, 13, 34
END = "\x1e"  # a row of our own after the last: where it is not read as one, a quote is still open
EXCEL_HINT = re.compile(r'\A"?sep=([^\w"\r\n]|\t)"?(\r\n|\n|\r)')

# One cell may hold a whole letter; the module's own limit is 128 KB.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True)
class Layout:
    """How the lines of a file are read. `start`: bytes before the first row; `line`: the line on which it begins."""

    delimiter: str
    width: int
    start: int = 0
    line: int = 1


def source(chunks: Callable[[], Iterator[bytes]], encoding: Encoding, name: str) -> Source:
    """The rows of a delimited text; `chunks` gives it anew as UTF-8 each time.

    Raises FileError where it is no table: running text, or a quote that is never closed.
    """
    layout = _layout(chunks, name)
    return Source(
        grids=lambda: grids(chunks(), layout, name),
        form="csv",
        encoding=encoding.name,
        delimiter=None if layout.delimiter == NO_DELIMITER else layout.delimiter,
        damaged=encoding.damaged,
    )


def _layout(chunks: Callable[[], Iterator[bytes]], name: str) -> Layout:
    text = beginning(chunks)
    hint = EXCEL_HINT.match(text)
    if hint:
        text = text[hint.end() :]
    delimiter = hint.group(1) if hint else delimiter_of(text)
    _refuse_prose(text, delimiter, name)
    start = len(hint.group(0).encode()) if hint else 0
    width = _width(_without(chunks(), start), delimiter, name)
    refuse_wide(width, name)
    return Layout(delimiter, width, start, 2 if hint else 1)


def beginning(chunks: Callable[[], Iterator[bytes]]) -> str:
    """The first characters of a text, enough to see how it is made; a last row may be cut."""
    begin = b""
    for chunk in chunks():
        begin += chunk
        if len(begin) > 4 * SAMPLE_CHARACTERS:
            break
    return begin[: 4 * SAMPLE_CHARACTERS].decode("utf-8", errors="ignore")[: SAMPLE_CHARACTERS + 1]


def delimiter_of(text: str) -> str:
    """The delimiter under which the rows of `text`, quotes respected, agree best on their number of cells.

    The unit separator where the header holds one cell under every delimiter: a file of one column.
    """
    sample = _whole_lines(text)
    scored = [(*_agreement(sample, delimiter), delimiter) for delimiter in DELIMITERS]
    agreement, width, best = max(scored, key=lambda score: (round(score[0], 1), score[1]))
    return best if width > 1 and agreement > 0 else NO_DELIMITER


def _whole_lines(text: str) -> str:
    sample = text[:SAMPLE_CHARACTERS]
    return sample if len(text) <= SAMPLE_CHARACTERS else sample[: sample.rfind("\n") + 1] or sample


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    """Share of rows as wide as the header, and that width; one cell only is no agreement."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = [len(row) for row in itertools.islice(rows, SAMPLE_ROWS) if row]
    if not widths or widths[0] < 2:
        return 0.0, 1
    return Counter(widths)[widths[0]] / len(widths), widths[0]


def _refuse_prose(text: str, delimiter: str, name: str) -> None:
    """Running text has commas too: without a number of cells that most rows share there is no table."""
    rows = csv.reader(io.StringIO(_whole_lines(text), newline=""), delimiter=delimiter)
    widths = [len(row) for row in rows if is_filled(row)]
    if len(widths) < 3 or widths[0] == 1:
        return
    usual, n = Counter(widths[1:]).most_common(1)[0]
    if n < MOST * (len(widths) - 1) or usual == 1:
        message = _(
            "„{name}“ ist keine Tabelle: Die Zeilen haben unterschiedlich viele Zellen. "
            "Exportieren Sie die Bewertungen als CSV mit Anführungszeichen oder als Excel (xlsx)."
        )
        raise contents.NoTable(message.format(name=name))


def _width(chunks: Iterator[bytes], delimiter: str, name: str) -> int:
    """The number of cells of the first row that is not empty: the header. At least 1."""
    begin, enough = b"", SAMPLE_CHARACTERS
    for piece in _pieces(chunks):
        begin += piece
        if len(begin) < enough:
            continue
        if width := _first_width(begin, delimiter):
            return width
        if len(begin) > LARGEST_RECORD:
            _refuse_endless(begin, 1, name)
        enough *= 4
    return _first_width(begin, delimiter, at_end=True) or 1


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield from (chunk[start : start + SAMPLE_CHARACTERS] for start in range(0, len(chunk), SAMPLE_CHARACTERS))


def _first_width(data: bytes, delimiter: str, *, at_end: bool = False) -> int:
    rows = _careful(data, delimiter, at_end=at_end).rows
    return len(next((row for row in rows if is_filled(row)), []))


def _without(chunks: Iterable[bytes], start: int) -> Iterator[bytes]:
    """All but the first `start` bytes, the last line ended."""
    last = b""
    for chunk in chunks:
        plain, start = chunk[start:], max(0, start - len(chunk))
        last = plain[-1:] or last
        yield plain
    if last not in (b"\n", b"\r", b""):
        yield b"\n"


def grids(chunks: Iterator[bytes], layout: Layout, name: str) -> Iterator[Grid]:
    """The rows that are complete, chunk by chunk; what is left over goes before the next chunk."""
    line, waiting = layout.line, b""
    for chunk in _without(chunks, layout.start):
        waiting += chunk
        if len(waiting) > LARGEST_RECORD + len(chunk):
            _refuse_endless(waiting, line, name)
        part = _parsed(waiting, layout)
        waiting = waiting[part.used :]
        yield part.grid.below(line)
        line += part.breaks
    # Left over: a CR that might have become CR LF, or a quote that is still open.
    last = _careful(waiting, layout.delimiter, at_end=True)
    if last.used < len(waiting):
        _refuse_open_quote(line + last.breaks, name)
    yield last.grid(layout.width).below(line)


@dataclass(frozen=True)
class _Part:
    """The complete rows at the start of some data (lines counted from 0), and how many bytes and line breaks they take."""

    grid: Grid
    used: int
    breaks: int


def _parsed(data: bytes, layout: Layout) -> _Part:
    cut = _cut(data)
    if cut and layout.width > 1:
        lines = data[:cut]
        part = _fast(lines, layout.delimiter, layout.width) or _ended(lines, layout)
        if part:
            return part
    found = _careful(data, layout.delimiter)
    return _Part(found.grid(layout.width), found.used, found.breaks)


def _ended(data: bytes, layout: Layout) -> _Part | None:
    """Rows that end with a delimiter although the header does not."""
    part = _fast(data, layout.delimiter, layout.width + 1)
    if part is None or pc.max(pc.binary_length(part.grid.columns[-1])).as_py():
        return None
    return replace(part, grid=replace(part.grid, columns=part.grid.columns[:-1]))


def _cut(data: bytes) -> int:
    """After the last line end with an even number of quotes before it: most probably the end of a row. 0: none found.

    A CR that is the last byte may be half of a CR LF.
    """
    end = _line_end(data, len(data) - data.endswith(b"\r"))
    odd = _count(memoryview(data)[:end], QUOTE) % 2
    for _attempt in range(CUTS_TRIED):
        if not odd or not end:
            break
        before = _line_end(data, data.rfind(b'"', 0, end))
        odd = (odd + _count(memoryview(data)[before:end], QUOTE)) % 2
        end = before
    return 0 if odd else end


def _line_end(data: bytes, stop: int) -> int:
    return max(data.rfind(b"\n", 0, stop), data.rfind(b"\r", 0, stop)) + 1


def _fast(data: bytes, delimiter: str, width: int) -> _Part | None:
    """The rows as Arrow reads them, many times as fast as the csv module; None for data that needs more care.

    That has ragged rows or blank lines. Where the line breaks of the cells do not add up to those of the data, or a
    quote is still open at its end, something was understood differently, and the slow way decides.
    """
    if not delimiter.isascii():
        return None
    content = data + (END + delimiter * (width - 1) + "\n").encode()
    names = [f"c{position}" for position in range(width)]
    try:
        rows = pyarrow.csv.read_csv(
            pa.BufferReader(content),
            read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=min(len(content) + 1, LARGEST_BLOCK)),
            parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, TEXT), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns = [column.combine_chunks() for column in rows.columns]
    n = rows.num_rows - 1
    if [column[n].as_py() for column in columns] != [END, *[""] * (width - 1)]:
        return None
    columns = [column.slice(0, n) for column in columns]
    total, lone = _breaks_in(data)
    if total == n:
        return _Part(Grid(columns, np.arange(n)), len(data), total)
    breaks = sum(_breaks(column, lone=lone) for column in columns)
    if breaks.sum() + n != total:
        return None
    return _Part(Grid(columns, np.concatenate([[0], np.cumsum(breaks + 1)[:-1]])), len(data), total)


def _breaks_in(data: bytes) -> tuple[int, bool]:
    """Line breaks (LF, CR or CR LF), and whether a CR stands alone anywhere."""
    content = np.frombuffer(data, dtype=np.uint8)  # finds pairs faster than bytes do
    returns = np.flatnonzero(content == CR)
    pairs = int(np.count_nonzero(content.take(returns + 1, mode="clip") == LF))
    return _count(data, LF) + len(returns) - pairs, len(returns) > pairs


def _count(data: bytes | memoryview, byte: int) -> int:
    """How often it occurs; twice as fast as bytes count themselves."""
    return int(np.count_nonzero(np.frombuffer(data, dtype=np.uint8) == byte))


def _breaks(cells: pa.Array, *, lone: bool) -> np.ndarray:
    """Line breaks within each cell; without CRs that stand alone, each has one LF."""
    marks = {"\n": 1, "\r": 1, "\r\n": -1} if lone else {"\n": 1}
    return sum(sign * np.asarray(pc.count_substring(cells, mark)) for mark, sign in marks.items())


@dataclass(frozen=True)
class _Careful:
    rows: list[list[str]]
    starts: list[int]  # line breaks before each row
    used: int  # bytes
    breaks: int  # line breaks in them

    def grid(self, width: int) -> Grid:
        """The rows as columns, `width` of them."""
        return of_rows(self.rows, self.starts, width)


def _careful(data: bytes, delimiter: str, *, at_end: bool = False) -> _Careful:
    """The rows as the csv module reads them: any width, blank lines left out, a row that is not complete too."""
    end = len(data) if at_end else _line_end(data, len(data) - data.endswith(b"\r"))
    lines = list(io.StringIO(data[:end].decode(), newline=""))
    reader = csv.reader([*lines, END + "\n"], delimiter=delimiter)
    rows, starts, reached, last = [], [], 0, []
    for row in reader:
        begun, reached, last = reached, reader.line_num, row
        if row:
            rows.append(row)
            starts.append(begun)
    if last == [END]:
        return _Careful(rows[:-1], starts[:-1], end, len(lines))
    complete = starts[-1]
    used = sum(len(line.encode()) for line in lines[:complete])
    return _Careful(rows[:-1], starts[:-1], used, complete)


def _refuse_endless(data: bytes, line: int, name: str) -> None:
    if b'"' in data:
        _refuse_open_quote(line, name)
    raise contents.NoTable(contents.no_table(name))


def _refuse_open_quote(line: int, name: str) -> None:
    """A quote that is opened and never closed swallows the rest of the file: say so instead of losing rows."""
    message = _(
        "In der Datei „{name}“ beginnt in Zeile {line} ein Text mit einem Anführungszeichen, das nirgends endet. "
        "Schließen Sie es oder exportieren Sie die Datei noch einmal."
    )
    raise FileError(message.format(name=name, line=line))
