"""Net Promoter Score, in points from -100 to 100.

Sources: Reichheld, Harvard Business Review 12/2003; interval and difference: Rocks, The American Statistician 70
(2016), the adjusted Wald interval. It covers 94.1 % where plain Wald covers 77.8 % (75/20/5 %, n = 10).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from cx.model.limits import DETRACTOR_MAX, PROMOTER_MIN
from cx.stats.estimate import (
    Difference,
    Estimate,
    Z,
    columns,
    counts,
    difference,
    differences,
    estimate,
    estimates,
)

LIMIT = 100.0
GROUPS = ("promoters", "passives", "detractors")
ADDED = (0.75, 1.5, 0.75)  # Rocks 2016: three answers more, spread over the groups


def nps(scores: pd.Series) -> float:
    """Share of promoters minus share of detractors, in points from -100 to 100.

    Missing scores are left out; no scores at all give NaN.
    """
    known = scores.dropna()
    if known.empty:
        return float("nan")
    return LIMIT * float((known >= PROMOTER_MIN).mean() - (known <= DETRACTOR_MAX).mean())


def nps_interval(promoters: int, passives: int, detractors: int) -> Estimate:
    """The plain NPS of the counts with its adjusted Wald interval, clipped to ±100.

    No answers give NaN with n = 0; negative counts raise ValueError. With a single answer the interval, pulled
    towards 0, can miss the plain value; such a base is withheld anyway.
    """
    groups = counts(promoters, passives, detractors)
    return estimate(*_interval(*groups), sum(groups))


def wald(promoters: float, passives: float, detractors: float) -> Estimate:
    """The textbook interval NPS ± z·SE, in points, not clipped: to compare with, never to show. No answers give NaN."""
    groups = counts(promoters, passives, detractors)
    return estimate(*_wald(*groups), sum(groups))


def wald_frame(groups: pd.DataFrame) -> pd.DataFrame:
    """`wald` of every row of promoters, passives, detractors: value, low, high, n on the same index."""
    arrays = counts(*columns(groups, GROUPS))
    return estimates(*_wald(*arrays), sum(arrays), groups.index)


def nps_frame(groups: pd.DataFrame) -> pd.DataFrame:
    """`nps_interval` of every row of promoters, passives, detractors: value, low, high, n on the same index."""
    return estimates(*nps_arrays(*columns(groups, GROUPS)), groups.index)


def nps_arrays(promoters: np.ndarray, passives: np.ndarray, detractors: np.ndarray) -> tuple[np.ndarray, ...]:
    """`nps_interval` of every element: value, low, high, n."""
    arrays = counts(promoters, passives, detractors)
    return *_interval(*arrays), sum(arrays)


def nps_difference(now: tuple[int, int, int], before: tuple[int, int, int]) -> Difference:
    """Plain NPS now minus before, in points from -200 to 200.

    Each side counts promoters, passives, detractors. Interval and two-sided p come from z on the adjusted values.
    A side without answers gives NaN; negative counts raise ValueError.
    """
    return difference(*_difference(counts(*now), counts(*before)))


def nps_difference_frame(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """`nps_difference` of every row of `now` with the row of `before` of the same index: value, low, high, p.

    Both frames hold promoters, passives, detractors; a row without its counterpart gives NaN.
    """
    earlier = before.reindex(now.index)
    return differences(*nps_difference_arrays(columns(now, GROUPS), columns(earlier, GROUPS)), now.index)


def nps_difference_arrays(now: Sequence[np.ndarray], before: Sequence[np.ndarray]) -> tuple[np.ndarray, ...]:
    """`nps_difference` of every element of promoters, passives, detractors: value, low, high, p."""
    return _difference(counts(*now), counts(*before))


def _plain(promoters: np.ndarray, passives: np.ndarray, detractors: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        return LIMIT * (promoters - detractors) / (promoters + passives + detractors)


def _adjusted(*groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """NPS and its variance after Rocks's three added answers, in points and squared points."""
    return _moments(*(group + added for group, added in zip(groups, ADDED, strict=True)))


def _moments(promoters: np.ndarray, passives: np.ndarray, detractors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    n = promoters + passives + detractors
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (promoters - detractors) / n
        return LIMIT * value, LIMIT**2 * ((promoters + detractors) / n - value**2) / n


def _wald(promoters: np.ndarray, passives: np.ndarray, detractors: np.ndarray) -> tuple[np.ndarray, ...]:
    value, variance = _moments(promoters, passives, detractors)
    return value, value - Z * np.sqrt(variance), value + Z * np.sqrt(variance)


def _interval(promoters: np.ndarray, passives: np.ndarray, detractors: np.ndarray) -> tuple[np.ndarray, ...]:
    value = _plain(promoters, passives, detractors)
    centre, variance = _adjusted(promoters, passives, detractors)
    low, high = np.clip([centre - Z * np.sqrt(variance), centre + Z * np.sqrt(variance)], -LIMIT, LIMIT)
    nothing = np.isnan(value)
    return value, np.where(nothing, np.nan, low), np.where(nothing, np.nan, high)


def _difference(now: list[np.ndarray], before: list[np.ndarray]) -> tuple[np.ndarray, ...]:
    value = _plain(*now) - _plain(*before)
    (centre_now, variance_now), (centre_before, variance_before) = _adjusted(*now), _adjusted(*before)
    centre, error = centre_now - centre_before, np.sqrt(variance_now + variance_before)
    low, high = np.clip([centre - Z * error, centre + Z * error], -2 * LIMIT, 2 * LIMIT)
    p = 2 * stats.norm.sf(np.abs(centre) / error)
    return value, *(np.where(np.isnan(value), np.nan, bound) for bound in (low, high, p))
