"""Short sentences, each for one thing that German does. Open ones are expected to fail, and say why."""

import csv
from pathlib import Path

import pytest

from cx import text

CASES = list(csv.DictReader((Path(__file__).parent / "phenomena.tsv").open(encoding="utf-8"), delimiter="\t"))


@pytest.fixture(scope="module")
def labels() -> dict[str, str]:
    texts = [case["text"] for case in CASES]
    return dict(zip(texts, text.sentiment(texts)["label"], strict=True))


def _case(case: dict[str, str]) -> object:
    marks = [pytest.mark.xfail(reason=case["open"], strict=True)] if case["open"] else []
    return pytest.param(case["text"], case["label"], id=f"{case['phenomenon']}: {case['text']}", marks=marks)


@pytest.mark.parametrize(("sentence", "label"), [_case(case) for case in CASES])
def test_phenomenon_is_understood(sentence: str, label: str, labels: dict[str, str]) -> None:
    assert labels[sentence] == label


def test_there_are_enough_cases_and_few_open_ones() -> None:
    assert len(CASES) >= 120
    assert sum(bool(case["open"]) for case in CASES) <= len(CASES) // 20
