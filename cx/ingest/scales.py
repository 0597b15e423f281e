"""Answers to rating questions -> numbers on the question's scale."""

import pandas as pd

from cx.ingest import values
from cx.model.survey import Question


def scores(cells: pd.Series, question: Question) -> pd.Series:
    """The native values of the answers (float): of its words where the question has words, else as numbers; NaN where there is none."""
    worded = dict(question.words)

    def native(cell: str) -> float:
        known = worded.get(values.clean(cell).casefold())
        if known is not None:
            return known
        found = values.score(cell)
        return float("nan") if found is None else found.value

    return values.read_each(cells, native).astype("float64")
