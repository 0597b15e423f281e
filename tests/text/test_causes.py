"""A reason is named only where the evidence supports it."""

import pandas as pd
import pytest

from cx import text
from cx.text.causes import causes

COLUMNS = ["text", "word", "dimension", "contribution", "rule"]


def evidence(*words: tuple[str, float], rule: str = "lexicon") -> pd.DataFrame:
    return pd.DataFrame([(0, word, "polarity", amount, rule) for word, amount in words], columns=COLUMNS)


@pytest.mark.parametrize(
    ("words", "rated", "cause"),
    [
        ([("toll", 0.3), ("super", 0.3), ("na bravo", -0.05)], -1, "irony"),
        ([("toll", 0.3), ("🙄", 0.01)], -0.5, "irony"),
        ([("kaputt", -0.3), ("na bravo", -0.05)], 1, ""),
        ([("toll", 0.5), ("super", 0.3), ("kaputt", -0.15)], -1, "mixed"),
        ([("toll", 0.3), ("super", 0.2), ("schnell", 0.1)], -1, "misplaced"),
        ([("toll", 0.3), ("super", 0.2), ("schnell", 0.1)], -0.5, ""),
        ([("toll", 0.5)], -1, ""),
        ([("kaputt", -0.3), ("defekt", -0.2), ("schlecht", -0.1)], 1, "misplaced"),
    ],
)
def test_causes_follow_the_words(words: list[tuple[str, float]], rated: float, cause: str) -> None:
    assert causes(evidence(*words), pd.Series([rated])) == [cause]


def test_words_that_only_lean_name_no_cause() -> None:
    leaning = evidence(("das", 0.03), ("Essen", 0.04), ("gestern", 0.02), rule="learned")
    assert causes(pd.concat([evidence(("toll", 0.5)), leaning]), pd.Series([-1.0])) == [""]


def test_without_evidence_nothing_is_said() -> None:
    assert causes(evidence(), pd.Series([1.0, -1.0])) == ["", ""]
    assert causes(evidence(), pd.Series([], dtype=float)) == []


def test_causes_come_in_the_order_of_the_texts() -> None:
    bodies = [
        "Kaputt, defekt und sehr schlecht, eine Frechheit.",
        "Am Montag.",
        "Kaputt, defekt und sehr schlecht, ein Betrug.",
    ]
    found = causes(text.explain_many(bodies), pd.Series([1.0, 1.0, 1.0]))
    assert found == ["misplaced", "", "misplaced"]
