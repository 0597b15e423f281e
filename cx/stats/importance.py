"""Relative importance of predictors: how much of the outcome's variance each of them explains.

Sources: Lindeman, Merenda & Gold 1980 and Grömping, JSS 17(1) 2006 (LMG, the Shapley split of R²); Johnson,
Multivariate Behavioral Research 35 (2000) (relative weights, a cross-check only); Tonidandel, LeBreton & Johnson,
Psychological Methods 14 (2009) (comparison with noise).

Correlation matrices hold the outcome last. All functions on them take one matrix (p+1, p+1) or a stack of them
(..., p+1, p+1); a variable without variance has NaN on the diagonal, as numpy and `correlations` leave it.
"""

from collections.abc import Sequence
from math import comb

import numpy as np
import pandas as pd

from cx.stats.estimate import TAIL
from cx.stats.patterns import design
from cx.stats.resampling import resampled

TOLERANCE = 1e-10  # share of a predictor's variance below which the others hold it already
ROUNDING = 1e-12  # variance relative to the second moment below which it is rounding
TIE_DIGITS = 10
SEED = 1
NUMBERS = 2**16  # R² that one block leaves: 256 draws of six predictors and noise or 16 of ten, at most 1 MB on the way


def lmg(correlations: np.ndarray) -> np.ndarray:
    """Exact Shapley split of R², one share per predictor (..., p), each from 0 to 1; they sum to R².

    A predictor without variance gets 0, equal predictors get equal shares; an outcome without variance gives NaN.
    Not square raises ValueError. Time and memory double with each predictor: meant for up to about 12.
    """
    matrices, unknown = _without_missing(correlations)
    return _shares(_explained_by_subsets(matrices), unknown)


