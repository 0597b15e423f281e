"""A file as people have it -> a table of text cells, exactly as written. Nothing is interpreted here."""

import csv
import datetime as dt
import hashlib
import io
import itertools
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import python_calamine as calamine

from cx.errors import FileError
from cx.ingest import contents
from cx.ingest.encodings import decoded
from cx.language import _

DELIMITERS = (";", ",", "\t", "|")
TEXT = pd.StringDtype(na_value=float("nan"))  # what pandas calls "str"
NO_DELIMITER = "\x1f"  # the unit separator: a file of one column is read with it
SAMPLE_CHARACTERS = 200_000
SAMPLE_ROWS = 300
MOST = 0.5  # share of rows that must have the usual number of cells
LARGEST_BYTES = 1_000_000_000
LARGEST_BLOCK = 2**31 - 1  # Arrow counts it in 32 bits
LARGEST_UNPACKED_BYTES = 2_000_000_000  # of an xlsx; guards against zip bombs
EXCEL_HINT = re.compile(r'\A"?sep=(.)"?(\r\n|\n|\r)')

# One cell may hold a whole letter; the module's own limit is 128 KB.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True)
class Table:
    """The cells of a file as text, "" where a cell is empty or missing.

    `cells` has one column per header and one row per data row (empty rows are left out); `lines` is the line
    of the file on which each of them begins (header = 1; in xlsx the row of the sheet). `surplus` holds, by row
    position, the number of cells of a row that has more cells than the header.
    """

    name: str
    sha256: str
    cells: pd.DataFrame
    lines: pd.Series
    surplus: dict[int, int] = field(default_factory=dict)
    encoding: str | None = None  # None: xlsx
    delimiter: str | None = None  # None: xlsx, or a file of one column
    sheet: str | None = None
    damaged: int = 0  # characters that the file's encoding cannot explain, stored as U+FFFD

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, each once."""
        return tuple(self.cells.columns)

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def head(self) -> "Table":
        """The first rows: all there are."""
        return self

    def blocks(self) -> Iterator["Table"]:
        """The rows in blocks: one."""
        yield self


Export = Table


def read_table(file: Path | bytes | BinaryIO, name: str) -> Table:
    """The table in `file`: CSV in any usual encoding and delimiter, or xlsx. `name` is for messages and the batch.

    Raises FileError with a sentence for the user where the file is empty, too large, no table, or has no data row.
    """
    content = _bytes(file, name)
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FileError(
            _("Die Datei „{name}“ ist leer. Exportieren Sie sie noch einmal und prüfen Sie die Größe.").format(
                name=name
            )
        )
    contents.refuse_other_formats(content, name)
    digest = hashlib.sha256(content).hexdigest()
    if contents.is_workbook(content):
        return _read_workbook(content, name, digest)
    return _read_csv(content, name, digest)


def _bytes(file: Path | bytes | BinaryIO, name: str) -> bytes:
    if isinstance(file, Path):
        try:
            content = file.read_bytes() if file.stat().st_size <= LARGEST_BYTES else None
        except OSError as error:
            message = _("Die Datei „{name}“ lässt sich nicht lesen. Prüfen Sie Pfad und Rechte.")
            raise FileError(message.format(name=name)) from error
    else:
        content = file if isinstance(file, bytes) else file.read(LARGEST_BYTES + 1)
    if content is None or len(content) > LARGEST_BYTES:
        message = _("Die Datei „{name}“ ist größer als 1 GB. Teilen Sie den Export, zum Beispiel nach Jahren.")
        raise FileError(message.format(name=name))
    return content


# --- CSV


def _read_csv(content: bytes, name: str, digest: str) -> Table:
    text, encoding, damaged = decoded(content)
    contents.refuse_other_texts(text, name)
    hint = EXCEL_HINT.match(text)
    if hint:
        text = text[hint.end() :]
    delimiter = hint.group(1) if hint else delimiter_of(text)
    first_line = 2 if hint else 1
    grid = _parsed_fast(text, delimiter, first_line) or _parsed(text, delimiter, first_line, name)
    cells, lines, surplus = _body(grid, name)
    return Table(
        name=name,
        sha256=digest,
        cells=cells,
        lines=lines,
        surplus=surplus,
        encoding=encoding,
        delimiter=None if delimiter == NO_DELIMITER else delimiter,
        damaged=damaged,
    )


def delimiter_of(text: str) -> str:
    """The delimiter under which the rows of `text`, quotes respected, agree best on their number of cells.

    The unit separator where the header holds one cell under every delimiter: a file of one column.
    """
    sample = text[:SAMPLE_CHARACTERS]
    if len(text) > SAMPLE_CHARACTERS:
        sample = sample[: sample.rfind("\n") + 1] or sample
    scored = [(*_agreement(sample, delimiter), delimiter) for delimiter in DELIMITERS]
    agreement, width, best = max(scored, key=lambda score: (round(score[0], 1), score[1]))
    return best if width > 1 and agreement > 0 else NO_DELIMITER


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    """Share of rows as wide as the header, and that width; one cell only is no agreement."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = [len(row) for row in itertools.islice(rows, SAMPLE_ROWS) if row]
    if not widths or widths[0] < 2:
        return 0.0, 1
    return Counter(widths)[widths[0]] / len(widths), widths[0]


