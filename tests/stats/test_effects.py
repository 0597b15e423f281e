"""Adjusted effects: what statsmodels says on the single answers. Leave-out: whom it blames wrongly."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cx.stats import effects, importance
from cx.stats.nps import nps_interval

PILLARS = ["product", "price", "service"]


def answers(n=500, seed=1):
    """Ternary pillars and NPS of −100, 0, 100 whose spread depends on the pillars."""
    chance = np.random.default_rng(seed)
    rows = pd.DataFrame(chance.choice([-1, 0, 1], p=[0.2, 0.6, 0.2], size=(n, 3)), columns=PILLARS)
    noise = chance.normal(size=n) * (1 + (rows["price"] == -1))
    return rows.assign(outcome=100 * np.clip(np.rint(rows["product"] + 0.5 * rows["price"] + noise), -1, 1))


def counted(rows):
    return rows.value_counts().reset_index(name="n")


def row_level(rows, predictors=PILLARS):
    fit = sm.OLS(rows["outcome"], sm.add_constant(rows[predictors])).fit(cov_type="HC3")
    bounds = fit.conf_int()
    apart = [
        sm.OLS(rows[name], sm.add_constant(rows[[other for other in predictors if other != name]])).fit().resid
        for name in predictors
    ]
    freedom = [(own**2).sum() ** 2 / (own**4).sum() for own in apart]
    p = 2 * stats.t.sf(np.abs(fit.tvalues[1:]), freedom)
    return np.column_stack([fit.params[1:], bounds[0][1:], bounds[1][1:], p])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(60, 800))
def test_counted_patterns_give_the_hc3_regression_of_the_rows(seed, n):
    rows = answers(n, seed)
    found = effects.adjusted(counted(rows), PILLARS, "outcome")
    assert list(found.columns) == ["effect", "low", "high", "p"]
    assert list(found.index) == PILLARS
    np.testing.assert_allclose(found, row_level(rows), rtol=1e-8, atol=1e-9)


def test_frequencies_give_what_repeated_rows_give(swiss):
    predictors = ["agriculture", "education", "catholic"]
    found = effects.adjusted(swiss, predictors, "fertility", weight="w")
    repeated = swiss.loc[swiss.index.repeat(swiss["w"])].rename(columns={"fertility": "outcome"})
    np.testing.assert_allclose(found, row_level(repeated, predictors), rtol=1e-9)


def test_large_numbers_do_not_hurt():
    rows = answers().assign(price=lambda table: 1e6 + table["price"])
    found = effects.adjusted(counted(rows), PILLARS, "outcome")
    np.testing.assert_allclose(found, row_level(answers()), rtol=1e-7)


def test_a_constant_predictor_has_nan_and_the_others_their_effect():
    found = effects.adjusted(counted(answers().assign(service=1)), PILLARS, "outcome")
    alone = effects.adjusted(counted(answers()[["product", "price", "outcome"]]), PILLARS[:2], "outcome")
    assert found.loc["service"].isna().all()
    np.testing.assert_allclose(found.loc[PILLARS[:2]], alone, rtol=1e-9)


def test_collinear_predictors_have_nan_and_the_others_their_effect():
    rows = answers().assign(twin=lambda table: -table["product"])
    found = effects.adjusted(counted(rows), [*PILLARS, "twin"], "outcome")
    assert found.loc[["product", "twin"]].isna().all(axis=None)
    np.testing.assert_allclose(found.loc[["price", "service"]], row_level(rows)[1:], rtol=1e-9)


def test_an_effect_that_hangs_on_one_answer_has_no_interval():
    rows = answers().assign(service=0)
    rows.loc[0, "service"] = 1
    found = effects.adjusted(counted(rows), PILLARS, "outcome")
    others = answers().drop(index=0)
    assert np.isfinite(found.loc["service", "effect"])
    assert found.loc["service", ["low", "high", "p"]].isna().all()
    np.testing.assert_allclose(found.loc[PILLARS[:2]], row_level(others, PILLARS[:2]), rtol=1e-9)


def test_nothing_to_regress_gives_nan():
    for nothing in (counted(answers()).head(0), counted(answers()).head(1).assign(n=1)):
        found = effects.adjusted(nothing, PILLARS, "outcome")
        assert list(found.index) == PILLARS
        assert found.isna().all(axis=None)
    assert effects.adjusted(counted(answers()), [], "outcome").empty


def test_negative_weights_and_missing_columns_are_refused():
    with pytest.raises(ValueError, match="negative"):
        effects.adjusted(counted(answers()).assign(n=-1), PILLARS, "outcome")
    with pytest.raises(ValueError, match="taste"):
        effects.adjusted(counted(answers()), ["taste"], "outcome")


def test_the_published_leave_out_impact_comes_out():
    assert round(effects.leave_out(150, -30, 1000, 20), 4) == -8.8235


@given(st.tuples(*[st.integers(0, 500)] * 3), st.tuples(*[st.integers(0, 500)] * 3))
def test_leave_out_is_nps_minus_nps_without_the_topic(named, others):
    if not sum(named) or not sum(others):
        return
    whole = nps_interval(*np.add(named, others))
    topic, rest = nps_interval(*named), nps_interval(*others)
    assert effects.leave_out(topic.n, topic.value, whole.n, whole.value) == pytest.approx(whole.value - rest.value)


def test_leave_out_takes_columns():
    found = effects.leave_out(pd.Series([150, 0, 1000]), pd.Series([-30, np.nan, 20]), 1000, 20)
    np.testing.assert_allclose(found, [-8.8235, np.nan, np.nan], atol=1e-4)


def test_impossible_counts_of_a_topic_are_refused():
    for named, n in ((-1, 10), (11, 10)):
        with pytest.raises(ValueError, match="negative|more answers"):
            effects.leave_out(named, 0, n, 0)


def test_leave_out_blames_the_innocent_that_regression_clears():
    chance = np.random.default_rng(3)
    guilty = chance.random(2000) < 0.2
    innocent = np.where(guilty, chance.random(2000) < 0.8, chance.random(2000) < 0.05)
    recommends = 0.6 - 0.9 * guilty + chance.normal(size=2000)
    rows = pd.DataFrame({"guilty": guilty, "innocent": innocent, "outcome": 100 * np.clip(np.rint(recommends), -1, 1)})
    named = rows.loc[rows["innocent"] == 1, "outcome"]
    impact = effects.leave_out(len(named), named.mean(), len(rows), rows["outcome"].mean())
    effect = effects.adjusted(counted(rows), ["guilty", "innocent"], "outcome")
    assert impact < -5
    assert effect.loc["innocent", "low"] < 0 < effect.loc["innocent", "high"]
    assert effect.loc["guilty", "high"] < -20


def test_agriculture_is_a_suppressor_in_swiss(swiss):
    predictors = ["agriculture", "examination", "education", "catholic", "infant_mortality"]
    correlations = importance.correlations(swiss, predictors, "fertility")
    assert round(effects.standardised(correlations)[0], 3) == -0.313
    assert correlations[0, -1] > 0
    assert effects.suppressors(correlations).tolist() == [True, False, False, False, False]


def test_standardised_effects_are_those_of_standardised_columns(swiss):
    predictors = ["agriculture", "education"]
    found = effects.standardised(importance.correlations(swiss, predictors, "fertility"))
    table = swiss[[*predictors, "fertility"]]
    fit = sm.OLS(
        ((table - table.mean()) / table.std())["fertility"], ((table - table.mean()) / table.std())[predictors]
    )
    np.testing.assert_allclose(found, fit.fit().params, atol=1e-12)


def test_a_predictor_without_variance_is_no_suppressor():
    correlations = importance.correlations(counted(answers().assign(service=0)), PILLARS, "outcome")
    assert np.isnan(effects.standardised(correlations)).tolist() == [False, False, True]
    assert not effects.suppressors(correlations)[2]
    assert np.isnan(effects.standardised(np.full((4, 4), np.nan))).all()


def parts_of(table: np.ndarray, part: np.ndarray) -> np.ndarray:
    variables = np.column_stack([np.ones(len(table)), table])
    return np.array([variables[part == k].T @ variables[part == k] for k in np.unique(part)])


def heteroscedastic(n: int, seed: int = 6) -> np.ndarray:
    rng = np.random.default_rng(seed)
    x = rng.integers(-1, 2, size=(n, 2)).astype(float)
    return np.column_stack([x, 3 * x[:, 0] + rng.normal(size=n) * (1 + 2 * np.abs(x[:, 1]))])


def test_parts_of_one_answer_give_hc3_up_to_its_known_factor() -> None:
    rows = heteroscedastic(80)
    found = effects.adjusted_by_parts(parts_of(rows, np.arange(80)), ["a", "b"])
    fit = sm.OLS(rows[:, 2], sm.add_constant(rows[:, :2])).fit(cov_type="HC3")
    assert list(found["effect"]) == pytest.approx(list(fit.params[1:]))
    errors = (found["high"] - found["effect"]) / 1.959964
    assert list(errors) == pytest.approx(list(fit.bse[1:]), rel=0.01)  # √((n − 1) / n), and around the jackknife's mean


def test_larger_random_parts_give_nearly_the_same_error() -> None:
    rows = heteroscedastic(20_000)
    found = effects.adjusted_by_parts(parts_of(rows, np.random.default_rng(1).integers(0, 1000, 20_000)), ["a", "b"])
    fit = sm.OLS(rows[:, 2], sm.add_constant(rows[:, :2])).fit(cov_type="HC3")
    assert list((found["high"] - found["effect"]) / 1.959964) == pytest.approx(list(fit.bse[1:]), rel=0.08)


def test_few_parts_are_left_out_one_by_one() -> None:
    rows, part = heteroscedastic(60), np.arange(60) % 5
    found = effects.adjusted_by_parts(parts_of(rows, part), ["a", "b"])
    left = [
        sm.OLS(kept[:, 2], sm.add_constant(kept[:, :2])).fit().params[1:]
        for kept in (rows[part != p] for p in range(5))
    ]
    errors = np.sqrt(4 / 5 * ((left - np.mean(left, axis=0)) ** 2).sum(axis=0))
    np.testing.assert_allclose((found["high"] - found["low"]) / 2 / 1.959964, errors, rtol=1e-5)
    np.testing.assert_allclose(found["p"], 2 * stats.t.sf(np.abs(found["effect"]) / errors, 4), rtol=1e-5)


def test_the_unit_of_a_predictor_does_not_decide_whether_it_is_known() -> None:
    rows = heteroscedastic(300)
    small = np.column_stack([rows[:, 0] * 1e-3, rows[:, 0] * 1e3, rows[:, 1] * 1e3, rows[:, 2]])
    found = effects.adjusted_by_parts(parts_of(small, np.arange(300)), ["small", "its twin", "large"])
    assert found["effect"].isna().tolist() == [True, True, False]
    alone = effects.adjusted_by_parts(parts_of(rows[:, 1:], np.arange(300)), ["b"])
    assert found.loc["large", "effect"] * 1e3 == pytest.approx(alone.loc["b", "effect"], rel=1e-4)


def test_twins_and_constants_among_parts_have_no_effect_of_their_own() -> None:
    rows = heteroscedastic(300)
    twins = np.column_stack([rows[:, 0], rows[:, 0], np.ones(300), rows[:, 1], rows[:, 2]])
    found = effects.adjusted_by_parts(parts_of(twins, np.arange(300)), ["twin", "other", "constant", "own"])
    assert found["effect"].isna().tolist() == [True, True, True, False]
    assert effects.adjusted_by_parts(np.zeros((0, 3, 3)), ["a"])["effect"].isna().all()


def test_variance_inflation_is_that_of_the_regressions_among_predictors() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(500, 3))
    x[:, 2] += 2 * x[:, 0]
    found = effects.variance_inflation(np.corrcoef(np.column_stack([x, rng.normal(size=500)]).T))
    for place in range(3):
        r2 = sm.OLS(x[:, place], sm.add_constant(np.delete(x, place, axis=1))).fit().rsquared
        assert found[place] == pytest.approx(1 / (1 - r2))
    twins = np.corrcoef(np.column_stack([x[:, 0], x[:, 0], x[:, 1]]).T)
    assert (effects.variance_inflation(twins) > 1e6).all()


def test_a_contribution_by_hand() -> None:
    found = effects.contribution(*map(np.array, (3.0, 3 - 1.959964, 3 + 1.959964, 0.5, 0.04)))  # an error of 1
    reach = 1.959964 * np.sqrt(0.25 * 1 + 9 * 0.04)
    assert found == pytest.approx((1.5, 1.5 - reach, 1.5 + reach))


def test_the_interval_of_a_contribution_covers_what_it_should() -> None:
    rng = np.random.default_rng(11)
    covered = []
    for _ in range(600):
        x = rng.choice([-1, 0, 1], 400, p=[0.1, 0.6, 0.3])
        table = pd.DataFrame({"x": x, "outcome": 5 * x + rng.normal(0, 20, 400), "n": 1})
        fit = effects.adjusted(table, ["x"], "outcome")
        bounds = (fit[name].to_numpy() for name in ("effect", "low", "high"))
        _value, low, high = effects.contribution(*bounds, np.array([x.mean()]), np.array([x.var() / 400]))
        covered.append(low[0] <= 5 * 0.2 <= high[0])
    assert 0.93 <= np.mean(covered) <= 0.97


def test_a_what_if_at_todays_level_changes_nothing_and_turns_with_the_sign() -> None:
    row = pd.Series({"effect": 10.0, "effect_low": 6.0, "effect_high": 14.0, "level": 41.0, "reach": 0.25})
    assert effects.what_if(row, 41) == (0, 0, 0)
    assert effects.what_if(row, 55) == pytest.approx((0.7, 0.42, 0.98))
    assert effects.what_if(row, 27) == pytest.approx((-0.7, -0.98, -0.42))
