"""What drives an outcome: importance, adjusted effect and base of each predictor, from counted patterns or from sums over random parts.

Predictors are ternary (−1 named negative, 0 not named, 1 named positive) in patterns, continuous in parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cx.model.limits import DRIVERS_UNSURE, IMPORTANCE_UNSURE, N_UNCERTAIN, N_WITHHELD
from cx.stats import effects, importance
from cx.stats.asymmetry import penalty_reward
from cx.stats.comparison import benjamini_hochberg
from cx.stats.estimate import TAIL, Difference, Estimate, Z
from cx.stats.patterns import design
from cx.stats.resampling import resampled

DRAWS = 1_000
SEED = 20_261_124  # fixed, so that a page shows the same interval twice
YARDSTICK = 0.95  # so much of the importance of pure noise lies below the line that is drawn
EFFECTS = ["effect", "effect_low", "effect_high", "p", "real"]
SIDES = [f"{name}{end}" for name in ("penalty", "reward", "slope", "asymmetry") for end in ("", "_low", "_high")]
COLUMNS = [
    "predictor", "importance", "low", "high", "rank_low", "rank_high", "unsure", "above_noise", *EFFECTS,
    "impact", "impact_low", "impact_high", "contribution", "contribution_low", "contribution_high", *SIDES, "kind",
    "correlation", "vif", "level", "reach", "n", "negative", "positive", "base", "r2", "r2_low", "r2_high", "noise",
]  # fmt: skip


@dataclass(frozen=True)
class Commenting:
    """The outcome of feedback with read text and of the other, in its own unit. real: passes the page's Benjamini–Hochberg."""

    read: Estimate
    other: Estimate
    difference: Difference
    real: bool = False


@dataclass(frozen=True, eq=False)
class Explained:
    """`drivers` (columns: `drivers` or `of_parts`, and performance with its bounds), `commenting`, and how many feedbacks answered some items but not all (0 for texts)."""

    drivers: pd.DataFrame
    commenting: Commenting
    incomplete: int = 0


def drivers(patterns: pd.DataFrame, predictors: Sequence[str], also_tested: Sequence[float] = ()) -> pd.DataFrame:
    """One row per predictor of counted patterns (predictors, outcome, n), most important first.

    importance, low, high: exact LMG share of R² (0…1) with bootstrap interval; unsure: below .02 or of fewer than 100 answers;
    above_noise: more than a random-noise predictor in 97.5 % of the draws; rank_low…rank_high: 95 % range of its rank.
    effect(_low, _high), p: change of the outcome when the predictor goes one step up (not named → positive, or negative → not
    named), others held (OLS, HC3); no p where fewer than 10 answers name it. real: passes Benjamini–Hochberg over all effects and the p of `also_tested`.
    impact: leave-out impact with bootstrap interval. contribution: effect × mean of the predictor. penalty, reward, asymmetry,
    kind: `penalty_reward`; slope: the effect where not named counts as missing. correlation: with the outcome; a sign other than the
    effect's marks a suppressor. vif: variance inflation. level: positive share of the feedback naming it either way, in percent;
    reach: that feedback's share (0…1). n, negative, positive: feedback naming it. The same in all rows: base, all feedback in the
    analysis; r2 with bootstrap interval; noise: 95 % quantile of the importance of pure noise.
    Fewer than 30 answers, or one outcome for all: an empty frame.
    """
    x, y, w = design(patterns, predictors, "outcome", "n")
    base = int(np.rint(w.sum()))
    if base < N_UNCERTAIN or len(np.unique(y)) < 2:
        return pd.DataFrame(columns=COLUMNS)
    variables, q, p = importance.centred(x, y, w), x.shape[1] + 2, x.shape[1]
    named = (x != 0).astype(float)
    values = np.column_stack([importance.products(variables), named, named * variables[:, -1:]])
    sums = resampled(values, w, draws=DRAWS, seed=SEED)
    pairs = values.shape[1] - 2 * p
    drawn = importance.moments(sums[:, :pairs], q)
    whole = importance.moments(w @ values[:, :pairs], q)
    negative, positive = w @ (x < 0), w @ (x > 0)
    adjusted = effects.adjusted(patterns, predictors, "outcome")
    adjusted["p"] = adjusted["p"].where(negative + positive >= N_WITHHELD)
    found = _found(whole, drawn, adjusted, list(predictors), also_tested)
    n, topics = sums[:, pairs:-p], sums[:, -p:]
    found["impact"], found["impact_low"], found["impact_high"] = _impacts(w @ values[:, pairs:], n, topics, drawn).T
    sides = penalty_reward(patterns, predictors, "outcome")
    found |= {name: sides[name].to_numpy() for name in [*SIDES, "kind"]}
    found |= {"negative": negative, "positive": positive, "n": negative + positive}
    net, reach = (positive - negative) / base, found["n"] / base
    bounds = (found[name] for name in ("effect", "effect_low", "effect_high"))
    found["contribution"], found["contribution_low"], found["contribution_high"] = effects.contribution(
        *bounds, net, (reach - net**2) / base
    )
    found["level"], found["reach"] = _ratio(100 * positive, found["n"]), reach
    return _ordered(found, base)


