"""Words that one group of feedbacks uses more often than another.

Log-odds with an informative prior (Monroe, Colaresi & Quinn, Political Analysis 16 (2008), 372, equations 16, 19 and 22),
on counts of feedbacks that contain the word. Feedbacks and not tokens are counted, since they are what is independent: somebody
who writes the word twenty times is still one customer. Per feedback a word is there or not, so that the Dirichlet prior over all
words becomes one Beta prior per word.
"""

import numpy as np
import pandas as pd
from scipy import special, stats

from cx.model.limits import CONFIDENCE
from cx.stats.comparison import benjamini_hochberg
from cx.stats.estimate import columns, counts

PRIOR_FEEDBACKS = 100.0  # the prior weighs as much as so many feedbacks that use each word as often as all do
CLEARLY = 1.5  # times the chance
COLLOCATION_P = 0.001


def log_odds(
    words: pd.DataFrame, feedbacks_a: int, feedbacks_b: int, prior_feedbacks: float = PRIOR_FEEDBACKS
) -> pd.DataFrame:
    """How much higher the odds are that a feedback of group a contains the word: above 0 more often in a, below in b.

    `words`: word, n_a, n_b (feedbacks of each group that contain it), one row per word tested. Back come, in the same order
    and on the same index: word, log_odds (natural; exp() is the odds ratio), low, high (95 %), z, p (two-sided), n_a, n_b, real
    (Benjamini–Hochberg over all rows). Words that nobody uses and groups without feedback give NaN and are never real; negative
    counts, more feedbacks with a word than feedbacks, and a prior of 0 or less raise ValueError.
    """
    n_a, n_b = counts(*columns(words, ("n_a", "n_b")))
    if (n_a > feedbacks_a).any() or (n_b > feedbacks_b).any():
        raise ValueError("more feedbacks with the word than feedbacks")
    if prior_feedbacks <= 0:
        raise ValueError("the prior must be positive")
    prior = _prior(n_a + n_b, feedbacks_a, feedbacks_b, prior_feedbacks)
    logit_a, variance_a = _logit(n_a + prior, feedbacks_a + prior_feedbacks)
    logit_b, variance_b = _logit(n_b + prior, feedbacks_b + prior_feedbacks)
    value, error = logit_a - logit_b, np.sqrt(variance_a + variance_b)
    z, reach = value / error, stats.norm.ppf((1 + CONFIDENCE) / 2) * error
    p = 2 * stats.norm.sf(np.abs(z))
    found = {"word": words["word"], "log_odds": value, "low": value - reach, "high": value + reach, "z": z, "p": p}
    return pd.DataFrame(found | {"n_a": words["n_a"], "n_b": words["n_b"], "real": benjamini_hochberg(p)})


def collocated(n_pair: np.ndarray, n_first: np.ndarray, n_second: np.ndarray, n: int) -> np.ndarray:
    """Which pairs of words stand together clearly more often than chance lets two words meet: booleans.

    Of `n` feedbacks, `n_pair` have the two side by side, `n_first` and `n_second` the one and the other anywhere. Clearly: half as often
    again as independent words would share a feedback, and a log-likelihood ratio (Dunning, Computational Linguistics 19 (1993), 61)
    beyond the 99.9 % point of chi-square with one degree of freedom.
    """
    pair, first, second = counts(n_pair, n_first, n_second)
    if not n:
        return np.zeros(pair.shape, dtype=bool)
    expected = first * second / n
    cells = np.array([pair, first - pair, second - pair, n - first - second + pair])
    chance = np.array([expected, first * (n - second) / n, (n - first) * second / n, (n - first) * (n - second) / n])
    ratio = 2 * special.xlogy(cells, cells / np.where(chance > 0, chance, 1)).sum(axis=0)
    return (pair >= CLEARLY * expected) & (ratio > stats.chi2.isf(COLLOCATION_P, 1))


def _prior(used: np.ndarray, feedbacks_a: int, feedbacks_b: int, prior_feedbacks: float) -> np.ndarray:
    """The feedbacks of the prior that contain each word; NaN where nothing can be compared."""
    if not feedbacks_a or not feedbacks_b:
        return np.full(used.shape, np.nan)
    return np.where(used > 0, prior_feedbacks * used / (feedbacks_a + feedbacks_b), np.nan)


def _logit(with_word: np.ndarray, feedbacks: float) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds of a word and their variance; NaN for a word that all use (its prior leaves no odds)."""
    without = np.where(feedbacks - with_word > 0, feedbacks - with_word, np.nan)
    return np.log(with_word / without), 1 / with_word + 1 / without
