"""The canonical columns of a feedback file, and which column of a file stands for which."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum

from cx.model.kpi import CesVariant
from cx.model.survey import Doubt, Question


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
    STATUS = "status"  # kind of response: "Survey Preview" is a test
    FINISHED = "finished"  # whether, or how far, or when a response was completed
    STARTED = "started"  # with the date, the time somebody took
    DURATION = "duration"  # in seconds


class Field(StrEnum):
    """What a free text of a feedback answers. The order is the order within the feedback."""

    TITLE = "title"
    TEXT = "text"
    POSITIVE = "positive"  # what was good: "Pro", "Was hat Ihnen gefallen?"
    NEGATIVE = "negative"  # what was bad: "Contra"
    IMPROVEMENT = "improvement"  # "Was können wir besser machen?"
    OTHER = "other"


ABOUT_RESPONSE = (
    Column.STATUS,
    Column.FINISHED,
    Column.STARTED,
    Column.DURATION,
)  # decide whether it counts; not stored
USABLE = (Column.TEXT, Column.TITLE, Column.RATING, Column.NPS, Column.CSAT, Column.CES)  # one of them must be there


@dataclass(frozen=True)
class Mapping:
    """How a file is to be read: which header stands for which canonical column, and what the file does not say."""

    columns: tuple[tuple[Column, str], ...] = ()  # canonical column, header in the file
    texts: tuple[tuple[Field, str], ...] = ()  # further free texts: what each answers, header in the file
    questions: tuple[Question, ...] = ()  # rating questions of a survey besides rating, NPS, CSAT and CES
    names: tuple[str, ...] = ()  # headers of columns with names of people: such a name is masked in the row's own texts
    leave_out: frozenset[Doubt] = frozenset()  # doubtful responses that the user does not want
    rating_scale: tuple[float, float] = (1, 5)  # worst and best native value, (100, 0) for a reversed scale
    csat_scale: tuple[float, float] = (1, 5)
    csat_words: tuple[
        tuple[str, float], ...
    ] = ()  # native value of each answer in words; empty where answers are numbers
    ces_variant: CesVariant = CesVariant.V2
    day_first: bool = True  # "03.04.2026" is the third of April
    channel: str | None = None  # for every row, where the file has no column for it
    source: str | None = None
    product: str | None = None
    export_date: date | None = None  # relative dates count back from here
    preset: str = ""  # key of the source's preset in data/presets/, "" for none
    headers: tuple[str, ...] = field(default=(), repr=False)  # of the file, to recognise it next time

    def header(self, column: Column) -> str | None:
        """The file's header for `column`, or None."""
        return dict(self.columns).get(column)

    def with_column(self, column: Column, header: str | None) -> "Mapping":
        """A copy in which `header` (None: nothing) stands for `column`."""
        rest = tuple((c, h) for c, h in self.columns if c != column)
        return replace(self, columns=rest + (((column, header),) if header else ()))

    def used(self) -> tuple[str, ...]:
        """The headers that stand for anything."""
        named = [header for _column, header in self.columns] + [header for _field, header in self.texts]
        return tuple(dict.fromkeys([*named, *(question.header for question in self.questions), *self.names]))

    def renamed(self, rename: Callable[[str], str]) -> "Mapping":
        """A copy with every header and wording as `rename` has it."""
        return replace(
            self,
            columns=tuple((column, rename(header)) for column, header in self.columns),
            texts=tuple((said, rename(header)) for said, header in self.texts),
            questions=tuple(
                replace(each, header=rename(each.header), wording=rename(each.wording)) for each in self.questions
            ),
            names=tuple(map(rename, self.names)),
            headers=tuple(map(rename, self.headers)),
        )

    def is_usable(self) -> bool:
        """Whether any column with a text or a score is mapped."""
        return any(self.header(column) for column in USABLE) or bool(self.texts or self.questions)

    def as_json(self) -> str:
        """The mapping as text, for `from_json`."""
        return json.dumps(asdict(self) | {"leave_out": sorted(self.leave_out)}, default=str, ensure_ascii=False)

    @classmethod
    def from_json(cls, written: str) -> "Mapping":
        """The mapping that `as_json` wrote. The export date is left out: it belongs to one file only."""
        kept = json.loads(written)
        return cls(
            columns=tuple((Column(column), header) for column, header in kept["columns"]),
            texts=tuple((Field(said), header) for said, header in kept.get("texts", ())),
            questions=tuple(
                Question(**each | {"words": tuple((word, value) for word, value in each["words"])})
                for each in kept.get("questions", ())
            ),
            names=tuple(kept.get("names", ())),
            leave_out=frozenset(map(Doubt, kept.get("leave_out", ()))),
            rating_scale=tuple(kept["rating_scale"]),
            csat_scale=tuple(kept["csat_scale"]),
            csat_words=tuple((word, value) for word, value in kept.get("csat_words", ())),
            ces_variant=CesVariant(kept["ces_variant"]),
            day_first=kept["day_first"],
            channel=kept["channel"],
            source=kept["source"],
            product=kept["product"],
            preset=kept.get("preset", ""),
            headers=tuple(kept.get("headers", ())),
        )
