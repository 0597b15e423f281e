"""Bootstrap of sums: what the sums over all answers would be in other samples of the same size.

Source: Efron, Annals of Statistics 7 (1979). A multinomial draw over counted patterns is the bootstrap of the single answers.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

BLOCK = 50  # draws that share one chance
CELLS = 2**21  # draws × patterns of one product: 16 MB
THREADS = 2
MANY_ANSWERS = 100_000  # from here on, and with more patterns than …
MANY_PATTERNS = 1_000  # … these, sums are drawn from the normal distribution that the multinomial draws tend to
TOLERANCE = 1e-12  # share below which a variance is rounding


def resampled(values: np.ndarray, w: np.ndarray, *, draws: int, seed: int) -> np.ndarray:
    """Sums (draws, m) of the values (patterns, m) over resamples of the answers, of which each pattern stands for w.

    The same seed gives the same draws on any machine. Of 100,000 answers and 1,000 patterns on, the sums are drawn from the normal
    distribution with the mean and covariance of the multinomial draws. No patterns give NaN throughout.
    """
    if not len(w):
        return np.full((draws, values.shape[1]), np.nan)
    if w.sum() >= MANY_ANSWERS and len(w) > MANY_PATTERNS:
        return _normal(values, w, draws, seed)
    return _multinomial(values, w, draws, seed)


def _multinomial(values: np.ndarray, w: np.ndarray, draws: int, seed: int) -> np.ndarray:
    sizes = [min(BLOCK, draws - start) for start in range(0, draws, BLOCK)]

    def block(size: int, chance: np.random.SeedSequence) -> np.ndarray:
        drawn = np.random.default_rng(chance).multinomial(int(np.rint(w.sum())), w / w.sum(), size=size)
        return drawn.astype(np.int32)  # 8,019 patterns × 1,000 draws stay at 32 MB

    # Drawing is most of the time and releases the GIL. Each block has its own chance: same draws on any machine.
    with ThreadPoolExecutor(THREADS) as pool:
        blocks = list(pool.map(block, sizes, np.random.SeedSequence(seed).spawn(len(sizes))))
    drawn = np.concatenate([np.empty((0, len(w)), dtype=np.int32), *blocks])
    step = max(
        CELLS // len(w), 1
    )  # few large products: twenty small ones took 0.3 s beside other processes, one 0.01 s
    parts = [drawn[start : start + step].astype(float) @ values for start in range(0, draws, step)]
    return np.concatenate([np.empty((0, values.shape[1])), *parts])


def _normal(values: np.ndarray, w: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Sums with mean Σ w v and covariance Σ w v vᵀ − (Σ w v)(Σ w v)ᵀ / n."""
    weighted = np.sqrt(w)[:, None] * values
    total, second = w @ values, weighted.T @ weighted
    covariance = second - np.outer(total, total) / w.sum()
    varies = np.diag(covariance) > TOLERANCE * np.diag(second)
    unit = np.where(varies, np.sqrt(np.where(varies, np.diag(covariance), 1)), 0)
    scale = np.where(
        varies, unit, np.inf
    )  # sums of very different size: a root of their correlations keeps the small ones
    spreads, axes = np.linalg.eigh(covariance / scale[:, None] / scale)
    spreads = np.sqrt(np.where(spreads > TOLERANCE * max(spreads.max(), 0), spreads, 0))
    chance = np.random.default_rng(seed).standard_normal((draws, len(total)))
    return total + (chance * spreads) @ axes.T * unit
