"""Why the words of a feedback may disagree with its rating: what the evidence of the reader says for it, carefully."""

from functools import cache

import pandas as pd

from cx.model.contradiction import Cause
from cx.model.limits import CLEAR_SHARE, CLEAR_WORDS, COUNTER_SHARE
from cx.text import lexicon
from cx.text.german import folded

LEANING = ("learned", "learned_here")  # words that lean a little say nothing clearly
EMOJI = frozenset("🙄😏😒👏🤡")  # said of praise, they turn it


def causes(explained: pd.DataFrame, rated: pd.Series) -> list[str]:
    """One cx.model.contradiction.Cause per feedback of `rated` (its rating, −1 worst … 1 best), in order.

    `explained`: columns of cx.text.explain_many, its `text` being the index of `rated`.
    """
    judging = explained[(explained["dimension"] == "polarity") & (explained["contribution"] != 0)]
    parts = dict(iter(judging.groupby("text")))
    return [
        str(_cause(parts[place], rating)) if place in parts else str(Cause.UNKNOWN) for place, rating in rated.items()
    ]


def _cause(words: pd.DataFrame, rated: float) -> Cause:
    amounts = words["contribution"]
    counter = amounts[amounts * rated > 0].abs().sum() / amounts.abs().sum()
    if rated < 0 and any(_is_ironic(word) for word in words["word"]):
        return Cause.IRONY
    if counter >= COUNTER_SHARE:
        return Cause.MIXED
    plain = (~words["rule"].isin(LEANING)).sum()
    clear = counter < CLEAR_SHARE and plain >= CLEAR_WORDS and abs(rated) == 1
    return Cause.MISPLACED if clear else Cause.UNKNOWN


def _is_ironic(word: str) -> bool:
    return folded(word) in _ironies() or not EMOJI.isdisjoint(word)


@cache
def _ironies() -> frozenset[str]:
    return frozenset(folded(entry.expression) for entry in lexicon.load().entries if entry.kind == "irony")
