"""Drivers from counted patterns: what is planted is found, what is innocent is not called real."""

import numpy as np
import pandas as pd
import pytest

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
