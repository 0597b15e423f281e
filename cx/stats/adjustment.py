"""Small shifts of the leans of words, learned from rated texts, and whether they help on texts they were not learned from.

The loss is the logistic loss of the reader's own formula, balance / (mass + doubt), as in script/train. The curve from polarity to
rating has its own level and slope, fitted first with the reader as it is: that most customers are pleased, or that words and
ratings go together loosely, is no reason to move a word. What is left to gain is a better order of the texts.

Sources: ridge penalty as a normal prior; interval of a cross-validated mean: Nadeau & Bengio, Machine Learning 52 (2003), as
held-out parts share what was learned from.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from cx.stats import quality, shares
from cx.stats.estimate import Estimate, Z
from cx.stats.readings import Readings

PENALTY = 8.0  # a normal prior around 0, standard deviation √(1/2·8) = a quarter of a plain word; measured in docs/decisions.md
KEPT = 1_000  # features; more gained nothing on 17,000 reviews (docs/decisions.md)
LEAST = 0.02  # a smaller shift is left out: no reader would see it
FOLDS = 5
NEUTRAL_PULL = 0.1  # how much a neutral text draws its polarity to 0; as in script/train
SMOOTH = 0.02  # rounds off |x| at 0, so that it has a slope there
STEEPEST = 20.0  # of the curve; the polarity reaches from −1 to 1
LOOSE = 1e-3  # keeps the curve finite where the words tell the sides apart without fault
STEPS = 60


@dataclass(frozen=True, eq=False)
class Labels:
    """What is known of the texts: `side` (−1, 0, 1); `counts` (how much each weighs); `rated` (bool: by its customer, else by a
    person who corrected the reader: learned from, not measured on); `group`: texts of one number are no evidence on each other."""

    side: np.ndarray
    counts: np.ndarray
    rated: np.ndarray
    group: np.ndarray

    def of(self, texts: np.ndarray) -> "Labels":
        """The same of some texts (bool per text) alone."""
        return Labels(self.side[texts], self.counts[texts], self.rated[texts], self.group[texts])


@dataclass(frozen=True)
class Gain:
    """What a shift brings on texts it was not learned from; n are the rated feedbacks with a side.

    `gain`: mean gain in log-likelihood per feedback (natural logarithm); `auc` and `right`, the share whose polarity has the
    sign of the rating, before and after.
    """

    gain: Estimate
    auc_before: Estimate
    auc_after: Estimate
    right_before: Estimate
    right_after: Estimate

    @property
    def real(self) -> bool:
        """Whether the interval of the gain lies above zero."""
        return bool(self.gain.low > 0)


def learned(read: Readings, known: Labels) -> np.ndarray:
    """The shift of each feature, in the weight of one plain word; 0 for most."""
    return _shift(read, known, _curve(read.polarity(np.zeros(read.units.shape[1])), known))


def cross_validated(read: Readings, known: Labels, tell: Callable[[int, int], None] = lambda done, total: None) -> Gain:
    """What `learned` brings on texts that it has not seen: FOLDS parts by group, in order. Calls tell(done, FOLDS)."""
    before = read.polarity(np.zeros(read.units.shape[1]))
    after, gain = before.copy(), np.zeros(len(before))
    part = known.group % FOLDS
    for fold in range(FOLDS):
        inside, outside = part != fold, part == fold
        curve = _curve(before[inside], known.of(inside))
        shift = _shift(read.of(inside), known.of(inside), curve)
        after[outside] = read.of(outside).polarity(shift)
        side = known.side[outside]
        gain[outside] = log_expit(_margin(after[outside], side, curve)) - log_expit(
            _margin(before[outside], side, curve)
        )
        tell(fold + 1, FOLDS)
    told = known.rated & (known.side != 0)
    side = known.side[told]
    return Gain(
        gain=_mean(gain[told], known.group[told]),
        auc_before=quality.auc(before[told], side > 0),
        auc_after=quality.auc(after[told], side > 0),
        right_before=shares.wilson(int((np.sign(before[told]) == side).sum()), len(side)),
        right_after=shares.wilson(int((np.sign(after[told]) == side).sum()), len(side)),
    )


def _margin(polarity: np.ndarray, side: np.ndarray, curve: tuple[float, float]) -> np.ndarray:
    level, slope = curve
    return side * (level + slope * polarity)


def _curve(polarity: np.ndarray, known: Labels) -> tuple[float, float]:
    """Level and slope of the logistic curve from polarity to the side of the rating; the slope is never below 0."""
    told = (known.side != 0) & known.rated
    polarity, side, counts = polarity[told], known.side[told], known.counts[told]

    def loss(curve: np.ndarray) -> tuple[float, np.ndarray]:
        margin = side * (curve[0] + curve[1] * polarity)
        slope = -counts * side * expit(-margin)
        value = -(counts * log_expit(margin)).sum() + LOOSE * (curve @ curve)
        return value, np.array([slope.sum(), slope @ polarity]) + 2 * LOOSE * curve

    found = minimize(loss, np.array([0.0, 3.0]), jac=True, method="L-BFGS-B", bounds=[(None, None), (0, STEEPEST)]).x
    return float(found[0]), float(found[1])


def _shift(read: Readings, known: Labels, curve: tuple[float, float]) -> np.ndarray:
    """The features' shifts that make the ratings likeliest, shrunk towards none; the KEPT largest."""
    n, told = len(read.total), known.side != 0
    of_text = sp.csr_matrix(
        (np.ones(len(read.owner)), (read.owner, np.arange(len(read.owner)))), shape=(n, len(read.owner))
    )
    of_unit, of_feature = of_text.T.tocsr(), read.units.T.tocsr()

    def loss(lean: np.ndarray) -> tuple[float, np.ndarray]:
        amount = read.base + read.factor * (read.units @ lean)
        size = np.sqrt(amount * amount + SMOOTH * SMOOTH)
        mass = read.mass + of_text @ (size - SMOOTH) + read.doubt
        polarity = (read.total + of_text @ amount) / mass
        margin = _margin(polarity, known.side, curve)
        pull = NEUTRAL_PULL * curve[1] * known.counts * polarity
        value = -(known.counts * log_expit(margin))[told].sum() + (pull * polarity)[~told].sum()
        slope = np.where(told, -known.counts * curve[1] * known.side * expit(-margin), 2 * pull) / mass
        by_unit = of_unit @ slope - (of_unit @ (slope * polarity)) * (amount / size)
        return value + PENALTY * (lean @ lean), of_feature @ (read.factor * by_unit) + 2 * PENALTY * lean

    start = np.zeros(read.units.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    smallest = np.sort(np.abs(found))[-KEPT:][0] if len(found) else 0.0
    return np.where(np.abs(found) >= max(smallest, LEAST), found, 0.0)


def _mean(gains: np.ndarray, group: np.ndarray) -> Estimate:
    """The mean with an interval over groups, widened for folds that share what was learned from; NaN for none."""
    n = len(gains)
    if not n:
        return Estimate(np.nan, np.nan, np.nan, 0)
    mean = float(gains.mean())
    _, place = np.unique(group, return_inverse=True)
    by_group = np.bincount(place, gains - mean)
    # A fold is tested on 1/FOLDS and learned from the rest: the variance grows by FOLDS · 1/(FOLDS − 1).
    reach = Z * float(np.sqrt((1 + FOLDS / (FOLDS - 1)) * (by_group**2).sum())) / n
    return Estimate(mean, mean - reach, mean + reach, n)
