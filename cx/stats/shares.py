"""Shares, from 0 to 1, and their differences: CSAT top-two box, mention rates.

Sources: Wilson 1927 and Newcombe, Statistics in Medicine 17 (1998), 857 (one share) and 873 (two, hybrid score).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from cx.model.limits import CONFIDENCE
from cx.stats.estimate import (
    Difference,
    Estimate,
    columns,
    counts,
    difference,
    differences,
    estimate,
    estimates,
)


def wilson(successes: int, n: int) -> Estimate:
    """The share successes / n with its Wilson interval, from 0 to 1.

    n = 0 gives NaN; negative counts and more successes than n raise ValueError.
    """
    return estimate(*wilson_arrays(successes, n))


def wilson_frame(shares: pd.DataFrame) -> pd.DataFrame:
    """`wilson` of every row of successes, n: value, low, high, n on the same index."""
    return estimates(*wilson_arrays(*columns(shares, ("successes", "n"))), shares.index)


def newcombe(successes_1: int, n_1: int, successes_2: int, n_2: int) -> Difference:
    """First share minus second, from -1 to 1, with Newcombe's hybrid score interval.

    p is that of the two-sided z test with pooled variance (1 where both shares are 0 or both are 1). A side
    without answers gives NaN; negative counts and more successes than n raise ValueError.
    """
    return difference(*_newcombe(successes_1, n_1, successes_2, n_2))


def newcombe_frame(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """`newcombe` of every row of `now` with the row of `before` of the same index: value, low, high, p.

    Both frames hold successes, n; a row without its counterpart gives NaN.
    """
    names = ("successes", "n")
    return differences(*newcombe_arrays(columns(now, names), columns(before.reindex(now.index), names)), now.index)


def newcombe_arrays(now: Sequence[np.ndarray], before: Sequence[np.ndarray]) -> tuple[np.ndarray, ...]:
    """`newcombe` of every element of successes, n: value, low, high, p."""
    return _newcombe(*now, *before)


def _checked(successes: float | np.ndarray, n: float | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Successes and n as arrays, n = 0 as NaN, so that nothing divides by zero."""
    hits, base = counts(successes, n)
    if (hits > base).any():
        raise ValueError("more successes than answers")
    return hits, np.where(base > 0, base, np.nan)


def wilson_arrays(successes: float | np.ndarray, n: float | np.ndarray) -> tuple[np.ndarray, ...]:
    """`wilson` of every element: value, low, high, n (NaN for 0)."""
    hits, base = _checked(successes, n)
    value = hits / base
    low, high = proportion_confint(hits, base, alpha=1 - CONFIDENCE, method="wilson")
    # Rounding leaves the bounds 1e-17 inside at 0 and n.
    return value, np.minimum(low, value), np.maximum(high, value), base


def _newcombe(
    successes_1: float | np.ndarray, n_1: float | np.ndarray, successes_2: float | np.ndarray, n_2: float | np.ndarray
) -> tuple[np.ndarray, ...]:
    (hits_1, base_1), (hits_2, base_2) = _checked(successes_1, n_1), _checked(successes_2, n_2)
    low, high = confint_proportions_2indep(
        hits_1, base_1, hits_2, base_2, method="newcomb", compare="diff", alpha=1 - CONFIDENCE
    )
    low, high = np.clip(low, -1, 1), np.clip(high, -1, 1)  # rounding can lead 1e-16 outside
    value = hits_1 / base_1 - hits_2 / base_2
    return value, np.minimum(low, value), np.maximum(high, value), _pooled_p(hits_1, base_1, hits_2, base_2)


def _pooled_p(hits_1: np.ndarray, base_1: np.ndarray, hits_2: np.ndarray, base_2: np.ndarray) -> np.ndarray:
    """Two-sided p of the z test; statsmodels' `proportions_ztest`, for whole arrays."""
    pooled = (hits_1 + hits_2) / (base_1 + base_2)
    error = np.sqrt(pooled * (1 - pooled) * (1 / base_1 + 1 / base_2))
    with np.errstate(invalid="ignore"):
        p = 2 * stats.norm.sf(np.abs(hits_1 / base_1 - hits_2 / base_2) / error)
    return np.where(error == 0, 1.0, p)
