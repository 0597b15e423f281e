"""A file as people have it -> tables of text cells, exactly as written. Nothing is interpreted here.

A file is read as often as needed, block by block: once to look through it, then by whoever wants its rows.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from cx.errors import FileError
from cx.ingest import archives, contents, delimited, encodings, headers, records, workbooks
from cx.ingest.contents import Form
from cx.ingest.facts import Facts, Gathering
from cx.ingest.grids import TEXT, Grid, Source, ahead, concatenated
from cx.ingest.headers import Headers
from cx.ingest.originals import Original, original
from cx.language import _

STRING = pd.StringDtype(na_value=float("nan"))  # what pandas calls "str"
HEAD_ROWS = 20_000
HEAD_BYTES = 100_000_000  # fewer rows where they are long
BLOCK_ROWS = 24_000  # masked and read at once: twice as many take little less time each, and 100 MB more


@dataclass(frozen=True)
class Table:
    """The cells of a file, or of a stretch of its rows, as text, "" where a cell is empty or missing.

    `cells` has one column per header and one row per data row (empty rows are left out); `lines` is the line
    of the file on which each of them begins (header = 1; the row of a sheet; the record of a JSON or Parquet file, from 1).
    `surplus` holds, by row position, the number of cells of a row that has more cells than the header.
    """

    name: str
    sha256: str
    cells: pd.DataFrame
    lines: pd.Series
    surplus: dict[int, int] = field(default_factory=dict)
    encoding: str | None = None  # None: no text file
    delimiter: str | None = None  # None: not delimited, or a file of one column
    sheet: str | None = None
    damaged: int = 0  # characters that the file's encoding cannot explain, stored as U+FFFD
    wordings: dict[str, str] = field(default_factory=dict)  # as in Export

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, each once."""
        return tuple(self.cells.columns)

    def __len__(self) -> int:
        return len(self.cells)

    # A table in memory can stand for an export.

    empty = ()

    @property
    def head(self) -> "Table":
        """The first rows: all there are."""
        return self

    @property
    def facts(self) -> dict[str, Facts]:
        """What is true of each column."""
        gathered = {header: Gathering() for header in self.headers}
        for header, each in gathered.items():
            each.add(pa.array(self.cells[header], TEXT))
        return {header: each.facts() for header, each in gathered.items()}

    def blocks(self) -> Iterator["Table"]:
        """All rows in order, at most BLOCK_ROWS at a time. `damaged` stands in the first block."""
        for start in range(0, len(self), BLOCK_ROWS):
            yield self.part(start, start + BLOCK_ROWS)

    def part(self, start: int, stop: int) -> "Table":
        """The rows from position `start` up to, not including, `stop`; `damaged` stays with the first."""
        return replace(
            self,
            cells=self.cells.iloc[start:stop].reset_index(drop=True),
            lines=self.lines.iloc[start:stop].reset_index(drop=True),
            surplus={row - start: width for row, width in self.surplus.items() if start <= row < stop},
            damaged=0 if start else self.damaged,
        )

    def rows_at(self, lines: Sequence[int]) -> pd.DataFrame:
        """The cells of these lines, in the order of the file, with `line` as index. Unknown lines are left out."""
        found = self.lines.isin(list(lines)).to_numpy()
        return self.cells[found].set_index(pd.Index(self.lines[found], name="line"))


