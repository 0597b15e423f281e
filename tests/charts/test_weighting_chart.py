"""Key figures without and with weights as dots: pairs on scales of their own, withheld where the effective n is small."""

import pandas as pd

from cx import charts
from cx.charts import weighting

FRAME = pd.DataFrame(
    [
        ("nps", "", False, 20.0, 10.0, 30.0, 400, 400.0),
        ("nps", "", True, 40.0, 30.0, 50.0, 400, 300.0),
        ("rating", "", False, 4.0, 3.9, 4.1, 40, 40.0),
        ("rating", "", True, 4.5, 3.0, 5.0, 40, 9.0),
        ("csat", "", False, None, None, None, 0, 0.0),
        ("csat", "", True, None, None, None, 0, 0.0),
    ],
    columns=["kpi", "variant", "weighted", "value", "low", "high", "n", "effective_n"],
)


def test_both_intervals_of_a_key_figure_share_one_scale() -> None:
    plain, weighted = weighting.rows(FRAME).head(2).to_dict("records")
    assert plain["low"] == weighting.LEFT
    assert weighted["high"] == weighting.RIGHT
    assert (plain["high"], plain["value"]) == (weighted["low"], (plain["low"] + plain["high"]) / 2)
    assert (plain["text"], weighted["text"]) == ("+20", "+40")
    assert (plain["meaning"], weighted["meaning"]) == ("uncertain", "neutral")


def test_a_small_effective_n_is_withheld_and_what_nobody_answered_left_out() -> None:
    found = weighting.rows(FRAME)
    assert list(found["key"]) == ["nps", "nps", "rating", "rating"]
    withheld = found.iloc[3]
    assert withheld["meaning"] == "withheld"
    assert withheld["text"] == "n zu klein"
    assert pd.isna(withheld["value"])


def test_the_chart_carries_the_rows_and_no_click() -> None:
    spec = charts.weighted(FRAME).to_dict()
    assert "params" not in str(spec["layer"][-1])
    assert len(next(iter(spec["datasets"].values()))) == 4


def test_no_key_figures_give_no_rows() -> None:
    assert weighting.rows(FRAME.head(0)).empty
