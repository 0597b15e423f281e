"""What stands apart: each part of a mean against the rest of it, and which of all tests of a page are real."""

import numpy as np
import pandas as pd

from cx.model.kpi import ENDS, Kpi
from cx.model.limits import N_UNCERTAIN
from cx.stats.comparison import benjamini_hochberg
from cx.stats.estimate import columns
from cx.stats.means import SUMS, cautious_difference_arrays, mean_arrays, mean_frame
from cx.stats.shares import wilson_arrays

SCORES = ENDS[Kpi.POLARITY]  # parts are pillars, touchpoints and groups of a model
CONTRAST = ["rest", "n_rest", "difference", "difference_low", "difference_high", "p"]


def scored(sums: pd.DataFrame) -> pd.DataFrame:
    """`sums` (n, total, squares, base) with value, low, high and share, share_low, share_high of the base, without the sums."""
    value, low, high, _n = mean_arrays(*columns(sums, SUMS), SCORES)
    share, share_low, share_high, _base = wilson_arrays(*columns(sums, ("n", "base")))
    scores = {"value": value, "low": low, "high": high}
    shares = {"share": share, "share_low": share_low, "share_high": share_high}
    return sums.drop(columns=["total", "squares"]).assign(**scores, **shares)


def remainder(whole: pd.DataFrame, inside: pd.DataFrame) -> pd.DataFrame:
    """n, total, squares of what lies outside `inside`, where `whole` (same index) holds both. Rounding leaves no negative square."""
    n, total, squares = (w - i for w, i in zip(columns(whole, SUMS), columns(inside, SUMS), strict=True))
    return pd.DataFrame({"n": n, "total": total, "squares": squares.clip(min=0)}, index=inside.index)


def against_rest(sums: pd.DataFrame, rest: pd.DataFrame) -> pd.DataFrame:
    """value, low, high, n of every row of `sums` and CONTRAST: mean and n of the rest, and the difference to it with Welch's interval.

    Both frames hold n, total, squares on one index and rest on different feedback. p is that of `cautious_difference_arrays`: by Welch's alone 9 % of
    pages without any truth bore a mark, with it 1 %. NaN where either side has fewer than 30: too few to call anything real.
    """
    found = mean_frame(sums, SCORES)
    inside, outside = columns(sums, SUMS), columns(rest, SUMS)
    other, _low, _high, n = mean_arrays(*outside)
    *apart, p = cautious_difference_arrays(inside, outside)
    enough = (inside[0] >= N_UNCERTAIN) & (n >= N_UNCERTAIN)
    added = [other, np.nan_to_num(n).astype("int64"), *apart, np.where(enough, p, np.nan)]
    return found.assign(**dict(zip(CONTRAST, added, strict=True)))


def with_real(*frames: pd.DataFrame) -> list[pd.DataFrame]:
    """The frames (column p) with `real`: passed Benjamini–Hochberg over the tests of all of them together."""
    p = np.concatenate([frame["p"].to_numpy(dtype=float) for frame in frames])
    passed = np.split(benjamini_hochberg(p), np.cumsum([len(frame) for frame in frames])[:-1])
    return [frame.assign(real=real) for frame, real in zip(frames, passed, strict=True)]