@dataclass(frozen=True)
class Export:
    """A table of a file, open for reading block by block.

    `headers`: each once, on one line. `wordings`: header -> what was asked, where further header rows say it (a header that is
    missing asks itself). `form`: "csv", "xlsx", "xlsb", "xls", "ods", "json", "jsonl" or "parquet". `sheets`: of a workbook, those
    with a table. `header_rows`: 1, 2 (SurveyMonkey) or 3 (Qualtrics). `head`: the first rows, up to 20,000. `facts`: per header, over
    the whole file. `empty`: files without any content beside the first table of an archive. `len` is the number of data rows. The rest as in
    Table.
    """

    name: str
    sha256: str
    headers: tuple[str, ...]
    wordings: dict[str, str]
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: tuple[str, ...]
    form: str
    header_rows: int
    damaged: int
    head: Table
    facts: dict[str, Facts]
    _rows: int
    _body: "_Body" = field(repr=False)
    empty: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self._rows

    def blocks(self) -> Iterator[Table]:
        """As those of a table; from the start at each call. Raises FileError where the file has changed meanwhile."""
        if len(self.head) == len(self):
            yield from self.head.blocks()
            return
        for place, grid in enumerate(self._body.grids()):
            yield replace(_table(self.head, self._body, grid), damaged=self.damaged if place == 0 else 0)

    def rows_at(self, lines: Sequence[int]) -> pd.DataFrame:
        """The cells of these lines, in the order of the file, with `line` as index. Unknown lines are left out."""
        wanted = frozenset(lines)
        found = [self.head.rows_at([])]
        missing = len(wanted)
        for table in self.blocks() if wanted else ():
            found.append(table.rows_at(wanted))
            missing -= len(found[-1])
            if not missing:
                break
        return pd.concat(found)


@dataclass(frozen=True)
class _Body:
    """The data rows of a source: those after its headers that are not empty; `kept`: positions of the columns under a header."""

    source: Source
    header: Headers
    kept: tuple[int, ...]

    def grids(self) -> Iterator[Grid]:
        """The data rows, at most BLOCK_ROWS at a time."""
        return _below(self.header, self.source.grids())


def _below(header: Headers, grids: Iterable[Grid]) -> Iterator[Grid]:
    """The rows below the headers that are not empty, at most BLOCK_ROWS at a time."""
    above = header.rows
    for grid in grids:
        filled = grid.filled()
        rows, above = filled[above:], max(0, above - len(filled))
        for start in range(0, len(rows), BLOCK_ROWS):
            yield grid.take(rows[start : start + BLOCK_ROWS])


def open_exports(file: Path | bytes | BinaryIO, name: str, sheet: str | None = None) -> list[Export]:
    """The tables of `file`, open for reading: one, or those of a ZIP archive. `name` is for messages and the batch.

    Delimited text in any usual encoding, workbooks (xlsx, xlsm, xlsb, xls, ods; `sheet`: the first with a table unless named),
    JSON, JSON Lines, Parquet. A path is opened anew for each reading; bytes and uploads stay as they are; nothing is
    written. Raises FileError with a sentence for the user where the file is empty, too large, no table, or has no data row.
    """
    return _exports(original(file, name), sheet)


def read_table(file: Path | bytes | BinaryIO, name: str, sheet: str | None = None) -> Table:
    """The whole of the one table in `file`, in memory; else as `open_exports`. Raises FileError for several."""
    exports = open_exports(file, name, sheet)
    if len(exports) > 1:
        message = _("Das Archiv „{name}“ enthält mehrere Tabellen. Entpacken Sie es und laden Sie jede für sich.")
        raise FileError(message.format(name=name))
    [export] = exports
    if len(export.head) == len(export):
        return export.head
    return _joined(list(export.blocks()), export)


def _joined(blocks: list[Table], export: Export) -> Table:
    starts = itertools.accumulate((len(block) for block in blocks), initial=0)
    return replace(
        export.head,
        cells=pd.concat([block.cells for block in blocks], ignore_index=True),
        lines=pd.concat([block.lines for block in blocks], ignore_index=True),
        surplus={start + row: n for start, block in zip(starts, blocks) for row, n in block.surplus.items()},  # noqa: B905
    )


def _exports(file: Original, sheet: str | None) -> list[Export]:
    form = contents.form_of(file)
    if form is Form.ZIP:
        found, empty = archives.of_members(
            file, lambda member: _export(member, _source(member, contents.form_of(member), sheet))
        )
        return [replace(found[0], empty=empty), *found[1:]]
    return [_export(file, _source(file, form, sheet))]


def _source(file: Original, form: Form, sheet: str | None) -> Source:
    if form is Form.ZIP:
        archives.refuse_nested(file)
    if form is Form.PARQUET:
        return records.parquet_source(file)
    return workbooks.source(file, form, sheet) if form in workbooks.FORMS else _text(file)


