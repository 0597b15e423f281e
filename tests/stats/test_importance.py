"""Relative importance: R's own tables, a Shapley split over all orders, and bootstraps of the single rows."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cx.stats import importance

SWISS = ["agriculture", "examination", "education", "catholic", "infant_mortality"]
MTCARS = ["cyl", "disp", "hp", "gear"]
PILLARS = ["product", "price", "service"]
BY_HAND = np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]])


def answers(n=600, seed=1):
    """Ternary pillars that go together, and an outcome of four values, one row per answer."""
    chance = np.random.default_rng(seed)
    common = chance.normal(size=n)
    pillars = {name: np.digitize(common + chance.normal(size=n), [-1.5, 1.5]) - 1 for name in PILLARS}
    outcome = np.rint(pillars["product"] + 0.5 * pillars["price"] + chance.normal(size=n))
    return pd.DataFrame({**pillars, "outcome": np.clip(outcome, -1, 2)})


def counted(rows):
    return rows.value_counts().reset_index(name="n")


def explained(x, y):
    """R² of y on the columns of x and a constant, by plain least squares."""
    design = np.column_stack([np.ones(len(y)), x])
    residuals = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return 1 - (residuals**2).sum() / ((y - y.mean()) ** 2).sum()


def naive_shapley(x, y):
    """What each column adds to R², averaged over every order of entering."""
    orders = list(permutations(range(x.shape[1])))
    shares = np.zeros(x.shape[1])
    for order in orders:
        for place, column in enumerate(order):
            before, after = list(order[:place]), list(order[: place + 1])
            shares[column] += (explained(x[:, after], y) - explained(x[:, before], y)) / len(orders)
    return shares


def test_the_tables_are_those_of_r(swiss, mtcars):
    assert len(swiss) == 47
    assert explained(swiss[SWISS], swiss["fertility"]) == pytest.approx(0.706735001593, abs=1e-12)
    assert explained(mtcars[MTCARS], mtcars["mpg"]) == pytest.approx(0.779189638983, abs=1e-12)


def test_lmg_of_swiss_is_the_published_one(swiss):
    published = [0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265]
    found = importance.lmg(importance.correlations(swiss, SWISS, "fertility"))
    np.testing.assert_allclose(found, published, atol=1e-9)
    assert found.sum() == pytest.approx(0.706735001593, abs=1e-9)


def test_lmg_of_weighted_swiss_is_the_published_one(swiss):
    published = [0.0518208063017, 0.1549452302086, 0.2559770835712, 0.1019573530969, 0.1296324182449]
    found = importance.lmg(importance.correlations(swiss, SWISS, "fertility", weight="w"))
    np.testing.assert_allclose(found, published, atol=1e-9)
    assert found.sum() == pytest.approx(0.694332891423, abs=1e-9)


def test_lmg_of_mtcars_is_the_published_one(mtcars):
    published = [0.2470520332, 0.2434995948, 0.2109128995, 0.0777251114]
    found = importance.lmg(importance.correlations(mtcars, MTCARS, "mpg"))
    np.testing.assert_allclose(found, published, atol=1e-9)


def test_johnsons_weights_are_the_published_ones(swiss, mtcars):
    np.testing.assert_allclose(
        importance.johnson(importance.correlations(swiss, SWISS, "fertility")),
        [0.048416895812, 0.154708249806, 0.271964104646, 0.114680029948, 0.116965721381],
        atol=1e-9,
    )
    np.testing.assert_allclose(
        importance.johnson(importance.correlations(mtcars, MTCARS, "mpg")),
        [0.228479725928, 0.222146870540, 0.232174439299, 0.096388603215],
        atol=1e-9,
    )


@pytest.mark.parametrize("method", [importance.lmg, importance.johnson])
def test_two_predictors_come_out_as_by_hand(method):
    np.testing.assert_allclose(method(BY_HAND), [0.286667, 0.086667], atol=1e-6)


SMALL_TABLES = st.tuples(st.integers(1, 4), st.integers(0, 2**32 - 1), st.booleans()).map(
    lambda drawn: (np.random.default_rng(drawn[1]).integers(-1, 2, size=(25, drawn[0] + 1)).astype(float), drawn[2])
)


@given(SMALL_TABLES)
def test_lmg_is_the_average_over_all_orders_and_sums_to_r_squared(drawn):
    table, with_sum = drawn
    x, y = table[:, :-1], table[:, -1]
    if with_sum:  # one predictor that the others make up
        x = np.column_stack([x, x.sum(axis=1)])
    if y.std() == 0:
        return
    with np.errstate(invalid="ignore"):
        found = importance.lmg(np.corrcoef(np.column_stack([x, y]).T))
    np.testing.assert_allclose(found, naive_shapley(x, y), atol=1e-9)
    assert found.sum() == pytest.approx(explained(x, y), abs=1e-9)


@given(SMALL_TABLES)
def test_johnsons_weights_sum_to_r_squared_too(drawn):
    table, with_copy = drawn
    x, y = table[:, :-1], table[:, -1]
    if with_copy:
        x = np.column_stack([x, x[:, 0]])
    if y.std() == 0:
        return
    with np.errstate(invalid="ignore"):
        found = importance.johnson(np.corrcoef(np.column_stack([x, y]).T))
    assert found.sum() == pytest.approx(explained(x, y), abs=1e-9)


def test_the_order_of_predictors_does_not_matter(swiss):
    forward = importance.lmg(importance.correlations(swiss, SWISS, "fertility"))
    backward = importance.lmg(importance.correlations(swiss, SWISS[::-1], "fertility"))
    np.testing.assert_allclose(forward, backward[::-1], atol=1e-12)


def test_twelve_predictors_sum_to_r_squared():
    table = np.random.default_rng(1).normal(size=(100, 13))
    found = importance.lmg(np.corrcoef(table.T))
    assert found.sum() == pytest.approx(explained(table[:, :-1], table[:, -1]), abs=1e-9)


def test_a_stack_gives_what_its_matrices_give_one_by_one():
    stack = np.array([np.corrcoef(np.random.default_rng(seed).normal(size=(4, 30))) for seed in range(6)])
    for method in (importance.lmg, importance.johnson):
        found = method(stack.reshape(2, 3, 4, 4))
        assert found.shape == (2, 3, 3)
        np.testing.assert_allclose(found.reshape(6, 3), [method(matrix) for matrix in stack], atol=1e-12)


def test_a_stack_larger_than_a_block_gives_the_same(monkeypatch):
    stack = np.array([np.corrcoef(np.random.default_rng(seed).normal(size=(4, 30))) for seed in range(7)])
    at_once = importance.lmg(stack)
    monkeypatch.setattr(importance, "NUMBERS", 2 * 2**4)
    np.testing.assert_array_equal(importance.lmg(stack), at_once)


@pytest.mark.parametrize("method", [importance.lmg, importance.johnson])
def test_a_predictor_without_variance_gets_nothing(method):
    rows = counted(answers().assign(service=0))
    found = method(importance.correlations(rows, PILLARS, "outcome"))
    alone = method(importance.correlations(rows, PILLARS[:2], "outcome"))
    np.testing.assert_allclose(found, [*alone, 0], atol=1e-12)


@pytest.mark.parametrize("method", [importance.lmg, importance.johnson])
def test_twins_share_their_importance(method):
    rows = counted(answers().assign(service=lambda table: -table["product"]))
    found = method(importance.correlations(rows, PILLARS, "outcome"))
    alone = method(importance.correlations(rows, PILLARS[:2], "outcome"))
    assert found[0] == pytest.approx(found[2])
    assert found.sum() == pytest.approx(alone.sum())


@pytest.mark.parametrize("method", [importance.lmg, importance.johnson])
def test_an_outcome_without_variance_gives_nan(method):
    found = method(importance.correlations(counted(answers().assign(outcome=1)), PILLARS, "outcome"))
    assert np.isnan(found).all()


def test_no_patterns_give_nan():
    nothing = counted(answers()).head(0)
    assert np.isnan(importance.correlations(nothing, PILLARS, "outcome")).all()
    assert np.isnan(importance.lmg(importance.correlations(nothing, PILLARS, "outcome"))).all()
    draws = importance.bootstrap(nothing, PILLARS, "outcome", draws=5)
    assert draws.shape == (5, 3)
    assert np.isnan(draws).all()
    assert np.isnan(importance.noise_importance(nothing, PILLARS, "outcome", draws=5)).all()
    assert np.isnan(importance.ranks(draws)).all()
    assert np.isnan(importance.interval(draws)).all()


def test_what_is_not_a_square_matrix_is_refused():
    for wrong in (np.ones((2, 3)), np.ones(3), np.ones((0, 0))):
        with pytest.raises(ValueError, match="square"):
            importance.lmg(wrong)
        with pytest.raises(ValueError, match="square"):
            importance.johnson(wrong)


def test_no_predictors_have_no_importance():
    assert importance.lmg(np.ones((1, 1))).shape == (0,)


def test_correlations_of_counted_patterns_are_those_of_the_rows():
    rows = answers()
    found = importance.correlations(counted(rows), PILLARS, "outcome")
    np.testing.assert_allclose(found, np.corrcoef(rows[[*PILLARS, "outcome"]].T), atol=1e-12)


def test_incomplete_patterns_are_left_out():
    patterns = counted(answers())
    extended = pd.concat([patterns, pd.DataFrame({"product": [1.0], "outcome": [-1.0], "n": [99]})])
    np.testing.assert_array_equal(
        importance.correlations(extended, PILLARS, "outcome"), importance.correlations(patterns, PILLARS, "outcome")
    )


def test_negative_weights_and_missing_columns_are_refused():
    with pytest.raises(ValueError, match="negative"):
        importance.correlations(counted(answers()).assign(n=-1), PILLARS, "outcome")
    with pytest.raises(ValueError, match="taste"):
        importance.correlations(counted(answers()), ["taste"], "outcome")


def test_cross_products_of_parts_add_up_to_the_correlations_of_the_whole():
    rows = answers()
    table = np.column_stack([np.ones(len(rows)), rows])
    parts = [part.T @ part for part in np.array_split(table, 7)]
    found = importance.correlations_of_moments(np.sum(parts, axis=0))
    np.testing.assert_allclose(found, np.corrcoef(rows.T), atol=1e-12)


def naive_bootstrap(rows, draws, noise_seed=None):
    """LMG of resampled rows; with a seed for noise, LMG minus that of a normal column added to each resample."""
    chance = np.random.default_rng(99)
    noise = np.random.default_rng(noise_seed)
    matrices = []
    for _ in range(draws):
        table = rows.to_numpy()[chance.integers(0, len(rows), len(rows))]
        if noise_seed is not None:
            table = np.column_stack([noise.normal(size=len(rows)), table])
        matrices.append(np.corrcoef(table.T))
    shares = importance.lmg(np.array(matrices))
    return shares if noise_seed is None else shares[:, 1:] - shares[:, :1]


def test_drawing_patterns_is_drawing_rows():
    rows = answers()
    found = importance.bootstrap(counted(rows), PILLARS, "outcome", draws=2000)
    naive = naive_bootstrap(rows, 2000)
    np.testing.assert_allclose(found.mean(axis=0), naive.mean(axis=0), atol=0.004)
    np.testing.assert_allclose(found.std(axis=0), naive.std(axis=0), rtol=0.08)
    np.testing.assert_allclose(importance.interval(found), importance.interval(naive), atol=0.012)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    patterns = counted(answers())
    first = importance.bootstrap(patterns, PILLARS, "outcome", draws=120, seed=7)
    assert first.shape == (120, 3)
    np.testing.assert_array_equal(first, importance.bootstrap(patterns, PILLARS, "outcome", draws=120, seed=7))
    assert (first != importance.bootstrap(patterns, PILLARS, "outcome", draws=120, seed=8)).any()


def test_each_resample_draws_its_own_rows():
    draws = importance.bootstrap(counted(answers()), PILLARS, "outcome", draws=120)
    assert len(np.unique(draws[:, 0])) == 120


def test_noise_in_correlations_is_noise_in_rows():
    rows = answers(n=150)
    found = importance.noise_importance(counted(rows), PILLARS, "outcome", draws=3000)
    naive = naive_bootstrap(rows, 3000, noise_seed=5)
    np.testing.assert_allclose(found.mean(axis=0), naive.mean(axis=0), atol=0.006)
    np.testing.assert_allclose(found.std(axis=0), naive.std(axis=0), rtol=0.08)
    np.testing.assert_allclose(importance.interval(found), importance.interval(naive), atol=0.02)


def test_a_driver_beats_noise_and_a_bystander_does_not():
    chance = np.random.default_rng(4)
    rows = pd.DataFrame(chance.integers(-1, 2, size=(400, 3)), columns=PILLARS)
    rows["outcome"] = np.rint(rows["product"] + chance.normal(size=400))
    low, _ = importance.interval(importance.noise_importance(counted(rows), PILLARS, "outcome"))
    assert low[0] > 0
    assert (low[1:] < 0).all()


def test_so_few_answers_that_noise_explains_all_stay_finite():
    rows = counted(answers().head(4))
    draws = importance.noise_importance(rows, PILLARS, "outcome", draws=50)
    assert draws.shape == (50, 3)
    assert (np.isfinite(draws) | np.isnan(draws)).all()


def test_ranks_take_the_middle_of_the_draws():
    draws = np.tile([0.3, 0.2, 0.1], (100, 1))
    draws[:10] = [0.2, 0.3, 0.1]  # in a tenth of the draws the first two change places
    draws[10] = [0.1, 0.2, 0.3]  # one draw in a hundred is outside the 95 %
    low, high = importance.ranks(draws)
    assert low.tolist() == [1, 1, 3]
    assert high.tolist() == [2, 2, 3]


def test_ranks_are_those_that_scipy_counts():
    draws = np.random.default_rng(2).integers(0, 4, size=(60, 5)) / 10
    best, worst = (stats.rankdata(-draws, method=method, axis=1) for method in ("min", "max"))
    low, high = importance.ranks(draws)
    assert low.tolist() == np.quantile(best, 0.025, axis=0, method="inverted_cdf").tolist()
    assert high.tolist() == np.quantile(worst, 0.975, axis=0, method="inverted_cdf").tolist()


def test_tied_predictors_take_the_whole_range_of_their_tie():
    low, high = importance.ranks(np.tile([0.3, 0.0, 0.0], (10, 1)))
    assert low.tolist() == [1, 2, 2]
    assert high.tolist() == [1, 3, 3]


def test_draws_with_nan_do_not_count():
    draws = np.array([[0.3, 0.1]] * 9 + [[np.nan, np.nan]])
    assert np.array(importance.ranks(draws)).tolist() == [[1, 2], [1, 2]]
    np.testing.assert_allclose(importance.interval(draws), [[0.3, 0.1], [0.3, 0.1]])
