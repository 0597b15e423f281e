"""Workbooks (xlsx, xlsm, xlsb, xls, ods), taken apart by a process of their own with a limit of memory and time."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cx.errors import FileError
from cx.ingest import contents, delimited, grids, sheet_rows
from cx.ingest.contents import Form
from cx.ingest.grids import Grid, Source
from cx.ingest.originals import Original, original
from cx.language import _

FORMS = (Form.XLSX, Form.XLSB, Form.XLS, Form.ODS)
LARGEST_BYTES = 500_000_000  # a workbook has to be in memory as a whole
LARGEST_TEXT_BYTES = 1_000_000_000
# 200,000 rows take 4 s and 5 MB; a cut file of 1 KB can keep the parser busy for ever.
SECONDS, SECONDS_PER_MB, SECONDS_MAX = 30, 5, 900
PIECE_BYTES = 1_000_000
TITLES_MAX = 10  # rows above the header, such as the title of a report
TITLED_WIDTH = 3  # cells of the header below a title


def source(file: Original, form: Form, sheet: str | None) -> Source:
    """The rows of a sheet: the one named, else the first with a table.

    Raises FileError where the workbook is damaged, locked, too large, or has no such table.
    """
    text = _text(file, sheet or "")
    line, _end, _rest = text[:PIECE_BYTES].partition(b"\n")
    told = json.loads(line)
    if not told["sheet"]:
        raise contents.NoTable(_no_sheet(file.name, sheet if told["sheets"] else None))
    grids.refuse_wide(told["width"], file.name)
    layout = delimited.Layout(",", told["width"] + 1, start=len(line) + 1)
    rows = original(text, file.name)
    return Source(
        grids=lambda: _without_titles(map(_numbered, delimited.grids(rows.chunks(), layout, file.name))),
        form=form,
        sheet=told["sheet"],
        sheets=tuple(told["sheets"]),
    )


def _numbered(grid: Grid) -> Grid:
    """The first column holds the numbers of the rows."""
    return replace(grid, columns=grid.columns[1:], lines=np.asarray(pc.cast(grid.columns[0], pa.int64())))


def _without_titles(found: Iterator[Grid]) -> Iterator[Grid]:
    """Leave out lines above the header that hold one cell, such as "Bericht vom 1. Mai"."""
    first = next(found, None)
    if first is None:
        return
    filled = [sum(bool(cell.strip()) for cell in row) for row in first.rows(TITLES_MAX)]
    header = next((place for place, n in enumerate(filled) if n >= TITLED_WIDTH), 0)
    titles = header if all(n == 1 for n in filled[:header]) else 0
    yield first.take(np.arange(titles, len(first)))
    yield from found


def _text(file: Original, sheet: str) -> bytes:
    """What the process writes: see `sheet_rows`."""
    if file.size > LARGEST_BYTES:
        raise FileError(_too_large(file.name))
    command = [sys.executable, "-I", str(Path(sheet_rows.__file__)), sheet]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        late = threading.Event()
        clock = threading.Timer(_seconds(file), lambda: (late.set(), process.kill()))
        clock.start()
        try:
            text = _exchanged(process, file)
        finally:
            clock.cancel()
            process.kill()
    if process.returncode == 0:
        return text
    raise FileError(_reason(process.returncode, file, late=late.is_set()))


def _seconds(file: Original) -> float:
    return min(SECONDS_MAX, SECONDS + SECONDS_PER_MB * file.size / 1e6)


def _reason(code: int, file: Original, *, late: bool) -> str:
    if late:
        return _too_slow(file.name)
    if code == sheet_rows.LOCKED:
        return contents.locked(file.name)
    return _too_large(file.name) if code < 0 else _broken(file.name)  # killed, where memory ran out


def _exchanged(process: subprocess.Popen, file: Original) -> bytes:
    try:
        with process.stdin as stdin:
            for chunk in file.chunks():
                stdin.write(chunk)
    except BrokenPipeError:
        pass  # it has ended; its exit code tells why
    pieces, size = [], 0
    while piece := process.stdout.read(PIECE_BYTES):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_TEXT_BYTES:
            raise FileError(_too_large(file.name))
    process.wait()
    return b"".join(pieces)


def _no_sheet(name: str, sheet: str | None) -> str:
    if sheet:
        message = _("In „{name}“ gibt es kein Blatt „{sheet}“ mit Kopfzeile und Daten. Wählen Sie ein anderes Blatt.")
        return message.format(name=name, sheet=sheet)
    message = _(
        "In der Excel-Datei „{name}“ steht auf keinem Blatt eine Tabelle mit Kopfzeile und Daten. "
        "Speichern Sie das Blatt mit den Bewertungen und versuchen Sie es noch einmal."
    )
    return message.format(name=name)


def _too_large(name: str) -> str:
    return _(
        "Die Excel-Datei „{name}“ braucht zu viel Speicher. "
        "Löschen Sie Zellen weit außerhalb der Tabelle, oder speichern Sie das Blatt als CSV."
    ).format(name=name)


def _too_slow(name: str) -> str:
    return _(
        "Die Excel-Datei „{name}“ lässt sich nicht in vertretbarer Zeit lesen. "
        "Öffnen Sie sie in Excel und speichern Sie das Blatt als CSV."
    ).format(name=name)


def _broken(name: str) -> str:
    return _(
        "Die Excel-Datei „{name}“ ist beschädigt oder geschützt. "
        "Öffnen Sie sie in Excel und speichern Sie sie ohne Kennwort als xlsx."
    ).format(name=name)
