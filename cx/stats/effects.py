"""What a predictor does to the outcome: adjusted for the others, and as the industry's leave-out impact.

The leave-out impact blames a topic that is only named together with the guilty one; the adjusted effect does not.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from cx.stats.estimate import Z, counts
from cx.stats.patterns import design
from cx.stats.regression import robust_fit

MIN_PARTS = 2
PIVOT = 1e-9  # share of variance below which a predictor is a sum of others


def adjusted(patterns: pd.DataFrame, predictors: Sequence[str], outcome: str, weight: str = "n") -> pd.DataFrame:
    """Change of the outcome per unit of each predictor, the others held: effect, low, high, p, indexed by predictor.

    In the unit of the outcome, with 95 % intervals from HC3 errors and the normal distribution: the numbers of `statsmodels` OLS with
    cov_type="HC3" on the single answers. The two-sided p is from Student's t with the degrees of freedom of each error: of many tests the
    smallest p counts, and there the normal distribution finds too much where few name a predictor. A constant predictor and all members of a
    collinear set have NaN; an effect that hangs on a single answer has no interval and p.
    """
    fit = robust_fit(*design(patterns, predictors, outcome, weight))
    return _tested(fit.coefficients, np.sqrt(np.diag(fit.covariance)), fit.freedom, predictors)


def adjusted_by_parts(parts: np.ndarray, predictors: Sequence[str]) -> pd.DataFrame:
    """The same from cross-products (parts, q, q) of a constant 1, the predictors and the outcome, last, over parts of the answers.

    Robust errors by leaving out one part after the other: the jackknife, which is HC3 for parts of one answer up to the factor
    (n − 1) / n (MacKinnon & White 1985), and its generalisation CR3 for larger parts. Which answers share a part must be chance.
    Fewer than two parts, constant and collinear predictors give NaN.
    """
    count, p = len(parts), len(predictors)
    if count < MIN_PARTS:
        return _tested(np.full(p, np.nan), np.full(p, np.nan), np.nan, predictors)
    whole = parts.sum(axis=0)
    told = _determined(whole)
    slopes = np.full((count + 1, p), np.nan)
    kept = np.flatnonzero(np.concatenate([[True], told]))
    left = np.concatenate([whole[None], whole - parts])
    grams, sides = left[:, kept[:, None], kept], left[:, kept, -1:]
    slopes[:, told] = (np.linalg.pinv(grams, rcond=PIVOT, hermitian=True) @ sides)[:, 1:, 0]
    spread = slopes[1:] - slopes[1:].mean(axis=0)
    return _tested(slopes[0], np.sqrt((count - 1) / count * (spread**2).sum(axis=0)), count - 1, predictors)


def _determined(whole: np.ndarray) -> np.ndarray:
    """Which predictors (p,) vary and are not a sum of others."""
    n = whole[0, 0]
    covariance = whole[1:-1, 1:-1] / n - np.outer(whole[0, 1:-1], whole[0, 1:-1]) / n**2
    unit = np.sqrt(np.maximum(np.diag(covariance), 0))
    varies = unit > PIVOT * np.sqrt(np.diag(whole)[1:-1] / n)
    scaled = covariance / np.where(varies, unit, 1)[:, None] / np.where(varies, unit, 1)
    scaled[~varies, :] = scaled[:, ~varies] = 0
    values, vectors = np.linalg.eigh(scaled)
    return varies & (np.abs(vectors[:, values <= PIVOT]) < np.sqrt(PIVOT)).all(axis=1)


def _tested(
    effects: np.ndarray, errors: np.ndarray, freedom: np.ndarray | float, predictors: Sequence[str]
) -> pd.DataFrame:
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stats.t.sf(np.abs(effects / errors), freedom)
    return pd.DataFrame(
        {"effect": effects, "low": effects - Z * errors, "high": effects + Z * errors, "p": p},
        index=pd.Index(list(predictors), name="predictor", dtype=object),
    )


def contribution(
    effect: np.ndarray, low: np.ndarray, high: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Effect × mean of the predictor, with 95 % bounds: by how much the outcome's mean stands above one where nobody names the pillar.

    `low` and `high` bound the effect, `variance` is that of the mean. Delta method for two independent factors (the coefficient does not depend
    on the mean of what it is the coefficient of).
    """
    error = (high - low) / (2 * Z)
    value, reach = effect * mean, Z * np.sqrt(mean**2 * error**2 + effect**2 * variance)
    return value, value - reach, value + reach


def what_if(row: pd.Series, level: float) -> tuple[float, float, float]:
    """Change of the outcome's mean, with 95 % bounds, that goes with a predictor at `level` instead of row["level"] (both 0…100).

    effect × 2 · reach · (level − now) / 100: text pillars have as level the positive share of the feedback that names them either way
    and as reach the share of feedback that does, so one step of the effect is half of the way; survey items have their place on the
    scale, and reach 1. The share of feedback that names the pillar stays as it is.
    """
    steps = 2 * row["reach"] * (level - row["level"]) / 100
    bounds = sorted((row["effect_low"] * steps, row["effect_high"] * steps))
    return row["effect"] * steps, bounds[0], bounds[1]


def variance_inflation(correlations: np.ndarray) -> np.ndarray:
    """How many times larger each effect's variance (p,) is than among uncorrelated predictors, from 1: VIF = 1 / (1 − R²_j).

    From a correlation matrix (p+1, p+1), outcome last. Collinear predictors have a huge one, those without variance NaN.
    Source: Belsley, Kuh & Welsch 1980.
    """
    known = ~np.isnan(np.diag(correlations)[:-1])
    found = np.full(len(known), np.nan)
    values, vectors = np.linalg.eigh(correlations[:-1, :-1][np.ix_(known, known)])
    found[known] = (vectors**2 / np.maximum(values, PIVOT)).sum(axis=1)
    return found


def leave_out(
    topic_n: float | np.ndarray, topic_value: float | np.ndarray, n: float | np.ndarray, value: float | np.ndarray
) -> float | np.ndarray:
    """The outcome minus the outcome without the answers that name the topic: n_t(NPS_t − NPS)/(N − n_t).

    In the unit of the outcome; numbers give a number, arrays or columns an array. A topic that nobody or everybody
    names gives NaN; a negative count or more answers with the topic than answers raise ValueError.
    """
    named, base = counts(topic_n, n)
    if (named > base).any():
        raise ValueError("more answers with the topic than answers")
    rest = np.where((named > 0) & (named < base), base - named, np.nan)
    impact = named * (np.asarray(topic_value, dtype=float) - np.asarray(value, dtype=float)) / rest
    return float(impact) if impact.ndim == 0 else impact


def standardised(correlations: np.ndarray) -> np.ndarray:
    """Standardised regression coefficients (p,) from a correlation matrix (p+1, p+1), outcome last.

    NaN where the predictor or the outcome has no variance; collinear predictors share theirs (least norm).
    """
    known = ~np.isnan(np.diag(correlations)[:-1])
    betas = np.full(len(known), np.nan)
    if known.any() and not np.isnan(correlations[-1, -1]):
        kept = correlations[:-1, :-1][np.ix_(known, known)]
        betas[known] = np.linalg.pinv(kept, rcond=1e-10, hermitian=True) @ correlations[:-1, -1][known]
    return betas


def suppressors(correlations: np.ndarray) -> np.ndarray:
    """Which predictors (p,) turn their sign once the others are held: correlation and adjusted effect disagree."""
    return correlations[:-1, -1] * standardised(correlations) < 0
