"""What drives an outcome: importance, adjusted effect and base of each pillar, from counted patterns."""

import numpy as np
import pandas as pd

from cx.model.limits import N_UNCERTAIN
from cx.stats import effects, importance
from cx.stats.comparison import benjamini_hochberg

DRAWS = 1_000
SEED = 20_261_124  # fixed, so that a page shows the same interval twice
TAIL = 2.5  # percent on each side of a 95 % interval
COLUMNS = [
    "pillar", "importance", "low", "high", "rank_low", "rank_high", "effect", "effect_low", "effect_high", "p", "real",
    "correlation", "n", "negative", "positive", "base", "r2",
]  # fmt: skip


def drivers(patterns: pd.DataFrame, predictors: list[str]) -> pd.DataFrame:
    """One row per pillar, most important first.

    importance, low, high: exact LMG share of R² (0…1) with bootstrap interval. rank_low…rank_high: 95 % range of its rank.
    effect, effect_low, effect_high, p: change of the outcome when the pillar goes one step up (not named → positive, or
    negative → not named), others held fixed (OLS, HC3). real: the effect passes Benjamini–Hochberg over the pillars.
    correlation: with the outcome; a sign other than the effect's marks a suppressor. n, negative, positive: feedback naming
    the pillar. base: all feedback in the analysis. Fewer than 30 of them: an empty frame.
    """
    base = int(patterns["n"].sum())
    if base < N_UNCERTAIN or patterns["outcome"].nunique() < 2:
        return pd.DataFrame(columns=COLUMNS)
    correlations = importance.correlations(patterns, predictors, "outcome")
    shares = importance.lmg(correlations)
    draws = importance.bootstrap(patterns, predictors, "outcome", draws=DRAWS, seed=SEED)
    low, high = np.nanpercentile(draws, [TAIL, 100 - TAIL], axis=0)
    rank_low, rank_high = importance.ranks(draws)
    found = pd.DataFrame(
        {
            "pillar": predictors,
            "importance": shares,
            "low": low,
            "high": high,
            "rank_low": rank_low,
            "rank_high": rank_high,
        }
    )
    adjusted = effects.adjusted(patterns, predictors, "outcome").reset_index(drop=True)
    found["effect"], found["p"] = adjusted["effect"], adjusted["p"]
    found["effect_low"], found["effect_high"] = adjusted["low"], adjusted["high"]
    found["real"] = benjamini_hochberg(found["p"].to_numpy(dtype=float))
    found["correlation"] = correlations[-1, :-1]
    counts = pd.DataFrame([_named(patterns, name) for name in predictors], columns=["negative", "positive"])
    found = pd.concat([found, counts], axis=1)
    found["n"] = found["negative"] + found["positive"]
    found["base"], found["r2"] = base, float(np.nansum(shares))
    return found[COLUMNS].sort_values("importance", ascending=False, ignore_index=True)


def _named(patterns: pd.DataFrame, predictor: str) -> tuple[int, int]:
    sign, n = patterns[predictor], patterns["n"]
    return int(n[sign < 0].sum()), int(n[sign > 0].sum())
