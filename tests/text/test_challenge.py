"""What German does, phenomenon by phenomenon: how many of the cases of each are read as a careful reader reads them."""

from collections import Counter

import pytest

from cx import text
from cx.text import corpus

CASES = corpus.challenge().to_dict("records")
PHENOMENA = sorted({case["phenomenon"] for case in CASES})

# Whole percents that are reached, at least; what is below 80 is open work. Raise them with the reader. (When the corpus grew by a half,
# the whole rose from .786 to .802; a case or two went the other way in some.)
REACHED = {
    "abbreviation": 76,
    "affix": 93,
    "caps": 95,
    "colloquial": 91,
    "comparison": 77,
    "compound": 96,
    "condition": 45,
    "contrast": 72,
    "dialect": 73,
    "domain_noun": 79,
    "emoji": 96,
    "fact": 73,
    "intensity": 74,
    "irony": 69,
    "litotes": 82,
    "mixed": 78,
    "negation": 88,
    "neutral_fact": 95,
    "price": 89,
    "question": 59,
    "quoted": 45,
    "separable_verb": 81,
    "spelling": 96,
    "telegram": 91,
    "thanks": 80,
    "typo": 91,
    "waiting": 77,
    "wish": 52,
}
ENOUGH = 12


@pytest.fixture(scope="module")
def right() -> Counter[str]:
    labels = text.sentiment([case["text"] for case in CASES])["label"]
    return Counter(case["phenomenon"] for case, label in zip(CASES, labels, strict=True) if case["label"] == label)


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_phenomenon_is_read_as_well_as_before(phenomenon: str, right: Counter[str]) -> None:
    total = sum(case["phenomenon"] == phenomenon for case in CASES)
    assert total >= ENOUGH
    assert 100 * right[phenomenon] / total >= REACHED[phenomenon], f"{right[phenomenon]} of {total}"


def test_cases_are_many_and_unlike() -> None:
    assert len(CASES) >= 450
    assert len({case["text"].casefold() for case in CASES}) == len(CASES)
