"""Weights that lift a sample to known shares, and what weighted numbers are worth.

Sources: raking (iterative proportional fitting) Deming & Stephan, Annals of Mathematical Statistics 11 (1940);
effective number of answers Kish, Survey Sampling (1965); linearised variance of a weighted mean Särndal, Swensson &
Wretman, Model Assisted Survey Sampling (1992), 5.6; intervals of shares on the effective number Korn & Graubard, Survey
Methodology 24 (1998). Weights are never cut off: trimmed ones no longer meet the shares that they were made for.

A cell is a combination of channel, location … with its answers; all answers of a cell weigh the same, so that sums per
cell suffice. The known shares count as exact and the weights as given; where cells differ much the intervals are a little
too wide, never too narrow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from cx.stats.estimate import TAIL, Estimate, columns, counts
from cx.stats.means import ROUNDING, SUMS, UNKNOWN, between
from cx.stats.nps import GROUPS, nps_interval
from cx.stats.shares import wilson

ROUNDS = 1_000
CLOSE = 1e-9  # relative distance from the targets at which raking ends
SHARES_ROUNDING = 0.0011  # shares that were rounded to 0.1 % may miss the sum of 1 by so much
EXTREME = 5.0  # DeBell & Krosnick, ANES Technical Report nes012427 (2009): a weight above is one that calls for a look

IMPOSSIBLE = "no weights meet all shares at once: some combinations of values have no answers"

Vector = Sequence[float] | np.ndarray | pd.Series


@dataclass(frozen=True)
class Weighted:
    """A weighted number with its 95 % interval, in the unit of the value; NaN where there is nothing."""

    value: float
    low: float
    high: float
    n: int
    """Answers, as they came in."""
    effective_n: float
    """How many equally weighted answers would carry as much (Kish), from 0 to n."""

    @property
    def design_effect(self) -> float:
        """Kish's design effect: how many times larger weighting makes a variance, from 1; NaN without answers."""
        return self.n / self.effective_n if self.effective_n else float("nan")


def kish(weights: Vector, n: Vector | float = 1) -> float:
    """Effective number of answers, (Σw)²/Σw², from 0 to the number of answers; missing weights are left out.

    `n`: how many answers have each weight. No weights give 0; negative ones raise ValueError.
    """
    w, base = counts(np.asarray(weights, dtype=float), np.asarray(n, dtype=float))
    squares = np.nansum(base * w**2)
    return float(np.nansum(base * w) ** 2 / squares) if squares else 0.0


def rake(cells: pd.DataFrame, targets: Mapping[str, Mapping[object, float]], n: str = "n") -> pd.Series:
    """The weight of every answer of a cell, on the index of `cells`; the mean over answers is 1.

    `cells` holds a column per dimension and the number of answers; `targets` the known shares (0…1) per dimension and
    value. They hold among the cells that have a value in the dimension (a shop's location says nothing of the app); the
    dimension leaves the others as they are; where values are missing, the order of the dimensions bears a little on
    the weights, never on the shares. A share of 0 gives weight 0. Raises ValueError for a missing column, negative numbers, shares that do not sum to 1, a value without
    answers or without share, and where no weights meet all shares at once.
    """
    (answers,) = counts(*columns(cells, [n]))
    margins = [_margin(cells, dimension, shares, answers) for dimension, shares in targets.items()]
    weights = np.ones(len(cells))
    for _ in range(ROUNDS):
        furthest = 0.0
        for place, known in margins:
            sums = np.bincount(place, answers * weights, len(known) + 1)[:-1]
            goals = known * sums.sum()
            if (known[sums == 0] > 0).any():
                raise ValueError(IMPOSSIBLE)
            factors = np.divide(goals, sums, out=np.ones_like(goals), where=sums > 0)
            furthest = max(furthest, float(np.abs(factors - 1).max()))
            weights = weights * np.append(factors, 1)[place]
        if furthest < CLOSE:
            return pd.Series(weights, index=cells.index, name="weight")
    raise ValueError(IMPOSSIBLE)


