"""The canonical columns of a feedback file, and which column of a file stands for which."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from cx.model.kpi import CesVariant


class Column(StrEnum):
    """What a column of an export can mean. The order is the order on the screen."""

    TEXT = "text"
    TITLE = "title"
    RATING = "rating"
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    DATE = "date"
    CHANNEL = "channel"
    SOURCE = "source"
    PRODUCT = "product"
    LOCATION = "location"
    LANGUAGE = "language"
    CUSTOMER = "customer"
    SOURCE_ID = "source_id"
    REPLY = "reply"


USABLE = (Column.TEXT, Column.TITLE, Column.RATING, Column.NPS, Column.CSAT, Column.CES)  # one of them must be there


@dataclass(frozen=True)
class Mapping:
    """How a file is to be read: which header stands for which canonical column, and what the file does not say."""

    columns: tuple[tuple[Column, str], ...] = ()  # canonical column, header in the file
    rating_scale: tuple[float, float] = (1, 5)  # worst and best native value, (100, 0) for a reversed scale
    csat_scale: tuple[float, float] = (1, 5)
    ces_variant: CesVariant = CesVariant.V2
    day_first: bool = True  # "03.04.2026" is the third of April
    channel: str | None = None  # for every row, where the file has no column for it
    source: str | None = None
    product: str | None = None
    export_date: date | None = None  # relative dates count back from here
    headers: tuple[str, ...] = field(default=(), repr=False)  # of the file, to recognise it next time

    def header(self, column: Column) -> str | None:
        """The file's header for `column`, or None."""
        return dict(self.columns).get(column)

    def with_column(self, column: Column, header: str | None) -> "Mapping":
        """A copy in which `header` (None: nothing) stands for `column`."""
        rest = tuple((c, h) for c, h in self.columns if c != column)
        return replace(self, columns=rest + (((column, header),) if header else ()))