def of_parts(parts: np.ndarray, predictors: Sequence[str], also_tested: Sequence[float] = ()) -> pd.DataFrame:
    """The same of continuous predictors from −1 to 1, from cross-products (parts, q, q) of a constant 1, the predictors and the outcome,
    last, over random parts of the answers.

    Parts are resampled as wholes; errors of effects are those of `effects.adjusted_by_parts`. One step is half of the scale. level:
    the mean's place on the scale in percent, reach 1, n = base. Everybody answers, so impact, contribution, penalty, reward, negative and
    positive are NaN, kind is "". Columns mean, mean_low, mean_high (−1…1) in addition.
    """
    q = len(predictors) + 2
    whole = parts.sum(axis=0) if len(parts) else np.zeros((q, q))
    base = int(np.rint(whole[0, 0]))
    if base < N_UNCERTAIN or whole[-1, -1] * base - whole[0, -1] ** 2 <= 0:
        return pd.DataFrame(columns=[*COLUMNS, "mean", "mean_low", "mean_high"])
    first, second = np.triu_indices(q)
    sums = resampled(parts[:, first, second], np.ones(len(parts)), draws=DRAWS, seed=SEED)
    drawn = importance.moments(sums, q)
    adjusted = effects.adjusted_by_parts(parts, predictors)
    found = _found(whole, drawn, adjusted, list(predictors), also_tested)
    found["mean"] = whole[0, 1:-1] / base
    variance = np.maximum(np.diag(whole)[1:-1] / base - found["mean"] ** 2, 0) / (base - 1)
    found["mean_low"], found["mean_high"] = (found["mean"] + sign * Z * np.sqrt(variance) for sign in (-1, 1))
    found["level"], found["reach"], found["n"], found["kind"] = 50 * (found["mean"] + 1), 1.0, base, ""
    return _ordered(found, base)


def _found(
    whole: np.ndarray, drawn: np.ndarray, adjusted: pd.DataFrame, predictors: list[str], also_tested: Sequence[float]
) -> dict[str, Any]:
    """Columns of what comes from the cross-products of all answers (q, q) and of the draws (draws, q, q), in the order of the predictors."""
    base = int(np.rint(whole[0, 0]))
    correlations, resamples = (importance.correlations_of_moments(each) for each in (whole, drawn))
    shares = importance.lmg(correlations)
    draws, beside = importance.beside_noise(resamples, base, SEED)
    low, high = importance.interval(draws)
    rank_low, rank_high = importance.ranks(draws)
    found: dict[str, Any] = {"predictor": predictors, "importance": shares, "low": low, "high": high}
    found["rank_low"], found["rank_high"] = rank_low, rank_high
    found["unsure"] = (shares < IMPORTANCE_UNSURE) | (base < DRIVERS_UNSURE)
    found["above_noise"] = importance.interval(beside[:, 1:] - beside[:, :1])[0] > 0
    found |= dict(zip(EFFECTS, (adjusted[name].to_numpy() for name in ("effect", "low", "high", "p")), strict=False))
    tests = np.concatenate([found["p"], np.asarray(also_tested, dtype=float)])
    found["real"] = benjamini_hochberg(tests)[: len(predictors)]
    found["correlation"], found["vif"] = correlations[-1, :-1], effects.variance_inflation(correlations)
    found["r2"] = float(np.nansum(shares))
    found["r2_low"], found["r2_high"] = (bound[0] for bound in importance.interval(draws.sum(axis=1, keepdims=True)))
    return found | {"noise": float(np.nanquantile(beside[:, 0], YARDSTICK))}


def _impacts(sums: np.ndarray, n: np.ndarray, totals: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Leave-out impact of each predictor with its bootstrap interval (p, 3); `sums`: n and totals (around the mean) of all answers."""
    p = len(sums) // 2
    bases, means = drawn[:, 0, :1], drawn[:, 0, -1:] / drawn[:, 0, :1]
    n = np.clip(n, 0, bases)  # normal draws of a rare topic can leave what is possible
    draws = effects.leave_out(n, _ratio(totals, n), bases, means)
    value = effects.leave_out(sums[:p], _ratio(sums[p:], sums[:p]), bases[0], 0.0)
    known = ~np.isnan(draws).all(axis=0)
    bounds = np.full((2, p), np.nan)
    bounds[:, known] = np.nanquantile(draws[:, known], [TAIL, 1 - TAIL], axis=0)
    return np.column_stack([value, *bounds])


def _ratio(total: np.ndarray, n: np.ndarray) -> np.ndarray:
    return np.divide(total, n, out=np.full(total.shape, np.nan), where=n > 0)


def _ordered(found: dict[str, Any], base: int) -> pd.DataFrame:
    whole = dict.fromkeys(COLUMNS, np.nan) | found | {"base": base}
    return pd.DataFrame(whole).sort_values("importance", ascending=False, ignore_index=True)