def johnson(correlations: np.ndarray) -> np.ndarray:
    """Johnson's relative weights, one per predictor (..., p), each from 0 to 1; they sum to R².

    The same missing behaviour as `lmg`. A cross-check only: Thomas et al. 2014 show that the derivation is flawed.
    """
    matrices, unknown = _without_missing(correlations)
    values, vectors = np.linalg.eigh(matrices[..., :-1, :-1])
    roots = np.sqrt(np.where(values > TOLERANCE, values, 0))
    inverse_roots = np.divide(1, roots, out=np.zeros_like(roots), where=roots > 0)
    loadings = (vectors * roots[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    inverse = (vectors * inverse_roots[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    betas = inverse @ matrices[..., :-1, -1:]
    weights = (loadings**2 @ betas**2)[..., 0]
    return np.where(unknown[..., None], np.nan, weights)


def correlations(patterns: pd.DataFrame, predictors: Sequence[str], outcome: str, weight: str = "n") -> np.ndarray:
    """Weighted correlation matrix (p+1, p+1) of the predictors and, last, the outcome, from counted patterns.

    A variable without variance has NaN in its row and column; no patterns at all give NaN throughout.
    """
    x, y, w = design(patterns, predictors, outcome, weight)
    return correlations_of_moments(moments(w @ products(centred(x, y, w)), x.shape[1] + 2))


def correlations_of_moments(moments: np.ndarray) -> np.ndarray:
    """Correlation matrices (..., q, q) from cross-products (..., q+1, q+1) of a constant 1, first, and q variables.

    The cross-products of parts (draws, buckets, chunks) just add up. Subtract a rough mean before squaring large
    numbers. A variable without variance has NaN in its row and column.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        seconds = moments[..., 1:, 1:] / moments[..., :1, :1]
        means = moments[..., 0, 1:] / moments[..., 0, :1]
    covariances = seconds - means[..., :, None] * means[..., None, :]
    variances = np.diagonal(covariances, axis1=-2, axis2=-1)
    spread = variances > ROUNDING * np.diagonal(seconds, axis1=-2, axis2=-1)
    deviations = np.sqrt(np.where(spread, variances, np.nan))
    matrices = np.clip(covariances / deviations[..., :, None] / deviations[..., None, :], -1, 1)
    diagonal = np.arange(matrices.shape[-1])
    matrices[..., diagonal, diagonal] = np.where(spread, 1.0, np.nan)
    return matrices


def bootstrap(
    patterns: pd.DataFrame,
    predictors: Sequence[str],
    outcome: str,
    weight: str = "n",
    *,
    draws: int = 1000,
    seed: int = SEED,
) -> np.ndarray:
    """LMG of `draws` resamples (draws, p). A multinomial draw over counted patterns is the bootstrap of the rows.

    The weights are numbers of answers. The same seed gives the same draws. No patterns give NaN throughout.
    """
    return lmg(_resampled_correlations(design(patterns, predictors, outcome, weight), draws, seed))


def noise_importance(
    patterns: pd.DataFrame,
    predictors: Sequence[str],
    outcome: str,
    weight: str = "n",
    *,
    draws: int = 1000,
    seed: int = SEED,
) -> np.ndarray:
    """LMG of each predictor minus that of an added random-noise predictor, for each resample (draws, p).

    An importance is never negative, so its own interval cannot hold 0; this one can (Tonidandel et al. 2009).
    The noise is one normal value per answer, drawn anew for each resample. Counted patterns have no room for it,
    and need none: given n answers whose variables correlate as R, the correlations of such noise with them are
    distributed as A g / √(g·g + χ²(n − 1 − q)), with A Aᵀ = R, g standard normal of length q, q = p + 1 variables;
    that is roughly N(0, R/n). No patterns give NaN throughout.
    """
    x, y, w = design(patterns, predictors, outcome, weight)
    _alone, shares = beside_noise(_resampled_correlations((x, y, w), draws, seed), int(np.rint(w.sum())), seed)
    return shares[:, 1:] - shares[:, :1]


def beside_noise(matrices: np.ndarray, n: int, seed: int = SEED) -> tuple[np.ndarray, np.ndarray]:
    """LMG (draws, p) of the predictors alone, and LMG (draws, 1 + p) of a random-noise predictor, first, and the same predictors.

    From correlations (draws, q, q) of n answers each, outcome last; NaN as in `lmg`.
    """
    # 300 samples, n = 200: at 2.5 % a bystander beats the noise in 0.2 %, a driver of R² 0.05 in 54 %; with one fixed
    # noise column, resampled with the rows, 0.2 % and 38 %.
    noise = _noise_correlations(matrices, n, np.random.default_rng([seed, 1]))
    larger, unknown = _without_missing(_with_predictor_first(matrices, noise))
    explained = _explained_by_subsets(larger)
    return _shares(explained[..., ::2], unknown), _shares(explained, unknown)  # every other subset is without the noise


def interval(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 2.5 % and 97.5 % percentiles (p,) of bootstrap draws (draws, p); draws with NaN are left out."""
    known = draws[~np.isnan(draws).any(axis=1)]
    if not len(known):
        return np.full(draws.shape[1], np.nan), np.full(draws.shape[1], np.nan)
    low, high = np.quantile(known, [TAIL, 1 - TAIL], axis=0)
    return low, high


def ranks(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The best and the worst rank (p,) of each predictor in the middle 95 % of bootstrap draws (draws, p).

    Whole numbers from 1, the most important, to p; tied predictors take the whole range of their tie. Draws with
    NaN are left out; NaN where none is left.
    """
    known = np.round(draws[~np.isnan(draws).any(axis=1)], TIE_DIGITS)
    if not len(known):
        return np.full(draws.shape[1], np.nan), np.full(draws.shape[1], np.nan)
    own, others = known[:, :, None], known[:, None, :]
    best, worst = 1 + (others > own).sum(axis=2), (others >= own).sum(axis=2)
    return (
        np.quantile(best, TAIL, axis=0, method="inverted_cdf").astype(float),
        np.quantile(worst, 1 - TAIL, axis=0, method="inverted_cdf").astype(float),
    )


def _without_missing(correlations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The matrices with variables without variance uncorrelated to all others, and where that is the outcome."""
    matrices = np.array(correlations, dtype=float)
    if matrices.ndim < 2 or matrices.shape[-1] != matrices.shape[-2] or not matrices.shape[-1]:
        raise ValueError("a square correlation matrix is needed, outcome last")
    unknown = np.isnan(matrices[..., -1, -1])
    matrices = np.nan_to_num(matrices)
    diagonal = np.arange(matrices.shape[-1])
    matrices[..., diagonal, diagonal] = 1
    return matrices, unknown


def _explained_by_subsets(matrices: np.ndarray) -> np.ndarray:
    """R² of the outcome on every subset of the predictors (..., 2^p); bit j of the position stands for predictor j."""
    q = matrices.shape[-1]
    stack, size = matrices.reshape(-1, q, q), max(NUMBERS >> q, 1)
    found = [_explained_block(stack[start : start + size]) for start in range(0, len(stack), size)]
    return np.concatenate([np.empty((0, 2 ** (q - 1))), *found]).reshape(*matrices.shape[:-2], -1)


def _explained_block(matrices: np.ndarray) -> np.ndarray:
    """The same of a stack (draws, q, q) that fits into the cache, the draws innermost.

    Predictor after predictor, each subset so far splits into one without it and one with it swept out; what is
    left to carry on is the covariance of the later variables, given the subset (Schur complement). A predictor
    that the subset already holds adds nothing, so collinear sets need no inverse.
    """
    left = np.ascontiguousarray(np.moveaxis(matrices, 0, -1))[:, :, None, :]
    for _ in range(matrices.shape[-1] - 1):
        pivot, column, rest = left[0, 0], left[1:, 0], left[1:, 1:]
        slope = column / np.where(pivot > TOLERANCE, pivot, np.inf)
        left = np.concatenate([rest, rest - slope[:, None] * column], axis=2)
    return 1 - left[0, 0].T


def _shares(explained: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Shapley shares (..., p) from R² of all subsets (..., 2^p); NaN where the outcome has no variance."""
    p = explained.shape[-1].bit_length() - 1
    return np.where(unknown[..., None], np.nan, np.maximum(explained @ _shapley_weights(p), 0))


def _shapley_weights(p: int) -> np.ndarray:
    """The matrix (2^p, p) that turns R² of all subsets into Shapley shares: |S|!(p−|S|−1)!/p! per R²(S∪j) − R²(S)."""
    members = (np.arange(2**p)[:, None] >> np.arange(p)) & 1 == 1
    sizes = members.sum(axis=1, keepdims=True) - members
    weights = np.array([1 / (p * comb(p - 1, size)) for size in range(p)])
    return np.where(members, weights[sizes], -weights[sizes]) if p else np.zeros((1, 0))


def centred(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """A constant 1, the predictors and the outcome around their means (patterns, p+2)."""
    variables = np.column_stack([x, y])
    if len(w):
        variables = variables - w @ variables / w.sum()
    return np.column_stack([np.ones(len(w)), variables])


def products(variables: np.ndarray) -> np.ndarray:
    """The products of every two of the q variables (patterns, q), each pair once: (patterns, q (q + 1) / 2)."""
    first, second = np.triu_indices(variables.shape[1])
    return variables[:, first] * variables[:, second]


def moments(sums: np.ndarray, q: int) -> np.ndarray:
    """Cross-products (..., q, q) from the sums (..., q (q + 1) / 2) of `products`."""
    first, second = np.triu_indices(q)
    found = np.empty((*sums.shape[:-1], q, q))
    found[..., first, second] = found[..., second, first] = sums
    return found


def _resampled_correlations(designed: tuple[np.ndarray, np.ndarray, np.ndarray], draws: int, seed: int) -> np.ndarray:
    """Correlation matrices (draws, p+1, p+1) of multinomial resamples of the answers."""
    x, y, w = designed
    return correlations_of_moments(
        moments(resampled(products(centred(x, y, w)), w, draws=draws, seed=seed), x.shape[1] + 2)
    )


def _noise_correlations(matrices: np.ndarray, n: int, chance: np.random.Generator) -> np.ndarray:
    """Correlations (draws, q) of one fresh noise variable per matrix with its q variables; see `noise_importance`."""
    draws, q = matrices.shape[:2]
    values, vectors = np.linalg.eigh(_without_missing(matrices)[0])
    normal = chance.standard_normal((draws, q))
    others = chance.chisquare(max(n - 1 - q, 0), draws) if n - 1 > q else np.zeros(draws)
    unit = normal / np.sqrt((normal**2).sum(axis=1) + others)[:, None]
    return np.einsum("dij,dj->di", vectors, np.sqrt(np.maximum(values, 0)) * unit)


def _with_predictor_first(matrices: np.ndarray, column: np.ndarray) -> np.ndarray:
    """The matrices (draws, q, q) with one more variable in front, correlating with them as the column (draws, q)."""
    draws, q = column.shape
    larger = np.ones((draws, q + 1, q + 1))
    larger[:, 1:, 1:] = matrices
    larger[:, 0, 1:] = larger[:, 1:, 0] = column
    return larger
