"""How often an interval holds the true value: counted over all samples there are, or over drawn ones."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from scipy import stats

from cx.stats.nps import GROUPS, LIMIT


def nps_coverage(interval: Callable[[pd.DataFrame], pd.DataFrame], shares: Sequence[float], n: int) -> float:
    """The exact share (0…1) of samples of n answers whose interval holds the true NPS.

    `interval` takes a frame of promoters, passives, detractors and gives low and high; `shares` are the true ones, in
    that order. All (n+1)(n+2)/2 samples are listed: meant for n up to some hundreds.
    """
    samples = pd.DataFrame([(p, n - p - d, d) for p in range(n + 1) for d in range(n + 1 - p)], columns=list(GROUPS))
    chance = stats.multinomial(n, shares).pmf(samples.to_numpy())
    found = interval(samples)
    true = LIMIT * (shares[0] - shares[2])
    return float(chance[held(found["low"], found["high"], true)].sum())


def held(low: np.ndarray | pd.Series, high: np.ndarray | pd.Series, true: float | np.ndarray) -> np.ndarray:
    """Which intervals hold the true value, bounds included; one without bounds holds nothing."""
    return (np.asarray(low) <= true) & (true <= np.asarray(high))
