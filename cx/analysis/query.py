"""A query that somebody wrote, asked of the views of cx/store/views.sql; the answer as a frame."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pandas as pd

from cx.model.filter import Filter
from cx.store import Store


def answer(store: Store, query: str, selection: Filter, seconds: float, rows: int) -> pd.DataFrame:
    """The first `rows` rows of a SELECT, columns as it names them ("n", "n_2" where it names two alike).

    The view `auswahl` is the feedback of `selection`. Decimals and numbers beyond 2⁶³ come as floats, lists and structs as they are. Raises QueryError where the
    query is refused, fails, takes longer than `seconds` or needs too much memory.
    """
    names, found = store.asked(query, selection, seconds, rows)
    frame = pd.DataFrame(found, columns=_unique(names))
    return frame.assign(**{name: _typed(frame[name]) for name in frame if frame[name].dtype == object})


def _typed(values: pd.Series) -> pd.Series:
    """Python's decimals, large numbers and days as what pandas has for them; anything else as it is."""
    kinds = set(values.dropna().map(type))
    if kinds and kinds <= {Decimal, int, float}:
        return values.astype(float)
    if kinds == {date}:
        return pd.to_datetime(values)
    return values


def _unique(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    found: list[str] = []
    for name in names:
        seen[name] += 1
        unique = name if seen[name] == 1 else f"{name}_{seen[name]}"
        while unique in found:
            unique += "_"
        found.append(unique)
    return found
