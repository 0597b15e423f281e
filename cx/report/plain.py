"""Tables of plain text, aligned, for a terminal."""

from collections.abc import Sequence
from datetime import datetime
from numbers import Real
from textwrap import shorten

import pandas as pd

from cx.language import NO_NUMBER, day, number

WIDEST = 60  # characters of a cell
GAP = "  "


def table(columns: dict[str, Sequence[object]]) -> str:
    """Columns (heading -> cells) as lines of text: words to the left, numbers and figures with their unit to the right.

    Moments become days, missing cells a dash; what is longer than 60 characters is cut.
    """
    written = {heading: [_cell(cell) for cell in cells] for heading, cells in columns.items()}
    aligned = [
        _aligned(heading, cells, right=all(_is_number(cell) for cell in cells)) for heading, cells in written.items()
    ]
    return "\n".join(GAP.join(line).rstrip() for line in zip(*aligned, strict=True))


def _cell(cell: object) -> str:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):  # noqa: PLR0124 - NaN
        return NO_NUMBER
    if isinstance(cell, datetime):
        return day(cell)
    if isinstance(cell, Real) and not isinstance(cell, bool):
        return number(cell, 0 if float(cell).is_integer() else 1)
    return shorten(str(cell), WIDEST, placeholder=" …")


def _is_number(cell: str) -> bool:
    return cell in ("", NO_NUMBER) or cell[0].isdigit() and cell[-1] in "0123456789%"


def _aligned(heading: str, cells: list[str], *, right: bool) -> list[str]:
    width = max(map(len, [heading, *cells]))
    return [each.rjust(width) if right else each.ljust(width) for each in [heading, *cells]]
