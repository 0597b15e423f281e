"""How well scores order two groups: the area under the ROC curve. Source: DeLong et al., Biometrics 44 (1988)."""

import numpy as np
from scipy import stats

from cx.stats.estimate import Estimate, Z


def auc(scores: np.ndarray, positive: np.ndarray) -> Estimate:
    """The chance that a positive has the higher score than a negative, from 0 to 1 (0.5: as good as a coin), with its interval.

    `positive`: bool per score; equal scores count half; the interval is cut to 0…1. Without either group NaN throughout, with
    one of a group a value without interval.
    """
    good, bad = scores[positive], scores[~positive]
    n = len(scores)
    if not len(good) or not len(bad):
        return Estimate(np.nan, np.nan, np.nan, n)
    ranks = stats.rankdata(scores)
    over = (ranks[positive] - stats.rankdata(good)) / len(bad)  # the share of negatives that each positive beats
    under = 1 - (ranks[~positive] - stats.rankdata(bad)) / len(good)
    value = float(over.mean())
    if len(good) < 2 or len(bad) < 2:
        return Estimate(value, np.nan, np.nan, n)
    reach = Z * float(np.sqrt(over.var(ddof=1) / len(good) + under.var(ddof=1) / len(bad)))
    return Estimate(value, max(value - reach, 0.0), min(value + reach, 1.0), n)
