"""Two dots per row: every mark has its numbers, what rests on too few has none."""

import pandas as pd

from cx import charts
from cx.charts import compiled, pairs

DRIVERS = pd.DataFrame(
    {
        "predictor": ["resolution", "control"],
        "effect": [23.4, 0.5],
        "n": [300, 60],
        "negative": [180, 4],
        "positive": [120, 56],
        "contribution": [3.0, 0.1], "contribution_low": [2.0, -0.2], "contribution_high": [4.0, 0.4],
        "impact": [5.0, -1.0], "impact_low": [4.0, -1.5], "impact_high": [6.0, -0.5],
        "penalty": [30.0, 1.0], "penalty_low": [25.0, -2.0], "penalty_high": [35.0, 4.0],
        "reward": [10.0, 2.0], "reward_low": [5.0, 0.5], "reward_high": [15.0, 3.5],
        "kind": ["basic", "undecided"],
    }
)  # fmt: skip


def test_contribution_and_impact_stand_in_one_row_with_both_numbers_told() -> None:
    rows = pairs.contribution_rows(DRIVERS)
    assert list(rows["key"]) == ["resolution"] * 2 + ["control"] * 2
    assert list(rows["meaning"]) == ["positive", "positive", "neutral", "negative"]
    assert set(rows[rows["key"] == "resolution"]["first"]) == {"+3,0 (+2,0 … +4,0, n = 300)"}
    assert set(rows[rows["key"] == "resolution"]["second"]) == {"+5,0 (+4,0 … +6,0, n = 300)"}


def test_a_penalty_is_drawn_below_zero_with_its_bounds_in_order_and_the_kind_in_words() -> None:
    loss = pairs.side_rows(DRIVERS).iloc[0]
    assert (loss["value"], loss["low"], loss["high"]) == (-30, -35, -25)
    assert (loss["meaning"], loss["note"]) == ("negative", "Basis")


def test_a_side_that_fewer_than_ten_name_has_no_number() -> None:
    few = pairs.side_rows(DRIVERS).iloc[2]
    assert pd.isna(few["value"])
    assert few["text"] == "n zu klein"
    assert few["meaning"] == "withheld"


def test_the_axis_reaches_as_far_as_every_interval_and_nothing_gives_no_rows() -> None:
    rows = pairs.side_rows(DRIVERS)
    assert (rows["limit"] >= rows[["low", "high"]].abs().max().max()).all()
    assert pairs.side_rows(DRIVERS.head(0)).empty
    assert pairs.contribution_rows(DRIVERS.head(0)).empty


def test_whole_charts_are_valid_and_compiled_ones_draw_only_what_the_rows_hold() -> None:
    for whole, name in ((charts.driver_contributions, "driver_contributions"), (charts.driver_sides, "driver_sides")):
        spec = whole(DRIVERS).to_dict()
        assert spec["description"]
        compiled_spec = compiled.spec(name, "light")
        assert "data" not in compiled_spec
        assert not [layer for layer in compiled_spec["layer"] if "data" in layer]
        assert len(compiled.rows(name, DRIVERS)) == 4
