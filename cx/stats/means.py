"""Means and their differences from sufficient statistics: n, sum and sum of squares.

Sources: Student's t interval; Welch, Biometrika 34 (1947); equal answers: Clopper & Pearson, Biometrika 26 (1934).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from cx.stats.estimate import (
    TAIL,
    Difference,
    Estimate,
    columns,
    counts,
    difference,
    differences,
    estimate,
    estimates,
)

SUMS = ("n", "total", "squares")
UNKNOWN = (-np.inf, np.inf)  # ends of a scale that nobody has said
ROUNDING = 1e-12  # squares around the mean, relative to those around 0, below which they are rounding


def mean_interval(total: float, total_of_squares: float, n: int, ends: tuple[float, float] = UNKNOWN) -> Estimate:
    """The mean total / n with its t interval, in the unit of the values, no further than the `ends` of their scale.

    n = 0 gives NaN throughout, n = 1 a value without interval. n equal answers have no spread to go by, and are no certainty:
    their interval reaches as far as the mean could lie if a share 1 − 0.025^(1/n) of all answers, the most that n equal ones
    leave open, stood at the one end or the other; where the ends are unknown there is no interval. A negative n or sum of
    squares raises ValueError.
    """
    return estimate(*mean_arrays(n, total, total_of_squares, ends))


def mean_frame(sums: pd.DataFrame, ends: tuple[float, float] = UNKNOWN) -> pd.DataFrame:
    """`mean_interval` of every row of n, total, squares: value, low, high, n on the same index."""
    return estimates(*mean_arrays(*columns(sums, SUMS), ends), sums.index)


def between(
    value: float | np.ndarray, reach: float | np.ndarray, n: float | np.ndarray, ends: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """The bounds value ± reach within the ends of the scale; a reach of 0 is that of n equal answers, as in `mean_interval`."""
    other = 1 - TAIL ** (1 / np.asarray(n, dtype=float))
    low, high = (
        np.clip(np.where(reach == 0, value + other * (end - value), value + side * reach), *ends)
        for side, end in zip((-1, 1), ends, strict=True)
    )
    return np.where(np.isinf(low), np.nan, low), np.where(np.isinf(high), np.nan, high)


def mean_difference(now: tuple[int, float, float], before: tuple[int, float, float]) -> Difference:
    """Mean now minus before with Welch's t interval and two-sided p, in the unit of the values.

    Each side is n, total, total of squares. A side without answers gives NaN throughout; a side of one answer, or
    no spread on either side, gives a value without interval and p: there is nothing to test with.
    """
    return difference(*mean_difference_arrays(now, before))


def mean_difference_frame(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """`mean_difference` of every row of `now` with the row of `before` of the same index: value, low, high, p.

    Both frames hold n, total, squares; a row without its counterpart gives NaN.
    """
    earlier = before.reindex(now.index)
    return differences(*mean_difference_arrays(columns(now, SUMS), columns(earlier, SUMS)), now.index)


def cautious_difference_arrays(now: Sequence, before: Sequence) -> tuple[np.ndarray, ...]:
    """`mean_difference_arrays` with a more cautious p: the larger one of Welch's test and of Student's, which takes the spread of both sides
    together.

    For scores with ends, a small side against a large one: the closer a mean comes to an end, the smaller its spread, and Welch's test, which
    believes the spread of each side, finds too much. p is NaN where `mean_difference` has none.
    """
    (n_1, _mean_1, squared_1), (n_2, _mean_2, squared_2) = _moments(*now), _moments(*before)
    value, low, high, welch = mean_difference_arrays(now, before)
    freedom = n_1 + n_2 - 2
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (n_1 * (n_1 - 1) * squared_1 + n_2 * (n_2 - 1) * squared_2) / freedom
        student = 2 * stats.t.sf(np.abs(value) / np.sqrt(variance * (1 / n_1 + 1 / n_2)), freedom)
    return value, low, high, np.maximum(welch, student)


def _moments(
    n: float | np.ndarray, total: float | np.ndarray, squares: float | np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """n, mean and squared standard error; NaN where n does not suffice."""
    base, square = counts(n, squares)
    some, several = np.where(base > 0, base, np.nan), np.where(base > 1, base, np.nan)
    mean = np.asarray(total, dtype=float) / some
    around = square - some * mean**2
    # Equal values must come out without spread: 3 × 0.1 would leave 3e-18, and any difference would be certain.
    around = np.where(around <= ROUNDING * square, 0, around)
    return some, mean, around / (several - 1) / several


def mean_arrays(
    n: float | np.ndarray,
    total: float | np.ndarray,
    squares: float | np.ndarray,
    ends: tuple[float, float] = UNKNOWN,
) -> tuple[np.ndarray, ...]:
    """`mean_interval` of every element of n, total, squares: value, low, high, n (NaN for 0)."""
    base, mean, squared_error = _moments(n, total, squares)
    reach = stats.t.isf(TAIL, base - 1) * np.sqrt(squared_error)
    return mean, *between(mean, reach, base, ends), base


def mean_difference_arrays(now: Sequence, before: Sequence) -> tuple[np.ndarray, ...]:
    """`mean_difference` of every element of n, total, squares: value, low, high, p."""
    (n_1, mean_1, squared_1), (n_2, mean_2, squared_2) = _moments(*now), _moments(*before)
    squared = np.where(squared_1 + squared_2 > 0, squared_1 + squared_2, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = squared**2 / (squared_1**2 / (n_1 - 1) + squared_2**2 / (n_2 - 1))
    value, error = mean_1 - mean_2, np.sqrt(squared)
    reach = stats.t.isf(TAIL, freedom) * error
    return value, value - reach, value + reach, 2 * stats.t.sf(np.abs(value) / error, freedom)
