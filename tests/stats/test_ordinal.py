"""Average marginal effects of an ordered outcome: statsmodels on the single answers, and by hand."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.miscmodels.ordinal_model import OrderedModel

from cx.stats import effects
from cx.stats.ordinal import average_marginal_effects

PILLARS = ["effort", "trust", "emotion"]


def answers(n=1500, seed=1, cuts=(-2, -1, 0.2, 1.5)):
    chance = np.random.default_rng(seed)
    rows = pd.DataFrame(chance.choice([-1, 0, 1], (n, 3), p=[0.25, 0.5, 0.25]), columns=PILLARS)
    latent = rows["effort"] + 0.4 * rows["trust"] + chance.logistic(size=n)
    return rows.assign(stars=np.digitize(latent, cuts) + 1)


def counted(rows):
    return rows.value_counts().reset_index(name="n")


def direct(rows):
    """Effects by raising a predictor a little in every row, errors by the delta method, all with statsmodels alone."""
    x = rows[PILLARS].to_numpy(dtype=float)
    model = OrderedModel(rows["stars"].to_numpy(), x, distr="logit")
    fit = model.fit(method="bfgs", disp=0, maxiter=500)
    step = 1e-5

    def slopes(params):
        moved = [(model.predict(params, x + step * row) - model.predict(params, x - step * row)) for row in np.eye(3)]
        return np.array([change.mean(axis=0) / (2 * step) for change in moved]).ravel()

    width = 1e-4
    gradient = np.array([(slopes(fit.params + h) - slopes(fit.params - h)) / (2 * width) for h in width * np.eye(7)]).T
    return slopes(fit.params), np.sqrt(np.diag(gradient @ fit.cov_params() @ gradient.T))


def test_counted_patterns_give_what_statsmodels_gives_on_rows():
    rows = answers()
    found = average_marginal_effects(counted(rows), PILLARS, "stars").levels
    wanted, errors = direct(rows)
    np.testing.assert_allclose(found["effect"], wanted, atol=2e-5)
    np.testing.assert_allclose((found["high"] - found["low"]) / 2 / stats.norm.ppf(0.975), errors, rtol=2e-3)


def test_shares_move_from_one_value_to_another_and_the_mean_follows():
    found = average_marginal_effects(counted(answers()), PILLARS, "stars")
    by_level = found.levels["effect"].unstack().loc[PILLARS]
    np.testing.assert_allclose(by_level.sum(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(by_level @ by_level.columns.to_numpy(), found.outcome["effect"])


def test_a_step_up_in_a_driver_takes_from_one_star_and_gives_to_five():
    found = average_marginal_effects(counted(answers()), PILLARS, "stars")
    effort = found.levels.loc["effort"]
    assert effort.loc[1.0, "high"] < 0 < effort.loc[5.0, "low"]
    assert found.outcome.loc["effort", "low"] > 0
    assert found.outcome.loc["emotion", "low"] < 0 < found.outcome.loc["emotion", "high"]


def test_an_outcome_of_two_values_is_the_logit():
    rows = answers(cuts=(0.2,))
    found = average_marginal_effects(counted(rows), PILLARS, "stars")
    logit = sm.Logit(rows["stars"] - 1, sm.add_constant(rows[PILLARS])).fit(disp=0).get_margeff()
    np.testing.assert_allclose(found.outcome["effect"], logit.margeff, atol=1e-5)
    half = (found.outcome["high"] - found.outcome["low"]) / 2
    np.testing.assert_allclose(half / stats.norm.ppf(0.975), logit.margeff_se, rtol=1e-3)
    np.testing.assert_allclose(found.outcome["p"], logit.pvalues, rtol=0.01, atol=1e-6)


def test_with_an_outcome_that_is_nearly_linear_it_agrees_with_least_squares():
    patterns = counted(answers(n=8000))
    ordered = average_marginal_effects(patterns, PILLARS, "stars").outcome["effect"]
    straight = effects.adjusted(patterns, PILLARS, "stars")["effect"]
    np.testing.assert_allclose(ordered, straight, atol=0.04)


def test_what_the_data_do_not_tell_is_nan_and_leaves_the_rest_alone():
    rows = answers().assign(never=0, twin=lambda table: -table["trust"])
    names = ["effort", "trust", "never", "twin"]
    found = average_marginal_effects(counted(rows), names, "stars").outcome["effect"]
    assert np.isnan(found[["trust", "never", "twin"]]).all()
    alone = average_marginal_effects(counted(rows), ["effort", "trust"], "stars").outcome["effect"]
    assert found["effort"] == pytest.approx(alone["effort"], abs=1e-5)


def test_one_value_for_all_and_no_answers_give_nan():
    for patterns in (counted(answers().assign(stars=5)), counted(answers()).head(0)):
        found = average_marginal_effects(patterns, PILLARS, "stars")
        assert found.outcome.isna().all(axis=None)
        assert list(found.outcome.index) == PILLARS


def test_a_predictor_that_separates_the_values_without_fault_gives_nan():
    rows = pd.DataFrame({"effort": [-1, 1] * 50, "stars": [1, 5] * 50})
    assert average_marginal_effects(counted(rows), ["effort"], "stars").outcome.isna().all(axis=None)
