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


def adjusted(patterns: pd.DataFrame, predictors: Sequence[str], outcome: str, weight: str = "n") -> pd.DataFrame:
    """Change of the outcome per unit of each predictor, the others held: effect, low, high, p, indexed by predictor.

    In the unit of the outcome, with 95 % intervals and two-sided p from HC3 errors and the normal distribution:
    the numbers of `statsmodels` OLS with cov_type="HC3" on the single answers. A constant predictor and all members
    of a collinear set have NaN; an effect that hangs on a single answer has no interval and p.
    """
    fit = robust_fit(*design(patterns, predictors, outcome, weight))
    errors = np.sqrt(np.diag(fit.covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stats.norm.sf(np.abs(fit.coefficients / errors))
    return pd.DataFrame(
        {
            "effect": fit.coefficients,
            "low": fit.coefficients - Z * errors,
            "high": fit.coefficients + Z * errors,
            "p": p,
        },
        index=pd.Index(list(predictors), name="predictor", dtype=object),
    )


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