def _text(file: Original) -> Source:
    encoding = encodings.encoding_of(file.chunks())

    def chunks() -> Iterator[bytes]:
        return encodings.utf8(file.chunks(), encoding)

    begin = delimited.beginning(chunks)
    contents.refuse_other_texts(begin, file.name)
    if contents.is_json(begin):
        return records.json_source(file, chunks, encoding)
    return delimited.source(chunks, encoding, file.name)


def _export(file: Original, source: Source) -> Export:
    """Look through all rows once: count them, keep the first, gather what is true of each column."""
    grids = source.grids()
    first = _first(grids)
    header = _header(first, source, file.name)
    gathered = [Gathering() for _name in header.names]
    rows, head = 0, _Head()
    for grid in _below(header, itertools.chain(first, ahead(grids))):
        rows += len(grid)
        head.add(grid)
        for column, each in zip(grid.columns, gathered, strict=True):
            each.add(column)
    if not rows:
        raise FileError(_no_rows(file.name))
    kept = [place for place, each in enumerate(gathered) if each.filled or place not in header.nameless]
    body = _Body(source, header, tuple(kept))
    begin = Table(
        name=file.name,
        sha256=file.sha256(),
        cells=pd.DataFrame(),
        lines=pd.Series(),
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        damaged=source.damaged,
        wordings=header.wordings,
    )
    return Export(
        name=file.name,
        sha256=begin.sha256,
        headers=tuple(header.names[place] for place in kept),
        wordings=header.wordings,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        sheets=source.sheets,
        form=source.form,
        header_rows=header.rows,
        damaged=source.damaged,
        head=_table(begin, body, concatenated(head.grids)),
        facts={header.names[place]: gathered[place].facts() for place in kept},
        _rows=rows,
        _body=body,
    )


def _first(grids: Iterator[Grid]) -> list[Grid]:
    """As many grids as show what the headers are."""
    found, rows = [], 0
    for grid in grids:
        found.append(grid)
        rows += len(grid.filled())
        if rows >= headers.LOOKED_AT:
            break
    return found


def _header(first: list[Grid], source: Source, name: str) -> Headers:
    rows = [row for grid in first for row in grid.take(grid.filled()[: headers.LOOKED_AT]).rows(headers.LOOKED_AT)]
    if not rows:
        raise FileError(_no_rows(name))
    return headers.found(rows[: source.header_rows or headers.LOOKED_AT])


class _Head:
    """The first rows of a file, as far as they go into HEAD_ROWS and HEAD_BYTES."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._rows, self._bytes, self._full = 0, 0, False

    def add(self, grid: Grid) -> None:
        """Keep of `grid` what still goes in."""
        if self._full:
            return
        size = sum(column.nbytes for column in grid.columns) / len(grid)
        fitting = max(1, int((HEAD_BYTES - self._bytes) / max(size, 1)))
        n = min(len(grid), HEAD_ROWS - self._rows, fitting)
        self.grids.append(grid.take(np.arange(n)))
        self._rows += n
        self._bytes += int(size * n)
        self._full = n < len(grid) or self._rows == HEAD_ROWS or self._bytes >= HEAD_BYTES


def _table(like: Table, body: _Body, grid: Grid) -> Table:
    """The rows of `grid` as a table that is otherwise `like` another of its file."""
    columns = pa.table(
        [grid.columns[place] for place in body.kept], names=[body.header.names[place] for place in body.kept]
    )
    return replace(
        like,
        cells=columns.to_pandas(types_mapper={TEXT: STRING}.get),
        lines=pd.Series(grid.lines, dtype="int64", name="line"),
        surplus=grid.surplus,
    )


def _no_rows(name: str) -> str:
    return _(
        "Die Datei „{name}“ hat nur eine Kopfzeile und keine Daten. "
        "Prüfen Sie im Quellsystem Zeitraum und Filter des Exports."
    ).format(name=name)
