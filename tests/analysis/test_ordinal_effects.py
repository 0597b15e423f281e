"""The ordinal model beside the adjusted effects, on the demo data."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import cx
from cx.analysis.ordinal import COLUMNS
from cx.errors import AskError
from cx.model.filter import Filter
from cx.workspace import Workspace


@pytest.fixture(scope="module")
def demo(demo_copied: Callable[[], Path]) -> Iterator[Workspace]:
    ws = cx.open(demo_copied())
    yield ws
    ws.close()


@pytest.mark.parametrize("predictors", ["pillars", "touchpoints"])
def test_both_effects_stand_beside_each_other_in_one_unit(demo: Workspace, predictors: str) -> None:
    found = demo.ordinal("rating", Filter(), predictors)
    drivers = demo.drivers("rating", Filter(), predictors).set_index("predictor").loc[found["predictor"]]
    assert found["effect"].to_numpy() == pytest.approx(drivers["effect"].to_numpy())
    assert found["n"].tolist() == drivers["n"].tolist()
    assert found["effect"].abs().is_monotonic_decreasing
    assert ((found["ordered_low"] < found["effect"]) & (found["effect"] < found["ordered_high"])).mean() > 0.5
    assert (found["ordered_low"] < found["ordered"]).all()


def test_items_and_too_few_answers_give_no_rows_and_nonsense_a_sentence(demo: Workspace) -> None:
    for found in (demo.ordinal("nps", Filter(), "items"), demo.ordinal("nps", Filter(words="zzqq"))):
        assert found.empty
        assert list(found.columns) == COLUMNS
    with pytest.raises(AskError):
        demo.ordinal("umsatz")
    with pytest.raises(AskError):
        demo.ordinal("nps", Filter(), "umsatz")
