"""What is true of a column over a whole file, gathered block by block while the file is read for the first time."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

DISTINCT = 5_000  # different cells that are kept
SHORT_BYTES = 120  # an answer to a question; longer cells are texts
DATE = r"^\s*\d{1,2}[/-]\d{1,2}[/-]\d{2,4}(\D|$)"
FIRST_OVER_12 = r"^\s*(1[3-9]|[2-9]\d)[/-]"
SECOND_OVER_12 = r"^\s*\d{1,2}[/-](1[3-9]|[2-9]\d)[/-]"


@dataclass(frozen=True)
class Facts:
    """`distinct`: the different short cells that are not empty, as they come, up to 5,000. Among dates such as 04/27/2026
    or 27-04-26, whether the first or the second number is over 12 anywhere: what the order of day and month follows from."""

    distinct: tuple[str, ...] = ()
    first_over_12: bool = False
    second_over_12: bool = False


class Gathering:
    """The facts of one column so far; `filled`: whether any cell holds anything."""

    def __init__(self) -> None:
        self.filled = False
        self._distinct: dict[str, None] = {}
        self._first_over_12 = False
        self._second_over_12 = False

    def add(self, cells: pa.Array) -> None:
        """Look at the next cells of the column."""
        lengths = pc.binary_length(cells)
        self.filled = self.filled or bool(pc.max(lengths).as_py())
        short = cells.filter(pc.and_(pc.greater(lengths, 0), pc.less_equal(lengths, SHORT_BYTES)))
        if not len(short):
            return
        if len(self._distinct) < DISTINCT:
            self._distinct.update(dict.fromkeys(cell for cell in pc.unique(short).to_pylist() if cell.strip()))
        if not (self._first_over_12 and self._second_over_12):
            self._look_at_dates(short)

    def _look_at_dates(self, cells: pa.Array) -> None:
        parted = cells.filter(pc.match_substring_regex(cells, r"^\s*\d{1,2}[/-]"))
        dates = parted.filter(pc.match_substring_regex(parted, DATE))
        if len(dates):
            self._first_over_12 |= _any(dates, FIRST_OVER_12)
            self._second_over_12 |= _any(dates, SECOND_OVER_12)

    def facts(self) -> Facts:
        """What has been gathered."""
        return Facts(tuple(self._distinct)[:DISTINCT], self._first_over_12, self._second_over_12)


def _any(cells: pa.Array, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(cells, pattern)).as_py())
