"""CSAT in words is a key figure like CSAT in numbers."""

import math
from collections.abc import Sequence

import pytest
from ingest_files import KEY, table_of

from cx.ingest.mapping import propose
from cx.ingest.rows import canonical
from cx.model.columns import Column, Mapping

FIVE = ("sehr unzufrieden", "eher unzufrieden", "teils/teils", "eher zufrieden", "sehr zufrieden")


def asked(answers: Sequence[str], question: str = "Wie zufrieden sind Sie insgesamt mit uns?") -> tuple[Mapping, list]:
    body = "".join(f"{answer};Anmerkung Nummer {n}, und noch etwas Text\n" for n, answer in enumerate(answers))
    table = table_of(f"{question};Ihre Anmerkungen\n{body}")
    mapping = propose(table)
    found = canonical(table, mapping, KEY).feedback
    return mapping, [None if math.isnan(value) else value for value in found["csat"].astype(float)]


def test_satisfaction_in_words_becomes_csat_with_its_scale() -> None:
    mapping, csat = asked([*FIVE, "weiß nicht", "", "Sehr zufrieden"])
    assert mapping.header(Column.CSAT) == "Wie zufrieden sind Sie insgesamt mit uns?"
    assert mapping.csat_scale == (1, 5)
    assert csat == [1, 2, 3, 4, 5, None, None, 5]
    assert Mapping.from_json(mapping.as_json()).csat_words == mapping.csat_words


@pytest.mark.parametrize("answers", [["ja", "nein", "ja", "ja"], ["zufrieden", "unzufrieden"] * 4])
def test_two_answers_have_no_top_boxes_and_stay_a_question(answers: list[str]) -> None:
    mapping, _csat = asked(answers)
    assert mapping.header(Column.CSAT) is None


def test_numbers_stay_numbers() -> None:
    mapping, csat = asked(["1", "5", "4", "3", "2"])
    assert (mapping.csat_words, csat) == ((), [1, 5, 4, 3, 2])
