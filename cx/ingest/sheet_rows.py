"""Run as a process of its own: a workbook on standard input, the rows of one of its sheets as CSV on standard output.

A few kilobytes of workbook can ask for half a terabyte of memory (one cell in the last corner of a sheet does), or break the
parser. Here that ends this process alone. Only the standard library and the parser are imported, so that it starts at once.

First line: JSON with `sheets` (those with a table, hidden ones last), `sheet` (whose rows follow) and `width`. Then one row of CSV
per row that is not empty: its number in the sheet, and the cells. The argument is the sheet wanted, "" for the first.
"""

import csv
import datetime as dt
import io
import itertools
import json
import sys
from collections.abc import Iterator

import python_calamine as calamine

MEMORY_BYTES = 4_000_000_000
TABLE_ROWS = 2  # a header and a row of data
LOCKED, BROKEN = 3, 4  # exit codes


def main() -> int:
    """Read, write; give back the exit code."""
    _limit_memory()
    wanted = sys.argv[1]
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", errors="replace", newline="")
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as book:
            write(*_tables(book, wanted), out)
    except calamine.PasswordError:
        return LOCKED
    except (calamine.CalamineError, ValueError, OSError):
        return BROKEN
    out.flush()
    return 0


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _names(book: calamine.CalamineWorkbook) -> list[str]:
    sheets = [each for each in book.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
    return [each.name for each in sorted(sheets, key=lambda each: each.visible != calamine.SheetVisibleEnum.Visible)]


def _tables(book: calamine.CalamineWorkbook, wanted: str) -> tuple[list[str], calamine.CalamineSheet | None]:
    """The names of the sheets with a table, and the one whose rows are wanted, if it is among them."""
    names, chosen = [], None
    for name in _names(book):
        sheet = book.get_sheet_by_name(name)
        if sum(1 for _row in itertools.islice(filled_rows(sheet), TABLE_ROWS)) == TABLE_ROWS:
            names.append(name)
            chosen = sheet if name == wanted or not (wanted or chosen) else chosen
    return names, chosen


def filled_rows(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold more than white space, as text, with their numbers."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [plain(value) for value in row]
        if any(cell and not cell.isspace() for cell in cells):
            yield number, cells


def write(names: list[str], sheet: calamine.CalamineSheet | None, out: io.TextIOBase) -> None:
    """The line about the sheets, and the rows of one of them."""
    begin = sheet.start[1] if sheet and sheet.start else 0
    width = sheet.width + begin if sheet else 0
    out.write(json.dumps({"sheets": names, "sheet": sheet.name if sheet else "", "width": width}) + "\n")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for number, cells in filled_rows(sheet) if sheet else ():
        writer.writerow([number, *[""] * begin, *cells])


def plain(value: object) -> str:
    """A value of a workbook or record as text: dates in ISO, whole numbers without ".0", nothing as ""."""
    if isinstance(value, str):
        return value
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT differ from themselves
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    sys.exit(main())
