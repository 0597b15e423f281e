"""Penalty and reward: Wang et al. 2024, planted kinds, and Fieller's bounds against their definition."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from cx.stats.asymmetry import Kind, impact_asymmetry, kind, penalty_reward

PILLARS = ["product", "price"]


def answers(n=2000, seed=1, product=(60, 15), price=(15, 60), noise=50.0):
    """Two pillars with (penalty, reward) each, and an outcome with noise."""
    chance = np.random.default_rng(seed)
    rows = pd.DataFrame(chance.integers(-1, 2, size=(n, 2)), columns=PILLARS)
    outcome = noise * chance.normal(size=n)
    for name, (penalty, reward) in zip(PILLARS, (product, price), strict=True):
        outcome += np.select([rows[name] < 0, rows[name] > 0], [-penalty, reward], 0.0)
    return rows.assign(outcome=np.rint(outcome))


def counted(rows):
    return rows.value_counts().reset_index(name="n")


@pytest.mark.parametrize(
    ("negative", "positive", "asymmetry"),
    [
        (-0.71, 0.22, -0.53),
        (-0.46, 0.84, 0.30),
        (-0.02, 0.18, 0.81),
        (-0.36, 0.18, -0.32),
        (-0.75, 0.73, -0.02),
        (-0.47, 0.15, -0.53),
    ],
)
def test_published_asymmetries_come_out(negative, positive, asymmetry):
    assert impact_asymmetry(penalty=-negative, reward=positive) == pytest.approx(asymmetry, abs=0.015)


def test_a_wrong_sign_has_no_asymmetry():
    assert np.isnan(impact_asymmetry([-0.1, 0.5, 0, np.nan], [0.5, -0.1, 0, 1])).all()


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_asymmetry_lies_between_minus_one_and_one(penalty, reward):
    found = impact_asymmetry(penalty, reward)
    assert np.isnan(found) or -1 <= found <= 1


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ((-0.5, -0.7, -0.2), Kind.BASIC),
        ((0.5, 0.2, 0.7), Kind.EXCITEMENT),
        ((0.0, -0.05, 0.05), Kind.PERFORMANCE),
        ((0.0, -0.1, 0.1), Kind.PERFORMANCE),
        ((0.0, -0.2, 0.05), Kind.UNDECIDED),
        ((-0.5, -0.9, -0.05), Kind.UNDECIDED),
        ((0.5, -0.3, 0.9), Kind.UNDECIDED),
        ((np.nan, np.nan, np.nan), Kind.UNDECIDED),
        ((0.0, np.nan, np.nan), Kind.UNDECIDED),
    ],
)
def test_a_kind_needs_the_whole_interval_within_its_range(bounds, expected):
    assert kind(*bounds) is expected


def test_planted_kinds_are_found():
    found = penalty_reward(counted(answers()), PILLARS, "outcome")
    assert found["kind"].tolist() == [Kind.BASIC, Kind.EXCITEMENT]
    assert found.loc["product", "penalty"] == pytest.approx(60, abs=8)
    assert found.loc["price", "reward"] == pytest.approx(60, abs=8)


def test_equal_penalty_and_reward_are_performance():
    rows = answers(n=20_000, product=(60, 60), price=(60, 60), noise=20.0)
    assert (penalty_reward(counted(rows), PILLARS, "outcome")["kind"] == Kind.PERFORMANCE).all()


def test_a_pillar_without_any_effect_is_undecided():
    rows = answers(product=(0, 0))
    assert penalty_reward(counted(rows), PILLARS, "outcome").loc["product", "kind"] == Kind.UNDECIDED


def test_a_reversed_pillar_is_undecided():
    found = penalty_reward(counted(answers(product=(-60, -60))), PILLARS, "outcome").loc["product"]
    assert found["kind"] == Kind.UNDECIDED
    assert found[["asymmetry", "asymmetry_low", "asymmetry_high"]].isna().all()


def row_level(rows):
    dummies = pd.concat([rows[PILLARS].lt(0).add_suffix("_neg"), rows[PILLARS].gt(0).add_suffix("_pos")], axis=1)
    return sm.OLS(rows["outcome"], sm.add_constant(dummies.astype(float))).fit(cov_type="HC3")


def test_penalty_and_reward_are_the_dummy_regression_of_the_rows():
    rows = answers(n=300)
    found, fit = penalty_reward(counted(rows), PILLARS, "outcome"), row_level(rows)
    bounds = fit.conf_int()
    for name in PILLARS:
        expected = [-fit.params[f"{name}_neg"], -bounds.loc[f"{name}_neg", 1], -bounds.loc[f"{name}_neg", 0]]
        np.testing.assert_allclose(found.loc[name, ["penalty", "penalty_low", "penalty_high"]].astype(float), expected)
        expected = [fit.params[f"{name}_pos"], *bounds.loc[f"{name}_pos"]]
        np.testing.assert_allclose(found.loc[name, ["reward", "reward_low", "reward_high"]].astype(float), expected)


def test_the_slope_is_that_of_the_ternary_score_beside_an_indicator_of_not_named():
    rows = answers(n=300)
    found = penalty_reward(counted(rows), PILLARS, "outcome")
    scores = rows[PILLARS].join(rows[PILLARS].eq(0).add_suffix("_not_named")).astype(float)
    fit = sm.OLS(rows["outcome"], sm.add_constant(scores)).fit(cov_type="HC3")
    expected = fit.conf_int().loc[PILLARS].assign(slope=fit.params[PILLARS])[["slope", 0, 1]]
    np.testing.assert_allclose(found.loc[PILLARS, ["slope", "slope_low", "slope_high"]].astype(float), expected)


def test_where_penalty_and_reward_may_both_be_nothing_every_asymmetry_is_possible():
    found = penalty_reward(counted(answers(n=60, seed=4, product=(2, 2))), PILLARS, "outcome").loc["product"]
    assert found[["penalty", "reward"]].gt(0).all(), "both signs as expected, else there is no asymmetry"
    assert found[["asymmetry_low", "asymmetry_high"]].tolist() == [-1, 1]


def test_at_its_bounds_an_asymmetry_is_just_not_rejected():
    rows = answers(n=400, product=(60, 30), price=(30, 60))
    found, fit = penalty_reward(counted(rows), PILLARS, "outcome"), row_level(rows)
    assert (found["asymmetry_low"] < found["asymmetry"]).all() and (found["asymmetry"] < found["asymmetry_high"]).all()
    for name in PILLARS:
        for bound in found.loc[name, ["asymmetry_low", "asymmetry_high"]]:
            # reward − penalty − bound · (reward + penalty), in terms of the two coefficients
            contrast = pd.Series(0.0, index=fit.params.index)
            contrast[f"{name}_pos"], contrast[f"{name}_neg"] = 1 - bound, 1 + bound
            z = contrast @ fit.params / np.sqrt(contrast @ fit.cov_params() @ contrast)
            assert abs(z) == pytest.approx(1.959964, abs=1e-5)


def test_a_side_never_named_has_nan_and_leaves_the_rest():
    rows = answers(n=400)
    rows["product"] = rows["product"].clip(upper=0)
    found = penalty_reward(counted(rows), PILLARS, "outcome")
    assert np.isnan(found.loc["product", "reward"])
    assert np.isfinite(found.loc["product", "penalty"])
    assert found.loc["product", "kind"] == Kind.UNDECIDED
    assert found.loc["price"].notna().all()


def test_no_patterns_give_nan_and_undecided():
    found = penalty_reward(counted(answers()).head(0), PILLARS, "outcome")
    assert found.drop(columns="kind").isna().all(axis=None)
    assert (found["kind"] == Kind.UNDECIDED).all()


def test_predictors_that_are_not_ternary_are_refused():
    with pytest.raises(ValueError, match="-1, 0 or 1"):
        penalty_reward(counted(answers()).assign(product=0.5), PILLARS, "outcome")
