"""Penalty and reward: does a pillar only hurt when it fails (basic), only delight (excitement), or both (performance)?

Sources: Brandt 1988; Matzler & Sauerwein, International Journal of Service Industry Management 13 (2002); interval
of the asymmetry: Fieller, JRSS B 16 (1954), since it is a ratio of two coefficients' sums.
"""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from cx.stats.estimate import Z
from cx.stats.patterns import design
from cx.stats.regression import robust_fit

BORDER = 0.1  # impact asymmetry from which a pillar is no longer symmetrical


class Kind(StrEnum):
    """What a pillar is to the customers; undecided where the data do not tell."""

    BASIC = "basic"
    PERFORMANCE = "performance"
    EXCITEMENT = "excitement"
    UNDECIDED = "undecided"


def penalty_reward(patterns: pd.DataFrame, predictors: Sequence[str], outcome: str, weight: str = "n") -> pd.DataFrame:
    """What naming each pillar negatively costs and naming it positively earns, the other pillars held.

    Predictors are ternary: -1 named negative, 0 not named (the reference), +1 named positive; others raise ValueError.
    Indexed by predictor, each with 95 % bounds (HC3) in _low and _high: penalty, reward (unit of the outcome, above
    0 as expected), asymmetry (-1 basic to 1 excitement; NaN where a sign is wrong), slope (half of the way from negative to
    positive: the effect per step where not named counts as missing, the indicator model), and kind (a word of Kind). A side
    that is never named or collinear has NaN.
    """
    x, y, w = design(patterns, predictors, outcome, weight)
    if not np.isin(x, (-1, 0, 1)).all():
        raise ValueError("predictors must be -1, 0 or 1")
    fit = robust_fit(np.hstack([x < 0, x > 0]).astype(float), y, w)
    p = len(predictors)
    errors = np.sqrt(np.diag(fit.covariance))
    penalty, reward = -fit.coefficients[:p], fit.coefficients[p:]
    asymmetry = impact_asymmetry(penalty, reward)
    slope = (penalty + reward) / 2
    joint = errors[:p] ** 2 + errors[p:] ** 2 - 2 * np.diag(fit.covariance[:p, p:])
    slope_reach = Z * np.sqrt(np.maximum(joint, 0)) / 2
    low, high = _asymmetry_interval(penalty, reward, errors[:p] ** 2, errors[p:] ** 2, -np.diag(fit.covariance[:p, p:]))
    low, high = np.where(np.isnan(asymmetry), np.nan, low), np.where(np.isnan(asymmetry), np.nan, high)
    return pd.DataFrame(
        {
            "penalty": penalty,
            "penalty_low": penalty - Z * errors[:p],
            "penalty_high": penalty + Z * errors[:p],
            "reward": reward,
            "reward_low": reward - Z * errors[p:],
            "reward_high": reward + Z * errors[p:],
            "slope": slope,
            "slope_low": slope - slope_reach,
            "slope_high": slope + slope_reach,
            "asymmetry": asymmetry,
            "asymmetry_low": low,
            "asymmetry_high": high,
            "kind": [kind(*bounds) for bounds in zip(asymmetry, low, high, strict=True)],
        },
        index=pd.Index(list(predictors), name="predictor", dtype=object),
    )


def impact_asymmetry(penalty: float | np.ndarray, reward: float | np.ndarray) -> float | np.ndarray:
    """(reward − penalty) / (reward + penalty), from -1 (all penalty) to 1 (all reward); numbers give a number.

    Penalty and reward are both positive as expected: a wrong sign, or nothing at all, gives NaN.
    """
    loss, gain = np.asarray(penalty, dtype=float), np.asarray(reward, dtype=float)
    whole = np.where((loss >= 0) & (gain >= 0) & (loss + gain > 0), loss + gain, np.nan)
    asymmetry = (gain - loss) / whole
    return float(asymmetry) if asymmetry.ndim == 0 else asymmetry


def kind(asymmetry: float, low: float, high: float) -> Kind:
    """The kind whose range holds the whole interval of the asymmetry; undecided if it crosses a border or is NaN."""
    if np.isnan([asymmetry, low, high]).any():
        return Kind.UNDECIDED
    if high < -BORDER:
        return Kind.BASIC
    if low > BORDER:
        return Kind.EXCITEMENT
    return Kind.PERFORMANCE if low >= -BORDER and high <= BORDER else Kind.UNDECIDED


def _asymmetry_interval(
    penalty: np.ndarray,
    reward: np.ndarray,
    penalty_variance: np.ndarray,
    reward_variance: np.ndarray,
    covariance: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Fieller's bounds of difference / whole, within -1 and 1; the whole range where the whole may be 0.

    A ratio θ is inside unless difference − θ·whole is further from 0 than chance: (d − θs)² ≤ z² Var(d − θs).
    """
    difference, whole = reward - penalty, reward + penalty
    square = whole**2 - Z**2 * (reward_variance + penalty_variance + 2 * covariance)
    mixed = difference * whole - Z**2 * (reward_variance - penalty_variance)
    constant = difference**2 - Z**2 * (reward_variance + penalty_variance - 2 * covariance)
    bounded = np.where(square > 0, square, np.nan)
    root = np.sqrt(np.maximum(mixed**2 - square * constant, 0))
    low, high = (mixed - root) / bounded, (mixed + root) / bounded
    open_ended = square <= 0
    return np.where(open_ended, -1, np.clip(low, -1, 1)), np.where(open_ended, 1, np.clip(high, -1, 1))
