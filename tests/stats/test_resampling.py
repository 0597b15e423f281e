"""Resampled sums: the bootstrap of the single rows, and the normal distribution it tends to."""

import numpy as np
import pytest

from cx.stats import resampling
from cx.stats.resampling import resampled

VALUES = np.column_stack([np.ones(6), [-1.0, 0, 1, -1, 0, 1], [100.0, -100, 0, 0, 100, 100]])
WEIGHTS = np.array([400.0, 300, 500, 2, 800, 40])


def covariance_of_rows(values: np.ndarray, w: np.ndarray) -> np.ndarray:
    """n times the covariance of the single rows: that of sums over n rows drawn with replacement."""
    rows = np.repeat(values, w.astype(int), axis=0)
    return len(rows) * np.cov(rows.T, bias=True)


def normal(values: np.ndarray, w: np.ndarray, draws: int) -> np.ndarray:
    return resampling._normal(values, w, draws, seed=4)


def multinomial(values: np.ndarray, w: np.ndarray, draws: int) -> np.ndarray:
    return resampling._multinomial(values, w, draws, seed=4)


@pytest.mark.parametrize("way", [normal, multinomial])
def test_sums_have_the_mean_and_covariance_of_the_bootstrap_of_rows(way) -> None:
    sums = way(VALUES, WEIGHTS, 40_000)
    expected = covariance_of_rows(VALUES, WEIGHTS)
    scale = np.sqrt(np.diag(expected)) + 1e-9
    assert np.abs((sums.mean(axis=0) - WEIGHTS @ VALUES) / scale)[1:].max() < 0.03
    assert np.abs((np.cov(sums.T) - expected) / scale / scale[:, None])[1:, 1:].max() < 0.04
    assert np.ptp(sums[:, 0]) < 1e-6 * WEIGHTS.sum()  # every resample has as many answers


@pytest.mark.parametrize("values", [VALUES, np.tile(VALUES, (400, 1))])
def test_the_same_seed_gives_the_same_sums(values) -> None:
    w = np.tile(WEIGHTS, len(values) // len(WEIGHTS))
    first, second = (resampled(values, w, draws=70, seed=9) for _ in range(2))
    assert first.shape == (70, 3)
    assert (first == second).all()
    assert (first != resampled(values, w, draws=70, seed=10))[:, 1:].any()


def test_many_patterns_of_many_answers_are_drawn_from_the_limit() -> None:
    values, w = np.tile(VALUES, (400, 1)), np.tile(WEIGHTS, 400)
    assert len(w) > resampling.MANY_PATTERNS
    assert w.sum() >= resampling.MANY_ANSWERS
    assert (resampled(values, w, draws=5, seed=1) == resampling._normal(values, w, 5, 1)).all()
    few = w[: resampling.MANY_PATTERNS]
    assert (
        resampled(values[: len(few)], few, draws=5, seed=1)
        == np.rint(resampled(values[: len(few)], few, draws=5, seed=1))
    ).all()


def test_nothing_gives_nan_and_columns_without_spread_stay() -> None:
    assert np.isnan(resampled(VALUES[:0], WEIGHTS[:0], draws=3, seed=1)).all()
    constant = np.column_stack([np.ones(6), np.zeros(6)])
    assert (normal(constant, WEIGHTS, 3) == [WEIGHTS.sum(), 0]).all()
