"""The area under the curve: worked by hand, against counting pairs, and its interval."""

import math

import numpy as np
import pytest

from cx.stats.ranking import auc


def pairs(scores: np.ndarray, positive: np.ndarray) -> float:
    """The definition: the share of pairs in the right order, ties half."""
    won = [np.sign(good - bad) for good in scores[positive] for bad in scores[~positive]]
    return float(np.mean([(each + 1) / 2 for each in won]))


def test_three_of_four_pairs_in_order() -> None:
    found = auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True]))
    assert (found.value, found.n) == (0.75, 4)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_share_of_pairs_in_order(seed: int) -> None:
    random = np.random.default_rng(seed)
    positive = random.random(60) < 0.3
    scores = np.round(random.normal(size=60) + positive, 1)  # ties
    assert auc(scores, positive).value == pytest.approx(pairs(scores, positive), abs=1e-12)


def test_the_interval_covers_the_truth() -> None:
    random, inside = np.random.default_rng(7), 0
    truth = 0.7602  # of two normals one standard deviation apart: Φ(1/√2)
    for _draw in range(300):
        positive = np.arange(120) < 40
        found = auc(random.normal(size=120) + positive, positive)
        inside += found.low <= truth <= found.high
    assert 0.91 <= inside / 300 <= 0.98


def test_one_group_alone_has_no_order() -> None:
    assert math.isnan(auc(np.array([0.1, 0.2]), np.array([True, True])).value)
    alone = auc(np.array([0.1, 0.2, 0.3]), np.array([False, False, True]))
    assert (alone.value, math.isnan(alone.low)) == (1.0, True)
