"""Consistency across channels: how much a pillar's score differs between channels beyond chance.

Sources: DerSimonian & Laird, Controlled Clinical Trials 7 (1986); Higgins & Thompson, Statistics in Medicine 21
(2002) for I²; Viechtbauer, Statistics in Medicine 26 (2007) for the interval of τ² (Q-profile).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize, stats

from cx.stats.estimate import TAIL


@dataclass(frozen=True)
class Consistency:
    """Variance between channels beyond chance; NaN with fewer than two channels."""

    tau_squared: float
    """Between-channel variance, squared unit of the score, from 0."""
    low: float
    """Lower 95 % bound of τ²."""
    high: float
    """Upper 95 % bound of τ²."""
    i_squared: float
    """Share of the observed variance that is not chance, from 0 to 1."""
    q: float
    """Cochran's Q, compared with χ² of channels − 1 degrees of freedom."""
    p: float
    """Probability of such a Q if all channels were equal."""
    channels: int
    """How many channels were compared."""


def between_channels(
    means: Sequence[float] | np.ndarray | pd.Series, variances_of_means: Sequence[float] | np.ndarray | pd.Series
) -> Consistency:
    """DerSimonian–Laird τ² and I² of the channels' means, with the squared standard errors of these.

    Channels without mean or without variance (missing or 0: nothing to weigh them with) are left out. The interval of
    τ² holds the true one in 95 %; it can miss the estimate itself. Different lengths or a negative variance raise
    ValueError.
    """
    y, v = np.asarray(means, dtype=float), np.asarray(variances_of_means, dtype=float)
    if y.shape != v.shape or y.ndim != 1:
        raise ValueError("one variance per mean is needed")
    if (v < 0).any():
        raise ValueError("variances must not be negative")
    known = ~np.isnan(y) & (v > 0) & np.isfinite(v)
    y, v = y[known], v[known]
    freedom = len(y) - 1
    if freedom < 1:
        return Consistency(*[float("nan")] * 6, channels=len(y))
    q = _q(0.0, y, v)
    return Consistency(
        tau_squared=max(0.0, (q - freedom) / _scale(v)),
        low=_tau_squared_at(float(stats.chi2.isf(TAIL, freedom)), y, v),
        high=_tau_squared_at(float(stats.chi2.ppf(TAIL, freedom)), y, v),
        i_squared=max(0.0, (q - freedom) / q) if q > 0 else 0.0,
        q=q,
        p=float(stats.chi2.sf(q, freedom)),
        channels=len(y),
    )


def _q(tau_squared: float, y: np.ndarray, v: np.ndarray) -> float:
    """Weighted squared distance from the weighted mean, with weights 1 / (v + τ²)."""
    w = 1 / (v + tau_squared)
    return float(w @ (y - w @ y / w.sum()) ** 2)


def _scale(v: np.ndarray) -> float:
    w = 1 / v
    return float(w.sum() - (w**2).sum() / w.sum())


def _tau_squared_at(quantile: float, y: np.ndarray, v: np.ndarray) -> float:
    """The τ² at which Q, falling in τ², comes down to the quantile; 0 if it starts below."""
    if _q(0.0, y, v) <= quantile:
        return 0.0
    # At this τ² every weight is at most 1/τ², so Q is at most Σ(y − ȳ)²/τ² and has come down.
    enough = float(((y - y.mean()) ** 2).sum()) / quantile
    return float(optimize.brentq(lambda tau_squared: _q(tau_squared, y, v) - quantile, 0.0, enough))
