"""KPIs, pillars and their changes from counts and sums (one row per part, as the queries give them)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

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


def means(measures: Sequence[str]) -> Measure:
    """The means of several KPIs and pillars at once, which stand along the last axis of their sums."""
    ends = np.array([ENDS.get(measure, ENDS[Kpi.POLARITY]) for measure in measures], dtype=float)
    return PILLAR._replace(estimate=partial(mean_arrays, ends=tuple(ends.T)))


def kpis(sums: pd.DataFrame, kpi: str = "") -> pd.DataFrame:
    """Every KPI of every part, or one: part, kpi, value, low, high, n.

    Units: NPS in points −100…100, CSAT in percent, CES and rating on their scale, polarity −1…1. No answers: NaN, n = 0.
    """
    wanted = [Kpi(kpi)] if kpi else list(MEASURES)
    found = [MEASURES[each].estimated(columns(sums, list(MEASURES[each].sums))) for each in wanted]
    keys = {"part": list(sums["part"]) * len(wanted), "kpi": [str(each) for each in wanted for _part in sums.index]}
    return _frame(keys, ESTIMATE_COLUMNS, found)


def kpi_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """What moved between two frames of sums, for parts in both: part, measure (kpi), after, n, and CHANGE_COLUMNS."""
    here, there = _common(now, before, ["part"])
    found = [_changes(measure, now, here, before, there) for measure in MEASURES.values()]
    parts = list(now["part"].iloc[here])
    keys = {"part": parts * len(MEASURES), "measure": [str(kpi) for kpi in MEASURES for _part in parts]}
    return _frame(keys, ["after", "n", *CHANGE_COLUMNS], found)


def pillar_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The same for pillar sums, for pillars named in both: measure is the pillar."""
    here, there = _common(now, before, ["part", "pillar"])
    keys = {"part": list(now["part"].iloc[here]), "measure": list(now["pillar"].iloc[here])}
    return _frame(keys, ["after", "n", *CHANGE_COLUMNS], [_changes(PILLAR, now, here, before, there)])


def _changes(measure: Measure, now: pd.DataFrame, here: list[int], before: pd.DataFrame, there: list[int]) -> Arrays:
    """after, n and CHANGE_COLUMNS of the rows at these places."""
    sides = [
        [sums[rows] for sums in columns(side, list(measure.sums))] for side, rows in ((now, here), (before, there))
    ]
    (after, _low, _high, n), (past, _low, _high, n_before) = map(measure.estimated, sides)
    return after, n, past, n_before, *measure.compared(*sides)


def _common(now: pd.DataFrame, before: pd.DataFrame, keys: list[str]) -> tuple[list[int], list[int]]:
    """Places of the rows that both frames have, by their keys, in the order of `now`."""
    theirs = {key: place for place, key in enumerate(zip(*(before[name] for name in keys), strict=True))}
    own = enumerate(zip(*(now[name] for name in keys), strict=True))
    found = [(place, theirs[key]) for place, key in own if key in theirs]
    return [here for here, _there in found], [there for _here, there in found]


def _frame(keys: dict[str, list[str]], names: list[str], found: Sequence[Arrays]) -> pd.DataFrame:
    """The keys, and the arrays under their names, those of several measures one below the other."""
    words = {name: np.array(texts, dtype=object) for name, texts in keys.items()}
    return pd.DataFrame(words | {name: np.concatenate(parts) for name, *parts in zip(names, *found, strict=True)})


def with_real(changes: pd.DataFrame) -> pd.DataFrame:
    """The changes with `real`: enough answers on both sides, and passed Benjamini–Hochberg over all rows given."""
    enough = (changes["n"] >= N_UNCERTAIN) & (changes["n_before"] >= N_UNCERTAIN)
    tested = changes["p"].where(enough)
    return changes.assign(real=benjamini_hochberg(tested.to_numpy(dtype=float)))


def movements(changes: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The `limit` largest real changes, at most one per part, with `size` (share of the measure's widest possible change)."""
    widest = changes["measure"].map({str(kpi): span for kpi, span in RANGES.items()}).fillna(PILLAR_RANGE)
    sized = changes.assign(size=changes["change"].abs() / widest)
    ranked = sized[sized["real"]].sort_values("size", ascending=False, kind="stable")
    return ranked.drop_duplicates("part").head(limit).reset_index(drop=True)


def pillars(sums: pd.DataFrame) -> pd.DataFrame:
    """Pillar scores and mention shares: part, pillar, value, low, high (−1…1), n (feedback naming it), share, share_low,
    share_high (of the base), negative, positive, base. Best pillar first within a part."""
    keys = [name for name in ("part", "pillar", "touchpoint") if name in sums]
    value, low, high, _n = PILLAR.estimated(columns(sums, SUMS))
    share, share_low, share_high, _base = wilson_arrays(*columns(sums, ("n", "base")))
    order = np.lexsort((-value, *(_ranked(sums[name]) for name in keys if name == "part")))
    found = {name: sums[name].to_numpy() for name in [*keys, "n", "negative", "positive", "base"]}
    found |= {"value": value, "low": low, "high": high}
    found |= {"share": share, "share_low": share_low, "share_high": share_high}
    return pd.DataFrame({name: numbers[order] for name, numbers in found.items()})


def _ranked(names: pd.Series) -> np.ndarray:
    return np.unique(np.array(list(names), dtype=object), return_inverse=True)[1]
