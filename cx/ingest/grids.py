"""Rows of text cells, column by column, as every format hands them on: header rows among them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cx.errors import FileError
from cx.language import _, kept, number

TEXT = pa.large_string()
MOST_COLUMNS = 16_384  # as in Excel


@dataclass(frozen=True)
class Grid:
    """Rows of text, "" where a cell is empty. `lines` is where each row begins in the file; `surplus` holds, by row
    position, the number of cells of a row that has more cells than there are columns."""

    columns: list[pa.Array]
    lines: np.ndarray
    surplus: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)

    def take(self, rows: np.ndarray) -> "Grid":
        """These rows (positions, ascending) only."""
        if len(rows) == len(self):
            return self
        if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
            columns = [column.slice(rows[0], len(rows)) for column in self.columns]
        else:
            columns = [column.take(pa.array(rows)) for column in self.columns]
        places = {int(row): place for place, row in enumerate(rows)} if self.surplus else {}
        surplus = {places[row]: width for row, width in self.surplus.items() if row in places}
        return Grid(columns, self.lines[rows], surplus)

    def below(self, lines: int) -> "Grid":
        """The same rows that many lines further down."""
        return replace(self, lines=self.lines + lines)

    def filled(self) -> np.ndarray:
        """The positions of the rows that hold more than white space, be it to the right of the last column."""
        blank = np.ones(len(self), dtype=bool)
        for column in self.columns:
            left = np.flatnonzero(blank)
            if not len(left):
                break
            rest = column if len(left) == len(self) else column.take(pa.array(left))
            empty = pc.equal(pc.utf8_trim_whitespace(rest), "")
            blank[left] = empty.to_numpy(zero_copy_only=False)
        blank[list(self.surplus)] = False
        return np.flatnonzero(~blank)

    def rows(self, n: int) -> list[list[str]]:
        """The first `n` rows as lists."""
        return [list(row) for row in zip(*(column.slice(0, n).to_pylist() for column in self.columns), strict=True)]


@dataclass(frozen=True)
class Source:
    """Where the rows of one table come from: `grids()` reads them all, in order, each time it is called.

    All grids have the same number of columns. `header_rows`: how many of the rows that are not empty are headers; None: to be
    found out. `form`: "csv", "xlsx" … The rest as in Table.
    """

    grids: Callable[[], Iterator[Grid]]
    form: str
    header_rows: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    damaged: int = 0


def of_rows(rows: Sequence[list[str]], lines: Sequence[int], width: int) -> Grid:
    """Rows of any width as columns: short rows filled with "", wide ones cut and noted where what is cut says anything."""
    surplus = {place: len(row) for place, row in enumerate(rows) if len(row) > width and is_filled(row[width:])}
    if any(len(row) != width for row in rows):
        rows = [row[:width] + [""] * (width - len(row)) for row in rows]
    cells = zip(*rows, strict=True) if rows else [()] * width
    return Grid([pa.array(column, TEXT) for column in cells], np.array(lines, dtype=np.int64), surplus)


def ahead(grids: Iterator[Grid]) -> Iterator[Grid]:
    """The same, each made by a thread of its own while the one before it is looked at: parsing leaves Python to others."""
    following = kept(lambda: next(grids, None))
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(following)
        while (grid := waiting.result()) is not None:
            waiting = thread.submit(following)
            yield grid


def is_filled(row: Sequence[str]) -> bool:
    """Whether any cell holds more than white space."""
    return any(cell and not cell.isspace() for cell in row)


def refuse_wide(width: int, name: str) -> None:
    """Raise FileError for more columns than a table of feedback can have."""
    if width > MOST_COLUMNS:
        message = _(
            "Die Datei „{name}“ hat mehr als {n} Spalten. Exportieren Sie nur die Spalten mit Bewertungen und Texten."
        )
        raise FileError(message.format(name=name, n=number(MOST_COLUMNS)))


def concatenated(grids: Sequence[Grid]) -> Grid:
    """One grid of all rows of `grids`, of which there is at least one."""
    columns = [pa.concat_arrays(parts) for parts in zip(*(grid.columns for grid in grids), strict=True)]
    surplus, start = {}, 0
    for grid in grids:
        surplus |= {start + row: width for row, width in grid.surplus.items()}
        start += len(grid)
    return Grid(columns, np.concatenate([grid.lines for grid in grids]), surplus)
