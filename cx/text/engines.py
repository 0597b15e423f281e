"""Two ways to read sentiment: ours ("cx") and the classic one ("textblob-de")."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

import pandas as pd

from cx.errors import AskError
from cx.language import _
from cx.model.kpi import Label

CLASSIC = "textblob-de"
OURS = "cx"


class Engine(Protocol):
    """Reads the polarity of German texts."""

    name: str

    def sentiment(self, texts: Sequence[str | None]) -> pd.DataFrame:
        """One row per text, in order: polarity −1…1 (NaN without text), label (None without text)."""
        ...


class Classic:
    """textblob-de with its PatternTokenizer, which needs no download. Knows neither mixed nor statements."""

    name = CLASSIC

    def sentiment(self, texts: Sequence[str | None]) -> pd.DataFrame:
        """One row per text, in order: polarity −1…1 (NaN without text), label (None without text)."""
        score = _scorer()
        scores = [score(text) if text and text.strip() else None for text in texts]
        labels = [None if s is None else _label(s) for s in scores]
        return pd.DataFrame({"polarity": pd.array(scores, "float64"), "label": pd.Series(labels, dtype=object)})


@cache
def _scorer() -> Callable[[str], float]:
    from textblob_de import PatternTokenizer, TextBlobDE  # noqa: PLC0415  takes a second

    tokenizer = PatternTokenizer()
    return lambda text: max(-1.0, min(1.0, float(TextBlobDE(text, tokenizer=tokenizer).sentiment.polarity)))


def _label(score: float) -> Label:
    if score == 0:
        return Label.NEUTRAL
    return Label.POSITIVE if score > 0 else Label.NEGATIVE


def engine(name: str, ours: Engine) -> Engine:
    """The engine called `name`. Raises AskError for an unknown one."""
    found = {OURS: ours, CLASSIC: Classic()}.get(name)
    if found is None:
        raise AskError(
            _("Die Sprachanalyse „{name}“ gibt es nicht. Wählen Sie „cx“ oder „textblob-de“.").format(name=name)
        )
    return found
