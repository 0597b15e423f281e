"""Ordered outcomes (stars, answers of a scale) without taking their steps for equally wide: average marginal effects.

Sources: McCullagh, JRSS B 42 (1980), the proportional odds model; Wooldridge, Econometric Analysis of Cross Section and
Panel Data (2010), 15.9 and 16.3, for the effects. Fitted by statsmodels' OrderedModel on counted patterns.

A latent spread that differs between answers (heteroscedasticity) biases the coefficients of such a model themselves, and
robust errors do not mend that. Effects averaged over the answers suffer far less, least squares with HC3 errors
(cx.stats.effects) not at all. So the two belong side by side: where they disagree, trust neither.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg, stats
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.tools.numdiff import approx_fprime

from cx.stats.estimate import Z
from cx.stats.patterns import design
from cx.stats.regression import TOLERANCE, robust_fit

ROUNDS = 500
CERTAIN = 1e-3  # mean log-likelihood this close to 0: every answer was foretold, and coefficients run off to infinity
COLUMNS = ("effect", "low", "high", "p")


@dataclass(frozen=True, eq=False)
class MarginalEffects:
    """Average marginal effects per unit of each predictor, with 95 % intervals and two-sided p: effect, low, high, p.

    `outcome`: on the mean outcome, in its unit, indexed by predictor. `levels`: on the share (0…1) of each value of the
    outcome, indexed by predictor and level; a predictor's sum to 0. NaN where the data do not tell.
    """

    outcome: pd.DataFrame
    levels: pd.DataFrame


class _Counted(OrderedModel):
    """The model on patterns that count several answers each."""

    def __init__(self, y: np.ndarray, x: np.ndarray, w: np.ndarray) -> None:
        self.w = w
        super().__init__(y, x, distr="logit")

    def loglikeobs(self, params: np.ndarray) -> np.ndarray:
        """The log-likelihood of each pattern: that of one answer, as often as it occurs."""
        return self.w * super().loglikeobs(params)

    def average_slopes(self, params: np.ndarray) -> np.ndarray:
        """∂P(level)/∂x, averaged over the answers (predictors × levels), in one row."""
        cuts = self.transform_threshold_params(params)
        density = self.pdf(cuts - self._linpred(params)[:, None])
        falls = self.w @ (density[:, :-1] - density[:, 1:]) / self.w.sum()
        return np.outer(params[: self.k_vars], falls).ravel()


def average_marginal_effects(
    patterns: pd.DataFrame, predictors: Sequence[str], outcome: str, weight: str = "n"
) -> MarginalEffects:
    """What one unit more of each predictor does to the outcome and to the share of each of its values, others held.

    Proportional odds (logit) by maximum likelihood, errors by the delta method: the numbers of statsmodels on the single
    answers. A constant predictor and all members of a collinear set have NaN; an outcome of one value, and a
    predictor that separates the values without fault, give NaN throughout.
    """
    x, y, w = design(patterns, predictors, outcome, weight)
    values = np.unique(y)
    names = pd.Index(list(predictors), name="predictor", dtype=object)
    told = ~np.isnan(robust_fit(x, y, w).coefficients)
    slopes = np.full((len(names), len(values)), np.nan)
    covariance = np.full((slopes.size, slopes.size), np.nan)
    if len(values) > 1 and told.any():
        kept = _independent(x)
        found, spread = _fitted(_Counted(y, x[:, kept], w))
        slopes[kept] = found.reshape(len(kept), len(values))
        places = (kept[:, None] * len(values) + np.arange(len(values))).ravel()
        covariance[np.ix_(places, places)] = spread
        slopes[~told] = np.nan
    blocks = covariance.reshape(len(names), len(values), len(names), len(values))
    own = blocks[np.arange(len(names)), :, np.arange(len(names))]
    on_mean = slopes @ values if len(values) else np.full(len(names), np.nan)
    return MarginalEffects(
        outcome=_table(on_mean, np.einsum("k,jkl,l->j", values, own, values), names),
        levels=_table(
            slopes.ravel(),
            np.diagonal(own, axis1=1, axis2=2).ravel(),
            pd.MultiIndex.from_product([names, values], names=["predictor", "level"]),
        ),
    )


def _fitted(model: _Counted) -> tuple[np.ndarray, np.ndarray]:
    """Average slopes and their covariance; NaN where the likelihood has no maximum."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # no convergence is said by NaN
        fit = model.fit(method="bfgs", maxiter=ROUNDS, disp=0)
        slopes = model.average_slopes(fit.params)
        gradient = approx_fprime(fit.params, model.average_slopes, centered=True)
        covariance = gradient @ fit.cov_params() @ gradient.T
    separated = fit.llf > -CERTAIN * model.w.sum()
    if separated or not fit.mle_retvals["converged"] or not (np.diag(covariance) > 0).all():
        return np.full_like(slopes, np.nan), np.full_like(covariance, np.nan)
    return slopes, covariance


def _independent(x: np.ndarray) -> np.ndarray:
    """The places of a largest set of columns none of which a constant and the others make up."""
    centred = x - x.mean(axis=0)
    _, triangle, order = linalg.qr(centred, mode="economic", pivoting=True)
    sizes = np.abs(np.diag(triangle))
    return np.sort(order[: int((sizes > np.sqrt(TOLERANCE) * max(sizes.max(initial=0), 1)).sum())])


def _table(effect: np.ndarray, variance: np.ndarray, index: pd.Index) -> pd.DataFrame:
    error = np.sqrt(np.where(np.isnan(effect), np.nan, variance))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stats.norm.sf(np.abs(effect / error))
    numbers = (effect, effect - Z * error, effect + Z * error, p)
    return pd.DataFrame(dict(zip(COLUMNS, numbers, strict=True)), index=index)
