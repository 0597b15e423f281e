"""The published worked examples: every number comes out, and one that did not would be called wrong."""

import pytest

from cx.analysis import worked
from cx.report import worked as told

CHECKS = worked.checks()


@pytest.mark.parametrize("row", CHECKS.to_dict("records"), ids=lambda row: f"{row['method']}-{row['quantity']}")
def test_a_published_number_comes_out(row: dict) -> None:
    assert row["agrees"], f"{row['example']}: {row['said']} is printed, {row['value']} computed"


def test_every_method_of_the_list_has_examples_and_a_source() -> None:
    assert set(CHECKS["method"]) == set(worked.METHODS)
    assert CHECKS["source"].str.len().min() > 5
    assert len(CHECKS) == 93


@pytest.mark.parametrize(("said", "agrees"), [("-8.95", True), ("-8.96", False), ("-8.9501", True), ("-8.9502", False)])
def test_a_number_agrees_when_it_rounds_to_what_is_printed(said: str, *, agrees: bool) -> None:
    table = {
        "method": "nps",
        "source": "",
        "example": [{"name": "", "input": [291, 476, 395], "says": {"value": said}}],
    }
    assert worked.checks([table])["agrees"].item() == agrees


def test_a_tolerance_is_taken_where_the_source_rounds_before_it_divides() -> None:
    example = {"name": "", "input": [-0.36, 0.18], "says": {"asymmetry": "-0.32"}}
    table = {"method": "penalty_reward", "source": "", "example": [example]}
    assert not worked.checks([table])["agrees"].item()
    assert worked.checks([table | {"tolerance": 0.015}])["agrees"].item()


def test_the_finding_counts_what_agrees() -> None:
    assert told.finding(CHECKS) == "Alle 93 veröffentlichten Zahlen kommen heraus"
    one_wrong = CHECKS.assign(agrees=[False] + [True] * 92)
    assert told.finding(one_wrong) == "92 von 93 veröffentlichten Zahlen kommen heraus"


def test_every_method_and_quantity_has_a_name() -> None:
    assert all(told.method_name(method) for method in worked.METHODS)
    assert told.quantity_name("low") == "untere Grenze"
    assert told.quantity_name("infant_mortality") == "Infant.Mortality"


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0"), (-8.6e-05, "−9·10⁻⁵"), (0.1, "+1·10⁻¹"), (2.7e-13, "+3·10⁻¹³"), (float("nan"), "–")]
)
def test_a_distance_is_written_as_one_digit_and_a_power(amount: float, text: str) -> None:
    assert told.difference(amount) == text


def test_what_is_said_of_a_source_is_german_and_its_title_is_as_printed() -> None:
    assert told.source("Grömping, Journal of Statistical Software 17/1 (2006); data: R") == (
        "Grömping, Journal of Statistical Software 17/1 (2006); Daten: R"
    )
    assert told.source("Newcombe, Statistics in Medicine 17 (1998), 857, Table I").endswith("857, Tabelle I")
