"""Where things stand: KPIs and pillars as a whole, their course by month and what has changed, all added up from one table of sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from cx.analysis import asking
from cx.model.filter import Filter
from cx.model.kpi import CesVariant, Kpi
from cx.stats import kpis
from cx.stats.kpis import PILLARS, PLACES, SCORED, SCORES, SUMMED
from cx.store import Store

COLUMNS = pd.Index(SUMMED)  # made once: it is most of the time that a frame takes


@dataclass(frozen=True, eq=False)
class Cells:
    """The sums (cells, SUMMED) per month and channel, missing as 0; NaT and NaN where there is no month or channel."""

    months: np.ndarray
    channels: np.ndarray
    sums: np.ndarray

    def between(self, start: date, end: date) -> "Cells":
        """The cells of the months that begin within these days."""
        chosen = (self.months >= np.datetime64(start)) & (self.months <= np.datetime64(end))
        return Cells(self.months[chosen], self.channels[chosen], self.sums[chosen])

    def none(self) -> "Cells":
        """Nothing of them."""
        return self.between(date.max, date.max)

    def whole(self) -> np.ndarray:
        """One row of sums."""
        return self.sums.sum(axis=0, keepdims=True)

    def added(self, keys: np.ndarray) -> tuple[pd.Index, np.ndarray]:
        """The months or channels, ascending, and a row of sums each; what has none is left out."""
        places, parts = pd.factorize(keys, sort=True)
        sums = np.zeros((len(parts), len(SUMMED)))
        np.add.at(sums, places[places >= 0], self.sums[places >= 0])
        return pd.Index(parts), sums


def levels(store: Store, selection: Filter) -> pd.DataFrame:
    """One row per KPI, in the order of Kpi: kpi, value, low, high, n, variant (of the CES). Units as in cx.stats.kpis."""
    variant = asking.ces_variant(store, selection)
    found = kpis.kpis(monthly(store, selection, variant).whole())
    return found.assign(variant=[str(variant) if kpi == Kpi.CES else "" for kpi in found["kpi"]])


def with_changes(levels: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """The levels, and how the KPIs as a whole have changed: CHANGE_COLUMNS of cx.stats.kpis, real."""
    whole = np.flatnonzero(changes["part"].to_numpy() == "")[: len(levels)]  # the KPIs come first, in the same order
    found = {name: changes[name].to_numpy()[whole] for name in [*kpis.CHANGE_COLUMNS, "real"]}
    return pd.DataFrame(dict(levels.items()) | found)


def answers(store: Store, selection: Filter) -> pd.DataFrame:
    """How many answers each KPI has, in the order of Kpi: kpi, n, variant (of the CES). Cheaper than the levels."""
    extent = asking.extent(store, selection)
    variant = asking.variant_of(extent)
    ces = {CesVariant.V1: "ces_1", CesVariant.V2: "ces_2"}[variant]
    counted = {Kpi.NPS: "nps", Kpi.CSAT: "csat", Kpi.CES: ces, Kpi.RATING: "rating", Kpi.POLARITY: "with_text"}
    rows = [(str(kpi), int(extent[counted[kpi]]), str(variant) if kpi == Kpi.CES else "") for kpi in Kpi]
    return pd.DataFrame(rows, columns=["kpi", "n", "variant"])


def trends(store: Store, selection: Filter) -> pd.DataFrame:
    """Every KPI by month with feedback, ascending: month (date), kpi, value, low, high, n."""
    cells = monthly(store, selection, asking.ces_variant(store, selection))
    months, sums = cells.added(cells.months)
    return kpis.kpis(sums, month=months)


def channels(store: Store, selection: Filter) -> pd.DataFrame:
    """Every KPI of every channel: channel, kpi, value, low, high, n."""
    cells = monthly(store, selection, asking.ces_variant(store, selection))
    keys, sums = cells.added(cells.channels)
    return kpis.kpis(sums, channel=keys)


def pillars(store: Store, selection: Filter) -> pd.DataFrame:
    """One row per pillar that is named, best first (columns: cx.stats.kpis.pillars)."""
    cells = monthly(store, selection, asking.ces_variant(store, selection))
    return kpis.pillars(named([""], cells.whole()).drop(columns="part"))


def touchpoints(store: Store, selection: Filter) -> pd.DataFrame:
    """The same columns, one row per touchpoint that is named."""
    return kpis.pillars(touchpoint_sums(store, selection))


def touchpoint_sums(store: Store, selection: Filter) -> pd.DataFrame:
    """One row per touchpoint (columns: queries/touchpoint_sums.sql, and base: feedback with text)."""
    sums = store.frame("touchpoint_sums", filter=selection.parameter())
    return sums.assign(base=int(asking.extent(store, selection)["with_text"]))


def ahead(store: Store, selection: Filter) -> None:
    """Begin to ask for the touchpoints."""
    store.ahead("touchpoint_sums", filter=selection.parameter())


def phase_sums(store: Store, selection: Filter) -> pd.DataFrame:
    """One row per phase of the journey (columns: queries/phase_sums.sql, and base: feedback with text)."""
    sums = store.frame("phase_sums", filter=selection.parameter())
    return sums.assign(base=int(asking.extent(store, selection)["with_text"]))


def changes(store: Store, selection: Filter) -> pd.DataFrame:
    """Every change of KPIs and pillars between the periods compared, as a whole (part "") and per channel, tested together (columns:
    cx.stats.kpis.changes). Where there is nothing to compare with, the KPIs as a whole without any change."""
    variant, pair = asking.ces_variant(store, selection), asking.compared(store, selection)
    sides = sides_of(store, selection, pair, variant) if pair else [monthly(store, selection, variant).none()] * 2
    now, before = (dict(zip(*side.added(side.channels), strict=True)) for side in sides)
    shared = [] if len(selection.channels) == 1 else [channel for channel in now if channel in before]
    parts = (
        np.vstack([side.whole(), *(of[channel] for channel in shared)])
        for side, of in zip(sides, (now, before), strict=True)
    )
    return kpis.changes(["", *shared], *parts)


def sides_of(store: Store, selection: Filter, pair: tuple[Filter, Filter], variant: CesVariant) -> list[Cells]:
    """The two compared periods: out of what is selected, or asked for where they reach beyond it."""
    if selection.start or selection.end:
        return [monthly(store, part, variant) for part in pair]
    cells = monthly(store, selection, variant)
    return [cells.between(part.start, part.end) for part in pair]


def monthly(store: Store, selection: Filter, variant: CesVariant) -> Cells:
    """What is selected; pillars count where the text was read."""
    found = store.frame("monthly_sums", **asking.parameters(selection, variant))
    sums = summed(found)
    sums[~found["read"].to_numpy(dtype=bool), -len(SCORES) :] = 0
    return Cells(found["month"].to_numpy(), found["channel"].to_numpy(dtype=object), sums)


def summed(found: pd.DataFrame) -> np.ndarray:
    """The SUMMED of every row, missing as 0."""
    return np.nan_to_num(found[COLUMNS].to_numpy(dtype=float))


def named(parts: Sequence[object], sums: np.ndarray) -> pd.DataFrame:
    """One row per part and pillar that is named there: part, pillar, n, total, squares, negative, positive, base (feedback with text)."""
    scores = sums[:, -len(SCORES) :].reshape(-1, len(SCORED)).T
    base = np.repeat(sums[:, PLACES["polarity_n"]], len(PILLARS))
    found = dict(zip([*SCORED, "base"], [*scores, base], strict=True))
    keys = {"part": np.repeat(parts, len(PILLARS)), "pillar": np.tile(np.array(PILLARS, dtype=object), len(parts))}
    whole = {name: found[name].astype("int64") for name in ("n", "negative", "positive", "base")}
    return pd.DataFrame({name: column[found["n"] > 0] for name, column in (keys | found | whole).items()})
