"""One Filter: the URL, the cache key, the caption under a chart and the SQL parameter at once."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from cx.model import taxonomy

LIST_SEPARATOR = "~"  # stands in no channel name we store (cx.ingest replaces it)


@dataclass(frozen=True)
class Filter:
    """Which feedback counts. Empty means everything; `start` and `end` are inclusive days.

    Pillars, touchpoints and labels match the same statement: ("effort", "negative") is feedback in which
    effort is named negatively. So do `lens_groups` ("modules.feel"): statements that name one of the pairs of pillar and touchpoint
    which a lens puts there. Feedback without a date is in no period; `undated` selects just that.
    """

    start: date | None = None
    end: date | None = None
    undated: bool = False
    channels: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    touchpoints: tuple[str, ...] = ()
    lens_groups: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    rating_min: float | None = None
    rating_max: float | None = None
    words: str = ""

    def parameter(self) -> dict[str, Any]:
        """The STRUCT that cx/store/macros.sql expects as `f`: every field, and the pairs of the lens groups as "pillar|touchpoint"."""
        values = {f.name: getattr(self, f.name) for f in fields(self)} | {"pairs": self._pairs()}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}

    def _pairs(self) -> tuple[str, ...]:
        lenses = taxonomy.load().lenses if self.lens_groups else ()
        chosen = [pair for lens in lenses for pair in lens.pairs if f"{lens.key}.{pair.group}" in self.lens_groups]
        return tuple(f"{pair.pillar}|{pair.touchpoint}" for pair in chosen)

    def query(self) -> dict[str, str]:
        """The address: only what is set, as text."""
        found = {f.name: (getattr(self, f.name), f.default) for f in fields(self)}
        return {name: _as_text(value) for name, (value, default) in found.items() if value != default}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """The Filter of an address. The address is untrusted: what does not parse is left out."""
        parsed = {f.name: _from_text(f.name, str(query[f.name])) for f in fields(cls) if query.get(f.name)}
        return cls(**{name: value for name, value in parsed.items() if value is not None})

    def without_mentions(self) -> "Filter":
        """The same feedback whatever it speaks of: pillars, touchpoints, lens groups, labels and words are dropped."""
        return replace(self, pillars=(), touchpoints=(), lens_groups=(), labels=(), words="")


IN_TEXTS = ("words", "pillars", "touchpoints", "lens_groups")  # fields that are looked for in texts
LISTS = {f.name for f in fields(Filter) if isinstance(f.default, tuple)}
LONGEST_VALUE = 2_000  # characters of one address value; longer ones are no work of ours


def _as_text(value: Any) -> str:
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    if isinstance(value, bool):
        return "1"
    return value.isoformat() if isinstance(value, date) else str(value)


def _from_text(name: str, text: str) -> Any:
    text = text[:LONGEST_VALUE]
    if name in LISTS:
        return tuple(dict.fromkeys(part for part in text.split(LIST_SEPARATOR) if part))
    if name == "undated":
        return text == "1"
    if name == "words":
        return text
    try:
        return date.fromisoformat(text) if name in ("start", "end") else _finite(float(text))
    except ValueError:
        return None


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
