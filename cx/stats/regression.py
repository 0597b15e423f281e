"""Least squares on counted patterns with heteroscedasticity-robust (HC3) errors, as if on the single answers.

Sources: MacKinnon & White, Journal of Econometrics 29 (1985); degrees of freedom: Satterthwaite, Biometrics Bulletin 2 (1946), as in Bell & McCaffrey,
Survey Methodology 28 (2002), without what the answers' residuals have in common. All answers of one pattern have the same residual and
the same leverage, so weighting their one contribution by their number is exact.
"""

from dataclasses import dataclass

import numpy as np

TOLERANCE = 1e-9  # singular values, leverages and influences this close to their limit are at it


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients (p,) without the constant, their HC3 covariance (p, p) and the degrees of freedom (p,) of its diagonal: how many equally
    telling answers each variance rests on, some as many as name a rare predictor. NaN where the data do not tell."""

    coefficients: np.ndarray
    covariance: np.ndarray
    freedom: np.ndarray


def robust_fit(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> Fit:
    """Least squares of y (patterns,) on a constant and x (patterns, p), each pattern w times.

    A predictor that is constant, or that others together reproduce, has NaN as coefficient; its partners too.
    Where a coefficient hangs on a single answer (leverage 1), HC3 is not defined: NaN in the covariance.
    """
    p = x.shape[1]
    if not len(w) or not p:
        return Fit(np.full(p, np.nan), np.full((p, p), np.nan), np.full(p, np.nan))
    centred = x - w @ x / w.sum()
    scale = np.sqrt(w @ centred**2 / w.sum())
    scaled = np.divide(centred, scale, out=np.zeros_like(centred), where=scale > TOLERANCE * np.abs(x).max(axis=0))
    # Around the mean the constant is orthogonal to the predictors and drops out, but for its share 1/n of the leverage.
    inverse, told = _inverse(scaled.T @ (w[:, None] * scaled))
    influence = scaled @ inverse
    slopes = influence.T @ (w * (y - w @ y / w.sum()))
    residuals = y - w @ y / w.sum() - scaled @ slopes
    leverage = 1 / w.sum() + (influence * scaled).sum(axis=1)
    covariance = _hc3(influence, residuals, leverage, w)
    unit = np.where(told, scale, np.nan)
    squares = influence**2
    with np.errstate(invalid="ignore"):  # nothing at all: a constant
        freedom = (w @ squares) ** 2 / (w @ squares**2)
    return Fit(slopes / unit, covariance / unit[:, None] / unit[None, :], freedom)


def _inverse(gram: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pseudo-inverse of the cross-products, and which coefficients it determines: those without part in a null space."""
    values, vectors = np.linalg.eigh(gram)
    full = values > TOLERANCE * max(values.max(), np.finfo(float).tiny)
    inverse = (vectors[:, full] / values[full]) @ vectors[:, full].T
    return inverse, (np.abs(vectors[:, ~full]) < np.sqrt(TOLERANCE)).all(axis=1)


def _hc3(influence: np.ndarray, residuals: np.ndarray, leverage: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Σ w (residual / (1 − leverage))² influence influenceᵀ; NaN for coefficients on which leverage 1 bears."""
    sole = leverage > 1 - TOLERANCE
    spread = np.where(sole, 0, np.sqrt(w) * residuals / np.where(sole, 1, 1 - leverage))
    contributions = influence * spread[:, None]
    covariance = contributions.T @ contributions
    undefined = (np.abs(influence[sole]) > TOLERANCE).any(axis=0)
    covariance[undefined, :] = np.nan
    covariance[:, undefined] = np.nan
    return covariance
