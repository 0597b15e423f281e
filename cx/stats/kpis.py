"""KPIs, pillars and their changes from sums: arrays with one row per part, the columns SUMMED (as the queries give them, missing as 0)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from cx.model import taxonomy
from cx.model.kpi import ENDS, Kpi
from cx.model.limits import N_UNCERTAIN
from cx.stats.comparison import benjamini_hochberg
from cx.stats.estimate import columns, estimates
from cx.stats.means import SUMS, cautious_difference_arrays, mean_arrays
from cx.stats.nps import GROUPS, nps_arrays, nps_difference_arrays
from cx.stats.shares import newcombe_arrays, wilson_arrays

PERCENT = 100
RANGES = {kpi: highest - lowest for kpi, (lowest, highest) in ENDS.items()}  # widest possible change, for ranking
PILLAR_RANGE = RANGES[Kpi.POLARITY]
ESTIMATE_COLUMNS = ["value", "low", "high", "n"]
CHANGE_COLUMNS = ["before", "n_before", "change", "change_low", "change_high", "p"]


Arrays = Sequence[np.ndarray]


class Measure(NamedTuple):
    """A KPI: which sums it needs under which names, how arrays of them are estimated and compared (now, before), and its unit."""

    sums: dict[str, str]
    estimate: Callable[..., tuple[np.ndarray, ...]]
    difference: Callable[[Arrays, Arrays], tuple[np.ndarray, ...]]
    unit: float = 1

    def given(self, sums: pd.DataFrame) -> pd.DataFrame:
        """The sums it needs, under the names it knows."""
        return sums[list(self.sums)].set_axis(list(self.sums.values()), axis=1)

    def estimates(self, sums: pd.DataFrame) -> pd.DataFrame:
        """value, low, high, n of every row, on the index of `sums`."""
        return estimates(*self.estimated(columns(sums, list(self.sums))), sums.index)

    def estimated(self, sums: Arrays) -> Arrays:
        """value, low, high, n of every element of the sums."""
        *bounds, n = self.estimate(*sums)
        return *(self.unit * bound for bound in bounds), np.rint(np.nan_to_num(n)).astype("int64")

    def compared(self, now: Arrays, before: Arrays) -> Arrays:
        """value, low, high, p of every element of the sums."""
        *bounds, p = self.difference(now, before)
        return *(self.unit * bound for bound in bounds), p


def _mean(name: str, kpi: Kpi) -> Measure:
    estimated = partial(mean_arrays, ends=ENDS[kpi])
    return Measure({f"{name}{part}": part for part in SUMS}, estimated, cautious_difference_arrays)


MEASURES = {
    Kpi.NPS: Measure({name: name for name in GROUPS}, nps_arrays, nps_difference_arrays),
    Kpi.CSAT: Measure({"csat_top": "successes", "csat_n": "n"}, wilson_arrays, newcombe_arrays, PERCENT),
    Kpi.CES: _mean("ces_", Kpi.CES),
    Kpi.RATING: _mean("rating_", Kpi.RATING),
    Kpi.POLARITY: _mean("polarity_", Kpi.POLARITY),
}
PILLAR = _mean("", Kpi.POLARITY)
KPIS = [str(kpi) for kpi in MEASURES]
MEANS = [*KPIS[2:], *taxonomy.pillar_keys()]
MEASURED = [*KPIS, *taxonomy.pillar_keys()]
PILLARS = sorted(taxonomy.pillar_keys())
SCORED = [*SUMS, "negative", "positive"]
SCORES = [f"{pillar}_{name}" for pillar in PILLARS for name in SCORED]
SUMMED = ["n", *dict.fromkeys(name for measure in MEASURES.values() for name in measure.sums), *SCORES]
PLACES = {name: place for place, name in enumerate(SUMMED)}


def means(measures: Sequence[str]) -> Measure:
    """The means of several KPIs and pillars at once, which stand along the last axis of their sums."""
    ends = np.array([ENDS.get(measure, ENDS[Kpi.POLARITY]) for measure in measures], dtype=float)
    return PILLAR._replace(estimate=partial(mean_arrays, ends=tuple(ends.T)))


def names(measure: str) -> list[str]:
    """The sums of a KPI or pillar as cx.stats names them."""
    return list((MEASURES[Kpi(measure)] if measure in KPIS else PILLAR).sums)


def places(measure: str) -> list[int]:
    """Where they stand in SUMMED."""
    return [PLACES[name if measure in KPIS else f"{measure}_{name}"] for name in names(measure)]


WAYS = [  # how measures are estimated, and per sum where it stands for each of them; together in the order of MEASURED
    *((MEASURES[kpi], [[place] for place in places(kpi)]) for kpi in (Kpi.NPS, Kpi.CSAT)),
    (means(MEANS), [list(each) for each in zip(*map(places, MEANS), strict=True)]),
]


def estimated(sums: np.ndarray) -> list[np.ndarray]:
    """value, low, high, n (parts, MEASURED)."""
    return _joined([way.estimated(given) for way, given in _given(sums)])


def compared(now: np.ndarray, before: np.ndarray) -> list[np.ndarray]:
    """value, low, high, p (parts, MEASURED) of the difference of two sides."""
    sides = zip(_given(now), _given(before), strict=True)
    return _joined([way.compared(own, other) for (way, own), (_way, other) in sides])


def _given(sums: np.ndarray) -> list[tuple[Measure, list[np.ndarray]]]:
    """What WAYS need of sums: arrays (parts, measures)."""
    return [(way, [sums[:, place] for place in each]) for way, each in WAYS]


def _joined(found: list[Arrays]) -> list[np.ndarray]:
    return [np.hstack(arrays) for arrays in zip(*found, strict=True)]


def kpis(sums: np.ndarray, **parts: Sequence[object]) -> pd.DataFrame:
    """Every KPI of every part: the parts under the name they are given by (`month=…`), kpi, value, low, high, n.

    Units: NPS in points −100…100, CSAT in percent, CES and rating on their scale, polarity −1…1. No answers: NaN, n = 0.
    """
    found = [numbers[:, : len(KPIS)] for numbers in estimated(sums)]
    return _frame(parts, {"kpi": KPIS}, dict(zip(ESTIMATE_COLUMNS, found, strict=True)))


def changes(parts: Sequence[object], now: np.ndarray, before: np.ndarray) -> pd.DataFrame:
    """What moved from one period to the other: part, measure, after, n, CHANGE_COLUMNS, real. A pillar that either does not name is left out.

    `real`: enough answers on both sides, and passed Benjamini–Hochberg over all rows.
    """
    (after, _low, _high, n), (past, _low, _high, n_before) = estimated(now), estimated(before)
    *change, p = compared(now, before)
    least = np.minimum(n, n_before)
    real = benjamini_hochberg(np.where(least >= N_UNCERTAIN, p, np.nan))
    columns = dict(zip(CHANGE_COLUMNS, (past, n_before, *change, p), strict=True))
    numbers = {"after": after, "n": n} | columns | {"real": real}
    found = _frame({"part": parts}, {"measure": MEASURED}, numbers)
    named = (least > 0) | np.isin(MEASURED, KPIS)
    return found[named.T.ravel()].reset_index(drop=True)


def _frame(
    parts: dict[str, Sequence[object]], measures: dict[str, Sequence[str]], numbers: dict[str, np.ndarray]
) -> pd.DataFrame:
    """Arrays (parts, measures) as columns, one measure below the other, after the columns of the parts and of the measures."""
    of, each = next(iter(numbers.values())).shape
    keys = {name: np.tile(part, each) for name, part in parts.items()}
    keys |= {name: np.repeat(np.array(measure, dtype=object), of) for name, measure in measures.items()}
    return pd.DataFrame(keys | {name: array.T.ravel() for name, array in numbers.items()})


def movements(changes: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The `limit` largest real changes, at most one per part, with `size` (share of the measure's widest possible change)."""
    real = np.flatnonzero(changes["real"])
    widest = np.array([RANGES.get(measure, PILLAR_RANGE) for measure in changes["measure"]], dtype=float)
    size = np.abs(changes["change"].to_numpy()) / widest
    ranked = real[np.argsort(-size[real], kind="stable")]
    _parts, first = np.unique(changes["part"].to_numpy(dtype=object)[ranked], return_index=True)
    largest = ranked[np.sort(first)[:limit]]
    return changes.iloc[largest].assign(size=size[largest]).reset_index(drop=True)


def pillars(sums: pd.DataFrame) -> pd.DataFrame:
    """Scores and mention shares of pillars or touchpoints, best first: their key, n (feedback naming it), negative, positive, base, value,
    low, high (−1…1), share, share_low, share_high (of the base).

    `sums`: the key, SUMS, negative, positive, base.
    """
    value, low, high, _n = PILLAR.estimated(columns(sums, SUMS))
    share, share_low, share_high, _base = wilson_arrays(*columns(sums, ("n", "base")))
    order = np.argsort(-value, kind="stable")
    found = {name: sums[name].to_numpy() for name in sums.columns if name not in ("total", "squares")}
    found |= {"value": value, "low": low, "high": high}
    found |= {"share": share, "share_low": share_low, "share_high": share_high}
    return pd.DataFrame({name: numbers[order] for name, numbers in found.items()})
