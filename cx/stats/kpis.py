"""KPIs, pillars and their changes from counts and sums (one row per part, as the queries give them)."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from cx.model.kpi import Kpi
from cx.model.limits import N_UNCERTAIN
from cx.stats.comparison import benjamini_hochberg
from cx.stats.estimate import Difference, Estimate
from cx.stats.means import mean_difference, mean_interval
from cx.stats.nps import nps_difference, nps_interval
from cx.stats.shares import newcombe, wilson

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

Row = pd.Series


class Measure(NamedTuple):
    """How a KPI is estimated from one row of sums, and how two rows are compared (now, before)."""

    estimate: Callable[[Row], Estimate]
    difference: Callable[[Row, Row], Difference]


def _answers(row: Row) -> tuple[int, int, int]:
    return int(row["promoters"]), int(row["passives"]), int(row["detractors"])


def _moments(row: Row, name: str) -> tuple[int, float, float]:
    return int(row[f"{name}n"]), float(row[f"{name}total"]), float(row[f"{name}squares"])


def _mean(name: str) -> Measure:
    def estimate(row: Row) -> Estimate:
        n, total, squares = _moments(row, name)
        return mean_interval(total, squares, n)

    return Measure(estimate, lambda now, before: mean_difference(_moments(now, name), _moments(before, name)))


def _csat_estimate(row: Row) -> Estimate:
    share = wilson(int(row["csat_top"]), int(row["csat_n"]))
    return Estimate(PERCENT * share.value, PERCENT * share.low, PERCENT * share.high, share.n)


def _csat_difference(now: Row, before: Row) -> Difference:
    found = newcombe(int(now["csat_top"]), int(now["csat_n"]), int(before["csat_top"]), int(before["csat_n"]))
    return Difference(PERCENT * found.value, PERCENT * found.low, PERCENT * found.high, found.p)


MEASURES = {
    Kpi.NPS: Measure(
        lambda row: nps_interval(*_answers(row)), lambda now, before: nps_difference(_answers(now), _answers(before))
    ),
    Kpi.CSAT: Measure(_csat_estimate, _csat_difference),
    Kpi.CES: _mean("ces_"),
    Kpi.RATING: _mean("rating_"),
    Kpi.POLARITY: _mean("polarity_"),
}
PILLAR = _mean("")


def kpis(sums: pd.DataFrame) -> pd.DataFrame:
    """Every KPI of every part: part, kpi, value, low, high, n.

    Units: NPS in points −100…100, CSAT in percent, CES and rating on their scale, polarity −1…1. No answers: NaN, n = 0.
    """
    rows = [
        (row["part"], str(kpi), estimate.value, estimate.low, estimate.high, estimate.n)
        for _, row in sums.iterrows()
        for kpi, estimate in ((kpi, measure.estimate(row)) for kpi, measure in MEASURES.items())
    ]
    return pd.DataFrame(rows, columns=["part", "kpi", *ESTIMATE_COLUMNS])


def kpi_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """What moved between two frames of sums, for parts in both: part, measure (kpi), after, n, and CHANGE_COLUMNS."""
    return pd.concat([_changes(now, before, str(kpi), measure) for kpi, measure in MEASURES.items()], ignore_index=True)


def pillar_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The same for pillar sums: measure is the pillar."""
    names = sorted(set(now["pillar"]) & set(before["pillar"]))
    parts = [_changes(now[now["pillar"] == name], before[before["pillar"] == name], name, PILLAR) for name in names]
    return pd.concat(parts, ignore_index=True) if parts else _changes(now.head(0), before.head(0), "", PILLAR)


def _changes(now: pd.DataFrame, before: pd.DataFrame, name: str, measure: Measure) -> pd.DataFrame:
    earlier = before.set_index("part")
    rows = []
    for _, row in now[now["part"].isin(earlier.index)].iterrows():
        old = earlier.loc[row["part"]]
        after, past, found = measure.estimate(row), measure.estimate(old), measure.difference(row, old)
        rows.append(
            (row["part"], name, after.value, after.n, past.value, past.n, found.value, found.low, found.high, found.p)
        )
    return pd.DataFrame(rows, columns=["part", "measure", "after", "n", *CHANGE_COLUMNS])


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
    rows = []
    for _, row in sums.iterrows():
        score, share = PILLAR.estimate(row), wilson(int(row["n"]), int(row["base"]))
        rows.append((score.value, score.low, score.high, share.value, share.low, share.high))
    columns = ["value", "low", "high", "share", "share_low", "share_high"]
    estimates = pd.DataFrame(np.reshape(rows, (-1, len(columns))), columns=columns)
    keys = [name for name in ("part", "pillar", "touchpoint") if name in sums]
    counts = sums[[*keys, "n", "negative", "positive", "base"]].reset_index(drop=True)
    found = pd.concat([counts, estimates], axis=1)
    order = ["part", "value"] if "part" in keys else ["value"]
    return found.sort_values(order, ascending=[True] * (len(order) - 1) + [False], ignore_index=True)