@dataclass(frozen=True)
class _Grid:
    """All rows of a file, the header among them, column by column; `surplus` counts the cells of rows that are too wide."""

    columns: list[pa.Array]
    lines: np.ndarray
    surplus: dict[int, int] = field(default_factory=dict)


def _parsed_fast(text: str, delimiter: str, first_line: int) -> _Grid | None:
    """The rows as Arrow reads them, about five times as fast as the csv module; None for files that need more care.

    Those have ragged rows, blank lines or one column. Where the line breaks of the cells do not add up to those of
    the file, something was understood differently, and the slow way decides.
    """
    width = len(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []))
    if width < 2:
        return None
    content = text.encode()
    names = [f"c{position}" for position in range(width)]
    try:
        rows = pyarrow.csv.read_csv(
            pa.BufferReader(content),
            read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=min(len(content) + 1, LARGEST_BLOCK)),
            parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    columns = [column.combine_chunks() for column in rows.columns]
    breaks = sum(_breaks(column) for column in columns)
    total = text.count("\n") + text.count("\r") - text.count("\r\n")
    if breaks.sum() + len(breaks) - (not text.endswith(("\n", "\r"))) != total:
        return None
    return _Grid(columns, first_line + np.concatenate([[0], np.cumsum(breaks + 1)[:-1]]))


def _breaks(cells: pa.Array) -> np.ndarray:
    """Line breaks within each cell: LF, CR or CR LF."""
    counts = [np.asarray(pc.count_substring(cells, mark)) for mark in ("\n", "\r", "\r\n")]
    return counts[0] + counts[1] - counts[2]


def _parsed(text: str, delimiter: str, first_line: int, name: str) -> _Grid:
    """The rows as the csv module reads them: any width, blank lines left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, lines, line = [], [], first_line
    for row in reader:
        if row:
            rows.append(row)
            lines.append(line)
        line = reader.line_num + first_line
    if rows and text.count('"') % 2:
        _refuse_open_quote(text, delimiter, lines[-1] - first_line, lines[-1], name)
    _refuse_prose(rows, name)
    return _grid(rows, lines)


def _refuse_prose(rows: list[list[str]], name: str) -> None:
    """Running text has commas too: without a number of cells that most rows share there is no table."""
    widths = [len(row) for row in rows if _filled(row)]
    if len(widths) < 3 or widths[0] == 1:
        return
    usual, n = Counter(widths[1:]).most_common(1)[0]
    if n < MOST * (len(widths) - 1) or usual == 1:
        message = _(
            "„{name}“ ist keine Tabelle: Die Zeilen haben unterschiedlich viele Zellen. "
            "Exportieren Sie die Bewertungen als CSV mit Anführungszeichen oder als Excel (xlsx)."
        )
        raise FileError(message.format(name=name))


def _refuse_open_quote(text: str, delimiter: str, position: int, line: int, name: str) -> None:
    """A quote that is opened and never closed swallows the rest of the file: say so instead of losing rows."""
    last = "".join(list(io.StringIO(text, newline=""))[position:])
    try:
        list(csv.reader(io.StringIO(last, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" not in str(error):
            return
        message = _(
            "In der Datei „{name}“ beginnt in Zeile {line} ein Text mit einem Anführungszeichen, das nirgends endet. "
            "Schließen Sie es oder exportieren Sie die Datei noch einmal."
        )
        raise FileError(message.format(name=name, line=line)) from error


def _grid(rows: list[list[str]], lines: Sequence[int]) -> _Grid:
    """Rows of any width as columns of the header's width: short rows filled with "", wide ones cut and noted."""
    filled = next((row for row in rows if _filled(row)), [])
    width = max(1, len(filled))
    surplus = {i: len(row) for i, row in enumerate(rows) if len(row) > width and _filled(row[width:])}
    if any(len(row) != width for row in rows):
        rows = [row[:width] + [""] * (width - len(row)) for row in rows]
    columns = [pa.array(column, pa.large_string()) for column in zip(*rows, strict=True)]
    return _Grid(columns, np.array(lines), surplus)


