"""Two means whose bases overlap: some feedback speaks of both, some of one only.

Source: Derrick, Toher & White, The Quantitative Methods for Psychology 13 (2017), statistic T_new2:
with nobody in both it is Welch's test, with everybody in both the paired one.
"""

import numpy as np
import pandas as pd
from scipy import stats

from cx.stats.estimate import TAIL, columns, differences
from cx.stats.means import ROUNDING

FIRST = ("n", "total", "squares")
SECOND = ("other_n", "other_total", "other_squares")
BOTH = ("both", "first_total", "first_squares", "second_total", "second_squares", "products")


def difference(sums: pd.DataFrame) -> pd.DataFrame:
    """First mean minus second with 95 % interval and two-sided p: value, low, high, p on the index of `sums`.

    Columns: FIRST and SECOND are n, sum and sum of squares of all values on either side, BOTH the same and the sum of
    products over the feedback that has both. A missing count means none. A side with fewer than two values, or no
    spread at all, gives a value without interval and p.
    """
    n_1, total_1, squares_1 = columns(sums, FIRST)
    n_2, total_2, squares_2 = columns(sums, SECOND)
    both, first, first_squares, second, second_squares, products = np.nan_to_num(columns(sums, BOTH))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_1, variance_1 = total_1 / n_1, _variance(n_1, total_1, squares_1)
        mean_2, variance_2 = total_2 / n_2, _variance(n_2, total_2, squares_2)
        spread = np.sqrt(_variance(both, first, first_squares) * _variance(both, second, second_squares))
        covariance = (products - first * second / both) / (both - 1)
        correlation = np.where((both > 1) & (spread > 0), covariance / spread, 0)
        own_1, own_2 = variance_1 / n_1, variance_2 / n_2
        shared = 2 * correlation * np.sqrt(variance_1 * variance_2) * both / (n_1 * n_2)
        squared_error = own_1 + own_2 - shared
        error = np.sqrt(np.where(squared_error > 0, squared_error, np.nan))
        welch = (own_1 + own_2) ** 2 / (own_1**2 / (n_1 - 1) + own_2**2 / (n_2 - 1))
        freedom = _freedom(welch, both, (n_1 - both) + (n_2 - both))
    value = mean_1 - mean_2
    reach = stats.t.isf(TAIL, freedom) * error
    p = 2 * stats.t.sf(np.abs(value) / error, freedom)
    return differences(value, value - reach, value + reach, p, sums.index)


def _freedom(welch: np.ndarray, both: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """Between those of the paired test (nobody alone) and Welch's (nobody in both)."""
    paired = both - 1
    return paired + (welch - paired) / (alone + 2 * both) * alone


def _variance(n: np.ndarray, total: np.ndarray, squares: np.ndarray) -> np.ndarray:
    around = squares - total**2 / n
    return np.where(around <= ROUNDING * squares, 0, around) / (n - 1)
