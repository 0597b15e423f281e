"""KPIs, pillars and their changes from counts and sums (one row per part, as the queries give them)."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from cx.model.kpi import Kpi
from cx.model.limits import N_UNCERTAIN
from cx.stats.comparison import benjamini_hochberg
from cx.stats.means import mean_difference_frame, mean_frame
from cx.stats.nps import nps_difference_frame, nps_frame
from cx.stats.shares import newcombe_frame, wilson_frame

PERCENT = 100
RANGES = {
    Kpi.NPS: 200,
    Kpi.CSAT: 100,
    Kpi.CES: 6,
    Kpi.RATING: 4,
    Kpi.POLARITY: 2,
}  # widest possible change, for ranking
PILLAR_RANGE = 2
ESTIMATE_COLUMNS = ["value", "low", "high", "n"]
CHANGE_COLUMNS = ["before", "n_before", "change", "change_low", "change_high", "p"]


class Measure(NamedTuple):
    """A KPI: which sums it needs under which names, how it is estimated and compared (now, before), and its unit."""

    sums: dict[str, str]
    estimate: Callable[[pd.DataFrame], pd.DataFrame]
    difference: Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]
    unit: float = 1

    def given(self, sums: pd.DataFrame) -> pd.DataFrame:
        """The sums it needs, under the names it knows."""
        return sums[list(self.sums)].set_axis(list(self.sums.values()), axis=1)

    def estimates(self, sums: pd.DataFrame) -> pd.DataFrame:
        """value, low, high, n of every row, on the index of `sums`."""
        return self._scaled(self.estimate(self.given(sums)))

    def differences(self, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
        """value, low, high, p of every row, on the index of `now`."""
        return self._scaled(self.difference(self.given(now), self.given(before)))

    def _scaled(self, found: pd.DataFrame) -> pd.DataFrame:
        return found.assign(**{name: self.unit * found[name] for name in ("value", "low", "high")})


def _mean(name: str) -> Measure:
    return Measure({f"{name}{part}": part for part in ("n", "total", "squares")}, mean_frame, mean_difference_frame)


MEASURES = {
    Kpi.NPS: Measure({name: name for name in ("promoters", "passives", "detractors")}, nps_frame, nps_difference_frame),
    Kpi.CSAT: Measure({"csat_top": "successes", "csat_n": "n"}, wilson_frame, newcombe_frame, PERCENT),
    Kpi.CES: _mean("ces_"),
    Kpi.RATING: _mean("rating_"),
    Kpi.POLARITY: _mean("polarity_"),
}
PILLAR = _mean("")


def kpis(sums: pd.DataFrame) -> pd.DataFrame:
    """Every KPI of every part: part, kpi, value, low, high, n.

    Units: NPS in points −100…100, CSAT in percent, CES and rating on their scale, polarity −1…1. No answers: NaN, n = 0.
    """
    parts = sums.set_index("part")
    found = [measure.estimates(parts).assign(kpi=str(kpi)) for kpi, measure in MEASURES.items()]
    return pd.concat(found).rename_axis("part").reset_index()[["part", "kpi", *ESTIMATE_COLUMNS]]


def kpi_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """What moved between two frames of sums, for parts in both: part, measure (kpi), after, n, and CHANGE_COLUMNS."""
    sides = now.set_index("part"), before.set_index("part")
    scores = [_changes(*sides, MEASURES[kpi]).assign(measure=str(kpi)) for kpi in (Kpi.NPS, Kpi.CSAT)]
    means = _changes(_moments(now), _moments(before), PILLAR).reset_index("measure")
    return _listed(pd.concat([*scores, means]).rename_axis("part").reset_index())


def _moments(sums: pd.DataFrame) -> pd.DataFrame:
    """n, total, squares of all KPIs that are means, one row per part and measure: one call instead of three."""
    parts = sums.set_index("part")
    found = {str(kpi): MEASURES[kpi].given(parts) for kpi in (Kpi.CES, Kpi.RATING, Kpi.POLARITY)}
    return pd.concat(found, names=["measure", "part"]).swaplevel()


def pillar_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The same for pillar sums, for pillars named in both: measure is the pillar."""
    sides = (side.rename(columns={"pillar": "measure"}).set_index(["part", "measure"]) for side in (now, before))
    return _listed(_changes(*sides, PILLAR).reset_index())


def _changes(now: pd.DataFrame, before: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """after, n and CHANGE_COLUMNS of the rows that both sides have, on their common index."""
    common = now.index.intersection(before.index)
    now, before = now.loc[common], before.loc[common]
    after, past, moved = measure.estimates(now), measure.estimates(before), measure.differences(now, before)
    columns = [
        after["value"],
        after["n"],
        past["value"],
        past["n"],
        moved["value"],
        moved["low"],
        moved["high"],
        moved["p"],
    ]
    return pd.concat(columns, axis=1).set_axis(["after", "n", *CHANGE_COLUMNS], axis=1)


def _listed(changes: pd.DataFrame) -> pd.DataFrame:
    return changes[["part", "measure", "after", "n", *CHANGE_COLUMNS]]


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
    counts = sums[[*keys, "n", "negative", "positive", "base"]].reset_index(drop=True)
    scores = mean_frame(sums[["n", "total", "squares"]].reset_index(drop=True))[["value", "low", "high"]]
    named = counts[["n", "base"]].set_axis(["successes", "n"], axis=1)
    shares = wilson_frame(named)[["value", "low", "high"]].set_axis(["share", "share_low", "share_high"], axis=1)
    found = pd.concat([counts, scores, shares], axis=1)
    order = ["part", "value"] if "part" in keys else ["value"]
    return found.sort_values(order, ascending=[True] * (len(order) - 1) + [False], ignore_index=True)