def _filled(row: list[str]) -> bool:
    return any(cell and not cell.isspace() for cell in row)


# --- xlsx


def _read_workbook(content: bytes, name: str, digest: str) -> Table:
    _refuse_bomb(content, name)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheet_names:
            found = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            rows = [[_cell(value) for value in row] for row in found]
            if sum(_filled(row) for row in rows) > 1:
                cells, lines, surplus = _body(_grid(rows, range(1, len(rows) + 1)), name)
                return Table(name=name, sha256=digest, cells=cells, lines=lines, surplus=surplus, sheet=sheet)
    except (calamine.CalamineError, zipfile.BadZipFile) as error:
        message = _(
            "Die Excel-Datei „{name}“ ist beschädigt oder geschützt. "
            "Öffnen Sie sie in Excel und speichern Sie sie ohne Kennwort als xlsx."
        )
        raise FileError(message.format(name=name)) from error
    message = _(
        "In der Excel-Datei „{name}“ steht auf keinem Blatt eine Tabelle mit Kopfzeile und Daten. "
        "Speichern Sie das Blatt mit den Bewertungen und versuchen Sie es noch einmal."
    )
    raise FileError(message.format(name=name))


def _refuse_bomb(content: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > LARGEST_UNPACKED_BYTES:
        message = _("Die Excel-Datei „{name}“ ist entpackt größer als 2 GB. Teilen Sie sie oder speichern Sie CSV.")
        raise FileError(message.format(name=name))


def _cell(value: object) -> str:
    """A cell of a workbook as plain text: dates in ISO, whole numbers without ".0"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    return "" if value is None else str(value)


# --- both


def _body(grid: _Grid, name: str) -> tuple[pd.DataFrame, pd.Series, dict[int, int]]:
    """The data rows under their headers, rows and nameless columns without any content left out."""
    rows = np.flatnonzero(~_blank(grid))
    if len(rows) < 2:
        message = _(
            "Die Datei „{name}“ hat nur eine Kopfzeile und keine Daten. "
            "Prüfen Sie im Quellsystem Zeitraum und Filter des Exports."
        )
        raise FileError(message.format(name=name))
    header = [column[int(rows[0])].as_py() for column in grid.columns]
    titles = unique_headers(header)
    data = [column.take(pa.array(rows[1:])) for column in grid.columns]
    kept = [
        i
        for i, column in enumerate(data)
        if header[i].strip() or pc.any(pc.greater(pc.binary_length(column), 0)).as_py()
    ]
    body = pa.table([data[i] for i in kept], names=[titles[i] for i in kept])
    cells = body.to_pandas(types_mapper={pa.large_string(): TEXT}.get)
    surplus = {int(np.searchsorted(rows, row)) - 1: width for row, width in grid.surplus.items()}
    return cells, pd.Series(grid.lines[rows[1:]], dtype="int64", name="line"), surplus


def _blank(grid: _Grid) -> np.ndarray:
    """Which rows hold nothing but white space."""
    blank = np.ones(len(grid.lines), dtype=bool)
    for column in grid.columns:
        left = np.flatnonzero(blank)
        if not len(left):
            break
        empty = pc.equal(pc.utf8_trim_whitespace(column.take(pa.array(left))), "")
        blank[left] = empty.to_numpy(zero_copy_only=False)
    return blank


def unique_headers(header: list[str]) -> list[str]:
    """Headers on one line, each once: "" becomes "Spalte 3", a second "Text" becomes "Text (2)"."""
    found: list[str] = []
    for position, title in enumerate(header, start=1):
        plain = " ".join(title.replace("\ufeff", "").replace("\x00", "").split()) or f"Spalte {position}"
        candidates = itertools.chain([plain], (f"{plain} ({n})" for n in itertools.count(2)))
        found.append(next(candidate for candidate in candidates if candidate not in found))
    return found
