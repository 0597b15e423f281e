"""A change split into mix and level, with intervals. Source of the split: Kitagawa, JASA 50 (1955); intervals: delta method.

The answers of a period fall into channels by a multinomial draw; within a channel their mean has the variance of a mean. Shares and
means of the two periods are then asymptotically independent, and every part of the split is a smooth function of them.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from cx.model.kpi import Kpi
from cx.model.limits import N_WITHHELD
from cx.stats.comparison import mix_and_level
from cx.stats.estimate import Z, columns
from cx.stats.kpis import MEASURES, PERCENT, PILLAR

POINTS = 100
MOMENTS = ("n", "value", "variance")


@dataclass(frozen=True, eq=False)
class Split:
    """The change of a mean between two periods in parts, in the unit of the mean.

    `totals` has the rows mix, level and change, `mix` and `level` one row per channel; all with value, low, high, p (95 %, two-sided). The
    parts of mix and level sum to their totals, these to the change.
    """

    totals: pd.DataFrame
    mix: pd.DataFrame
    level: pd.DataFrame


def moments(sums: pd.DataFrame, measure: str) -> pd.DataFrame:
    """n, value (mean) and variance (of one answer) of a KPI or of a pillar's score, per row of sums, on their index.

    The unit is that of the measure. No answers give NaN; the variance of fewer than two is NaN.
    """
    way = MEASURES[Kpi(measure)] if measure in list(Kpi) else PILLAR
    given = columns(sums, list(way.sums))
    if measure == Kpi.NPS:
        promoters, _passives, detractors = given
        given = sum(given), POINTS * (promoters - detractors), POINTS**2 * (promoters + detractors)
    elif measure == Kpi.CSAT:
        successes, n = given
        given = n, PERCENT * successes, PERCENT**2 * successes
    return pd.DataFrame(dict(zip(MOMENTS, mean_moments(*given), strict=True)), index=sums.index)


def mean_moments(n: np.ndarray, total: np.ndarray, squares: np.ndarray) -> tuple[np.ndarray, ...]:
    """n, mean and variance of every element, as `moments` gives them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(n > 0, total / n, np.nan)
        return n, value, np.where(n > 1, np.maximum(squares - n * value**2, 0) / (n - 1), np.nan)


def split(now: pd.DataFrame, before: pd.DataFrame) -> Split:
    """`cx.stats.comparison.mix_and_level` with intervals. Both frames hold n, value and variance per channel (`moments`).

    Where a channel has fewer than N_WITHHELD answers, its variance is that of all channels of the period. A period without answers
    gives NaN throughout.
    """
    plain = mix_and_level(now, before)
    channels = plain.parts.index
    sides = [_side(period.reindex(channels)) for period in (now, before)]
    mix, level = _gradients(sides)
    totals = [(plain.mix, mix.sum(axis=0)), (plain.level, level.sum(axis=0)), (plain.change, (mix + level).sum(axis=0))]
    covariance = _covariance(sides)
    return Split(
        _estimated([value for value, _gradient in totals], np.array([g for _v, g in totals]), covariance).set_axis(
            ["mix", "level", "change"]
        ),
        _estimated(plain.parts["mix"], mix, covariance).set_axis(channels),
        _estimated(plain.parts["level"], level, covariance).set_axis(channels),
    )


@dataclass(frozen=True, eq=False)
class _Side:
    """One period: per channel n, share, value (NaN where silent), variance of one answer; and n of all."""

    n: np.ndarray
    share: np.ndarray
    value: np.ndarray
    variance: np.ndarray


def _side(period: pd.DataFrame) -> _Side:
    n = period["n"].fillna(0).to_numpy(dtype=float)
    value, variance = (period[name].to_numpy(dtype=float) for name in ("value", "variance"))
    known = (n > 1) & ~np.isnan(variance)
    pooled = float((n[known] - 1) @ variance[known] / (n[known] - 1).sum()) if known.any() else np.nan
    with np.errstate(invalid="ignore"):
        share = n / n.sum() if n.sum() else np.full(len(n), np.nan)
    return _Side(n, share, np.where(n > 0, value, np.nan), np.where(n >= N_WITHHELD, variance, pooled))


def _gradients(sides: list[_Side]) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives of every channel's mix and level (rows) by shares and values of now, then of before (columns)."""
    now, before = sides
    k = len(now.n)
    here, there = now.n > 0, before.n > 0
    value_now = np.where(here, now.value, before.value)
    value_before = np.where(there, before.value, now.value)
    share, moved = (now.share + before.share) / 2, now.share - before.share
    middle = (value_now + value_before) / 2
    mean = sum(np.nansum(side.share * side.value) for side in sides) / 2
    # A silent channel takes the value of the other period: that one then counts for both.
    weight_now, weight_before = np.where(there, 0.5, 1.0) * here, np.where(here, 0.5, 1.0) * there
    both = (here & there).astype(float)
    eye = np.eye(k)
    pull = -moved[:, None] / 2  # each mix counts from the overall mean, which everything moves

    def mix(side: _Side, sign: int, weight: np.ndarray) -> np.ndarray:
        by_share = sign * eye * (middle - mean)[:, None] + pull * np.nan_to_num(side.value)
        return np.hstack([by_share, eye * (moved * weight)[:, None] + pull * side.share])

    def level(sign: int) -> np.ndarray:
        by_share = eye * ((value_now - value_before) / 2)[:, None]
        return np.hstack([by_share, sign * eye * (share * both)[:, None]])

    mixes = np.hstack([mix(now, 1, weight_now), mix(before, -1, weight_before)])
    return np.nan_to_num(mixes), np.nan_to_num(np.hstack([level(1), level(-1)]))


def _covariance(sides: list[_Side]) -> np.ndarray:
    blocks = []
    for side in sides:
        total = side.n.sum()
        shares = (np.diag(side.share) - np.outer(side.share, side.share)) / total if total else np.nan * np.diag(side.n)
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.diag(np.where(side.n > 0, side.variance / side.n, 0))
        blocks += [shares, values]
    size = sum(len(block) for block in blocks)
    found, start = np.zeros((size, size)), 0
    for block in blocks:
        found[start : start + len(block), start : start + len(block)] = block
        start += len(block)
    return found


def _estimated(values: pd.Series | list[float], gradients: np.ndarray, covariance: np.ndarray) -> pd.DataFrame:
    value = np.asarray(values, dtype=float)
    error = np.sqrt(np.einsum("ij,jk,ik->i", gradients, covariance, gradients))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(error > 0, 2 * stats.norm.sf(np.abs(value) / error), np.nan)
    return pd.DataFrame({"value": value, "low": value - Z * error, "high": value + Z * error, "p": p})
