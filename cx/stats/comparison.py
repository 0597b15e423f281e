"""Comparing fairly: many tests at once, mix against level, pooled against within.

Sources: Benjamini & Hochberg, JRSS B 57 (1995); Kitagawa, JASA 50 (1955); Simpson, JRSS B 13 (1951).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from cx.model.limits import FALSE_DISCOVERY_RATE
from cx.stats.estimate import columns, counts

CHANNEL = ("n", "value")
ROUNDING = 1e-9  # a change this small beside the levels it comes from is rounding


@dataclass(frozen=True, eq=False)
class MixAndLevel:
    """A change of a mean between two periods, split in two: change = mix + level, in the unit of the mean.

    `parts` holds mix and level of each channel, which sum to the two; NaN where a period has no answers.
    """

    mix: float
    level: float
    change: float
    parts: pd.DataFrame


def benjamini_hochberg(
    p_values: Sequence[float] | np.ndarray | pd.Series, rate: float = FALSE_DISCOVERY_RATE
) -> np.ndarray:
    """Which hypotheses to reject so that at most the given rate of rejections is false: booleans, one per p.

    A missing p is no test: never rejected, never counted. A p outside 0 to 1 raises ValueError.
    """
    p = np.asarray(p_values, dtype=float)
    known = ~np.isnan(p)
    if ((p[known] < 0) | (p[known] > 1)).any():
        raise ValueError("p must lie between 0 and 1")
    rejected = np.zeros(p.shape, dtype=bool)
    if known.any():
        rejected[known] = multipletests(p[known], alpha=rate, method="fdr_bh")[0]
    return rejected


def mix_and_level(now: pd.DataFrame, before: pd.DataFrame) -> MixAndLevel:
    """Kitagawa's split of the change of the overall mean: other channels (mix) or other scores in them (level).

    Both frames hold n and value (the mean) per channel, the index. Mix is share change × mean value, level mean share
    × value change, each mean over both periods. The mix of a channel counts its value from the overall mean of both
    periods, so that a growing weak channel contributes a loss; the sum is the same, as share changes sum to 0.
    A channel with answers in one period only keeps its value: all of its part is mix. A period without answers gives
    NaN; a negative n raises ValueError.
    """
    channels = now.index.union(before.index)
    share_now, value_now, mean_now = _shares_and_values(now, channels)
    share_before, value_before, mean_before = _shares_and_values(before, channels)
    value_now, value_before = (
        np.where(np.isnan(value_now), value_before, value_now),
        np.where(np.isnan(value_before), value_now, value_before),
    )
    mean = (mean_now + mean_before) / 2
    mix = (share_now - share_before) * ((value_now + value_before) / 2 - mean)
    level = (share_now + share_before) / 2 * (value_now - value_before)
    silent = np.isnan(value_now)
    parts = pd.DataFrame({"mix": np.where(silent, 0, mix), "level": np.where(silent, 0, level)}, index=channels)
    if np.isnan(mean):
        return MixAndLevel(np.nan, np.nan, np.nan, parts * np.nan)
    return MixAndLevel(float(parts["mix"].sum()), float(parts["level"].sum()), float(mean_now - mean_before), parts)


def simpson(now: pd.DataFrame, before: pd.DataFrame) -> bool:
    """Whether the pooled change has another sign than the change within the channels: do not show it alone.

    The same frames as for `mix_and_level`; within is its level. Two groups instead of two periods serve as well.
    A period without answers gives False: there is no pooled number to show.
    """
    split = mix_and_level(now, before)
    if np.isnan(split.change):
        return False
    size = ROUNDING * float(pd.concat([now["value"], before["value"]]).abs().max())
    return _sign(split.change, size) != _sign(split.level, size)


def _shares_and_values(period: pd.DataFrame, channels: pd.Index) -> tuple[np.ndarray, np.ndarray, float]:
    """Share (0 where absent) and value (NaN where absent) of each channel, and the overall mean."""
    n, value = columns(period.reindex(channels), CHANNEL)
    (n,) = counts(np.where(np.isnan(n) | np.isnan(value), 0, n))
    if not n.sum():
        return np.full(len(channels), np.nan), np.full(len(channels), np.nan), np.nan
    share = n / n.sum()
    value = np.where(n > 0, value, np.nan)
    return share, value, float(np.nansum(share * value))


def _sign(number: float, size: float) -> int:
    return 0 if abs(number) <= size else int(np.sign(number))
