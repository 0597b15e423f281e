"""What stands apart: each part of a mean against the rest of it, and which of all tests of a page are real."""

import numpy as np
import pandas as pd

from cx.model.limits import N_UNCERTAIN
from cx.stats.comparison import benjamini_hochberg
from cx.stats.means import SUMS, cautious_p, mean_difference_frame, mean_frame
from cx.stats.shares import wilson_frame

CONTRAST = ["rest", "n_rest", "difference", "difference_low", "difference_high", "p"]


def scored(sums: pd.DataFrame) -> pd.DataFrame:
    """`sums` (n, total, squares, base) with value, low, high and share, share_low, share_high of the base, without the sums."""
    scores = mean_frame(sums)[["value", "low", "high"]]
    named = sums[["n", "base"]].set_axis(["successes", "n"], axis=1)
    shares = wilson_frame(named)[["value", "low", "high"]].set_axis(["share", "share_low", "share_high"], axis=1)
    return pd.concat([sums.drop(columns=["total", "squares"]), scores, shares], axis=1)


def remainder(whole: pd.DataFrame, inside: pd.DataFrame) -> pd.DataFrame:
    """n, total, squares of what lies outside `inside`, where `whole` (same index) holds both. Rounding leaves no negative square."""
    left = whole[list(SUMS)].astype(float) - inside[list(SUMS)].astype(float)
    return left.assign(squares=left["squares"].clip(lower=0))


def against_rest(sums: pd.DataFrame, rest: pd.DataFrame) -> pd.DataFrame:
    """value, low, high, n of every row of `sums` and CONTRAST: mean and n of the rest, and the difference to it with Welch's interval.

    Both frames hold n, total, squares on one index and rest on different feedback. p is that of `cautious_p`: by Welch's alone 9 % of
    pages without any truth bore a mark, with it 1 %. NaN where either side has fewer than 30: too few to call anything real.
    """
    found = mean_frame(sums)
    others, apart = mean_frame(rest), mean_difference_frame(sums, rest)
    enough = (found["n"] >= N_UNCERTAIN) & (others["n"] >= N_UNCERTAIN)
    p = cautious_p(sums, rest).where(enough)
    columns = [others["value"], others["n"], apart["value"], apart["low"], apart["high"], p]
    return found.join(pd.concat(columns, axis=1).set_axis(CONTRAST, axis=1))


def with_real(*frames: pd.DataFrame) -> list[pd.DataFrame]:
    """The frames (column p) with `real`: passed Benjamini–Hochberg over the tests of all of them together."""
    p = np.concatenate([frame["p"].to_numpy(dtype=float) for frame in frames])
    passed = np.split(benjamini_hochberg(p), np.cumsum([len(frame) for frame in frames])[:-1])
    return [frame.assign(real=real) for frame, real in zip(frames, passed, strict=True)]