def nps(groups: pd.DataFrame, weights: Vector) -> Weighted:
    """The weighted NPS, -100 to 100, of cells with promoters, passives, detractors; adjusted Wald on the effective n."""
    sums = np.column_stack(counts(*columns(groups, GROUPS)))
    shares, n, effective = _shares(sums, weights)
    return _on(nps_interval(*(effective * shares)), n, effective)


def share(shares: pd.DataFrame, weights: Vector) -> Weighted:
    """The weighted share, 0 to 1, of cells with successes and n; Wilson's interval on the effective n."""
    successes, base = counts(*columns(shares, ("successes", "n")))
    [hits, _], n, effective = _shares(np.column_stack([successes, base - successes]), weights)
    return _on(wilson(min(hits, 1.0) * effective, effective), n, effective)


def mean(sums: pd.DataFrame, weights: Vector, ends: tuple[float, float] = UNKNOWN) -> Weighted:
    """The weighted mean of cells with n, total, squares; t interval on the linearised variance, within the `ends` of the scale.

    Variance: n/(n−1) Σw²(y − ȳ)² / (Σw)²; degrees of freedom: the effective n − 1. One answer has no interval; equal ones have
    that of `means.mean_interval` on the effective n.
    """
    base, squares = counts(*columns(sums, (SUMS[0], SUMS[2])))
    (total,) = columns(sums, (SUMS[1],))
    w = _matching(weights, base)
    n, effective, mass = int(np.rint(base.sum())), kish(w, base), float(w @ base)
    if not mass:
        return Weighted(np.nan, np.nan, np.nan, 0, 0.0)
    value = float(w @ total) / mass
    around = squares - 2 * value * total + value**2 * base
    around = np.where(around <= ROUNDING * squares, 0, around)
    freedom = effective - 1
    if n < 2 or freedom <= 0:
        return Weighted(value, np.nan, np.nan, n, effective)
    reach = stats.t.isf(TAIL, freedom) * np.sqrt(n / (n - 1) * float(w**2 @ around)) / mass
    low, high = between(value, reach, effective, ends)
    return Weighted(value, float(low), float(high), n, effective)


def _margin(
    cells: pd.DataFrame, dimension: str, shares: Mapping[object, float], answers: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The place of each cell among the values of a dimension (after the last: without a value), and their shares."""
    if dimension not in cells.columns:
        raise ValueError(f"columns missing: {dimension}")
    values, known = list(shares), np.array(list(shares.values()), dtype=float)
    if not (known >= 0).all() or abs(known.sum() - 1) > SHARES_ROUNDING:
        raise ValueError(f"the shares of {dimension} must not be negative and sum to 1")
    held = cells.loc[answers > 0, dimension].dropna()
    if unknown := set(held) - set(values):
        raise ValueError(f"no share is given for {dimension}: {', '.join(map(str, unknown))}")
    if absent := {value for value, part in shares.items() if part > 0} - set(held):
        raise ValueError(f"no answers have {dimension}: {', '.join(map(str, absent))}")
    place = pd.Index(values).get_indexer(cells[dimension])
    return np.where(place < 0, len(values), place), known / known.sum()


def _matching(weights: Vector, n: np.ndarray) -> np.ndarray:
    (w,) = counts(np.asarray(weights, dtype=float))
    if w.shape != n.shape:
        raise ValueError("one weight per cell is needed")
    return w


def _shares(sums: np.ndarray, weights: Vector) -> tuple[np.ndarray, int, float]:
    """Weighted shares of the groups (cells, groups), the number of answers, and what they are worth."""
    base = sums.sum(axis=1)
    w = _matching(weights, base)
    mass = float(w @ base)
    shares = w @ sums / mass if mass else np.zeros(sums.shape[1])
    return shares, int(np.rint(base.sum())), kish(w, base)


def _on(found: Estimate, n: int, effective: float) -> Weighted:
    return Weighted(found.value, found.low, found.high, n, effective)
