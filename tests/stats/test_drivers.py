"""Drivers from counted patterns: what is planted is found, what is innocent is not called real."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from cx.stats import drivers

PILLARS = ["guilty", "innocent", "absent"]


def patterns(n=4_000, seed=3):
    rng = np.random.default_rng(seed)
    guilty = rng.choice([-1, 0, 1], n, p=[0.3, 0.5, 0.2])
    innocent = np.where(rng.random(n) < 0.6, guilty, rng.choice([-1, 0, 1], n))
    outcome = np.clip(np.rint(3 + guilty + rng.normal(0, 1, n)), 1, 5)
    rows = pd.DataFrame({"guilty": guilty, "innocent": innocent, "absent": 0, "outcome": outcome})
    return rows.groupby(list(rows.columns)).size().rename("n").reset_index()


def test_the_guilty_is_real_and_the_co_named_innocent_is_not():
    found = drivers.drivers(patterns(), PILLARS).set_index("predictor")
    assert found.loc["guilty", "real"]
    assert not found.loc["innocent", "real"]
    assert found.loc["guilty", "effect"] == pytest.approx(0.85, abs=0.12)  # less than 1: the scale is clipped
    assert found.loc["innocent", "correlation"] > 0.3  # importance alone would blame it
    assert found.index[0] == "guilty"


def test_a_pillar_nobody_names_has_no_importance_no_effect_and_no_base():
    found = drivers.drivers(patterns(), PILLARS).set_index("predictor").loc["absent"]
    assert found["importance"] == 0
    assert np.isnan(found["effect"])
    assert not found["real"]
    assert found["n"] == 0


def test_importances_sum_to_r2_and_lie_within_their_intervals():
    found = drivers.drivers(patterns(), PILLARS)
    assert found["importance"].sum() == pytest.approx(found.loc[0, "r2"])
    named = found[found["n"] > 0]
    assert ((named["low"] <= named["importance"]) & (named["importance"] <= named["high"])).all()


def test_the_same_patterns_give_the_same_intervals_twice():
    pd.testing.assert_frame_equal(drivers.drivers(patterns(), PILLARS), drivers.drivers(patterns(), PILLARS))


def test_fewer_than_30_feedbacks_or_one_outcome_for_all_give_no_drivers():
    few = patterns().head(5).assign(n=5)
    assert drivers.drivers(few, PILLARS).empty
    assert drivers.drivers(patterns().assign(outcome=1.0), PILLARS).empty
    assert list(drivers.drivers(few.head(0), PILLARS).columns) == drivers.COLUMNS


def test_the_leave_out_impact_blames_the_innocent_and_the_adjusted_effect_does_not():
    found = drivers.drivers(patterns(), PILLARS).set_index("predictor").loc["innocent"]
    assert found["impact_high"] < 0  # it is named with the guilty, which is named negatively more often
    assert found["effect_low"] < 0 < found["effect_high"]


def test_contribution_is_the_effect_times_the_net_share():
    found = drivers.drivers(patterns(), PILLARS).set_index("predictor").loc["guilty"]
    net = (found["positive"] - found["negative"]) / found["base"]
    assert found["contribution"] == pytest.approx(found["effect"] * net)
    assert found["contribution_low"] < found["contribution"] < found["contribution_high"]


def test_counts_level_and_impact_are_those_of_the_rows():
    table = patterns(n=600)
    found = drivers.drivers(table, PILLARS).set_index("predictor")
    rows = table.loc[table.index.repeat(table["n"])]
    for name in ("guilty", "innocent"):
        score, names, row = rows[name], rows[name] != 0, found.loc[name]
        counts = [(score < 0).sum(), (score > 0).sum(), names.sum()]
        assert row[["negative", "positive", "n"]].tolist() == counts
        assert row["level"] == pytest.approx(100 * (score > 0).sum() / names.sum())
        assert row["reach"] == pytest.approx(names.mean())
        assert row["impact"] == pytest.approx(rows["outcome"].mean() - rows["outcome"][~names].mean())
        assert row["impact_low"] < row["impact"] < row["impact_high"]
    assert found.loc["absent", ["level", "impact"]].isna().all()


def test_what_fewer_than_ten_name_is_not_tested():
    tens = {"guilty": [-1, 0, 1, 0], "rare": [0, 0, 0, 1], "outcome": [1.0, 3.0, 4.0, 4.0]}
    for named, tested in ((9, False), (10, True)):
        rows = pd.concat(
            [pd.DataFrame({**tens, "n": [10, 10, 10, named]}), pd.DataFrame({**tens, "n": 1}).assign(outcome=2.0)[:3]]
        )
        found = drivers.drivers(rows, ["guilty", "rare"]).set_index("predictor").loc["rare"]
        assert found["n"] == named
        assert not np.isnan(found["effect"])
        assert (not np.isnan(found["p"])) == tested


def test_thirty_answers_are_enough():
    thirty = pd.DataFrame({"guilty": [-1, 0, 1], "outcome": [1.0, 3.0, 4.0], "n": 10})
    assert not drivers.drivers(thirty, ["guilty"]).empty
    assert drivers.drivers(thirty.assign(n=[10, 10, 9]), ["guilty"]).empty
    assert not drivers.drivers(thirty.assign(outcome=[0.0, 0.0, 100.0]), ["guilty"]).empty, "two outcomes are enough"


def test_importance_is_unsure_below_two_percent_or_of_fewer_than_100_answers():
    found = drivers.drivers(patterns(), PILLARS).set_index("predictor")
    assert not found.loc["guilty", "unsure"]
    assert found.loc["absent", "unsure"]
    assert drivers.drivers(patterns(n=90), PILLARS)["unsure"].all()


def test_the_guilty_is_above_mere_chance_and_the_absent_is_not():
    found = drivers.drivers(patterns(), PILLARS).set_index("predictor")
    assert found.loc["guilty", "above_noise"]
    assert not found.loc["absent", "above_noise"]
    assert (
        0 < found["noise"].iloc[0] < 0.003
    )  # χ² with one degree of freedom / n: 3.8 / 4,000 at most, less what others take


def test_further_tests_of_the_page_raise_the_bar():
    weak = patterns(n=300, seed=8)
    alone = drivers.drivers(weak, PILLARS)
    among_many = drivers.drivers(weak, PILLARS, also_tested=[0.9] * 10_000)
    assert alone["real"].sum() >= among_many["real"].sum()
    p = alone["p"].dropna()
    assert list(among_many["real"][p.index]) == list(p <= 0.05 * p.rank() / (len(p) + 10_000))


def parts_of(rows, count):
    """Cross-products of rows (predictors and outcome) over parts that rows fall into by turns."""
    table = np.column_stack([np.ones(len(rows)), rows])
    part = np.arange(len(rows)) % count
    return np.array([table[part == k].T @ table[part == k] for k in range(count)])


def continuous(n=400, seed=2):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, size=(n, 2))
    return np.column_stack([x, 20 * x[:, 0] + rng.normal(0, 10 + 10 * np.abs(x[:, 0]), n)])


def test_parts_give_the_importance_and_effects_of_the_rows():
    rows = continuous()
    found = drivers.of_parts(parts_of(rows, 100), ["asked", "idle"]).set_index("predictor")
    fit = sm.OLS(rows[:, 2], sm.add_constant(rows[:, :2])).fit()
    assert list(found.loc[["asked", "idle"], "effect"]) == pytest.approx(list(fit.params[1:]))
    assert found["importance"].sum() == pytest.approx(fit.rsquared)
    assert found.loc["asked", "real"]
    assert not found.loc["idle", "real"]
    assert found.loc["asked", "low"] < found.loc["asked", "importance"] < found.loc["asked", "high"]
    assert found.loc["asked", "level"] == pytest.approx(50 * (rows[:, 0].mean() + 1))
    for place, name in enumerate(("asked", "idle")):
        error = rows[:, place].std(ddof=1) / np.sqrt(len(rows))
        bounds = rows[:, place].mean() + 1.959964 * error * np.array([-1, 0, 1])
        assert found.loc[name, ["mean_low", "mean", "mean_high"]].tolist() == pytest.approx(bounds)


def test_few_parts_or_none_give_no_drivers():
    assert drivers.of_parts(np.zeros((0, 4, 4)), ["asked", "idle"]).empty
    assert drivers.of_parts(parts_of(continuous(n=29), 5), ["asked", "idle"]).empty
    assert not drivers.of_parts(parts_of(continuous(n=30), 5), ["asked", "idle"]).empty


def test_one_answer_to_the_outcome_for_all_gives_no_drivers_of_parts():
    rows = continuous()
    rows[:, 2] = 4
    assert drivers.of_parts(parts_of(rows, 100), ["asked", "idle"]).empty
