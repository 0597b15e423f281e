"""Where things stand: KPIs and pillars as a whole, their course by month and what has changed, all added up from one table of sums."""

import numpy as np
import pandas as pd

from cx.analysis import asking
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.model.kpi import CesVariant, Kpi
from cx.stats import kpis
from cx.stats.means import SUMS
from cx.store import Store

PILLARS = sorted(taxonomy.pillar_keys())
SCORED = [*SUMS, "negative", "positive"]
SCORES = [f"{pillar}_{name}" for pillar in PILLARS for name in SCORED]


def levels(store: Store, selection: Filter) -> pd.DataFrame:
    """One row per KPI, in the order of Kpi: kpi, value, low, high, n, variant (of the CES). Units as in cx.stats.kpis."""
    variant = asking.ces_variant(store, selection)
    found = kpis.kpis(whole(monthly(store, selection, variant))).drop(columns="part")
    found = found.set_index("kpi").reindex([str(kpi) for kpi in Kpi]).reset_index()
    found["variant"] = found["kpi"].map({Kpi.CES: str(variant)}).fillna("")
    return found


def answers(store: Store, selection: Filter) -> pd.DataFrame:
    """How many answers each KPI has, in the order of Kpi: kpi, n, variant (of the CES). Cheaper than the levels."""
    extent = asking.extent(store, selection)
    variant = asking.variant_of(extent)
    ces = {CesVariant.V1: "ces_1", CesVariant.V2: "ces_2"}[variant]
    counted = {Kpi.NPS: "nps", Kpi.CSAT: "csat", Kpi.CES: ces, Kpi.RATING: "rating", Kpi.POLARITY: "with_text"}
    rows = [(str(kpi), int(extent[counted[kpi]]), str(variant) if kpi == Kpi.CES else "") for kpi in Kpi]
    return pd.DataFrame(rows, columns=["kpi", "n", "variant"])


def trends(store: Store, selection: Filter, kpi: str = "") -> pd.DataFrame:
    """Every KPI, or one, by month with feedback, ascending: kpi, value, low, high, n, month (date)."""
    found = kpis.kpis(parts(monthly(store, selection, asking.ces_variant(store, selection)), "month"), kpi)
    return found.assign(month=pd.to_datetime(found["part"])).drop(columns="part")


def channels(store: Store, selection: Filter) -> pd.DataFrame:
    """Every KPI of every channel: channel, kpi, value, low, high, n."""
    found = kpis.kpis(parts(monthly(store, selection, asking.ces_variant(store, selection)), "channel"))
    return found.rename(columns={"part": "channel"})


def pillars(store: Store, selection: Filter) -> pd.DataFrame:
    """One row per pillar that is named, best first (columns: cx.stats.kpis.pillars, without part)."""
    cells = monthly(store, selection, asking.ces_variant(store, selection))
    return kpis.pillars(named(whole(cells))).drop(columns="part")


def touchpoints(store: Store, selection: Filter) -> pd.DataFrame:
    """The same columns, one row per touchpoint that is named."""
    return kpis.pillars(touchpoint_sums(store, selection))


def touchpoint_sums(store: Store, selection: Filter) -> pd.DataFrame:
    """One row per touchpoint (columns: queries/touchpoint_sums.sql, and base: feedback with text)."""
    sums = store.frame("touchpoint_sums", filter=selection.parameter())
    return sums.assign(base=int(asking.extent(store, selection)["with_text"]))


def changes(store: Store, selection: Filter) -> pd.DataFrame:
    """Every change of KPIs and pillars between the periods compared, as a whole (part "") and per channel, tested together (columns:
    cx.stats.kpis.with_real). Where there is nothing to compare with, the KPIs as a whole without any change."""
    variant, pair = asking.ces_variant(store, selection), asking.compared(store, selection)
    cells = monthly(store, selection, variant)
    sides = [within(store, selection, cells, part, variant) for part in pair] if pair else [cells.iloc[:0]] * 2
    if len(selection.channels) == 1:  # the only channel is the whole
        sums = [whole(side) for side in sides]
    else:
        sums = [pd.concat([whole(side), parts(side, "channel")], ignore_index=True) for side in sides]
    found = [kpis.kpi_changes(*sums), kpis.pillar_changes(*map(named, sums))]
    return kpis.with_real(pd.concat(found, ignore_index=True))


def monthly(store: Store, selection: Filter, variant: CesVariant) -> pd.DataFrame:
    """The sums per month and channel; pillars count where the text was read, as `base` does."""
    cells = store.frame("monthly_sums", **asking.parameters(selection, variant))
    cells.loc[~cells["read"], SCORES] = 0
    return cells.drop(columns="read")


def within(store: Store, selection: Filter, cells: pd.DataFrame, part: Filter, variant: CesVariant) -> pd.DataFrame:
    """The cells of a compared period: those of the selection that lie in it, asked for where it reaches beyond the selection."""
    if part == selection:
        return cells
    if selection.start or selection.end:
        return monthly(store, part, variant)
    return cells[cells["month"].between(pd.Timestamp(part.start), pd.Timestamp(part.end))]


def whole(cells: pd.DataFrame) -> pd.DataFrame:
    """One row of sums, part ""."""
    return cells.drop(columns=["month", "channel"]).sum().to_frame().T.assign(part="")


def parts(cells: pd.DataFrame, by: str) -> pd.DataFrame:
    """A row of sums per "month" or "channel", as `part`, ascending; what has none is left out."""
    other = "channel" if by == "month" else "month"
    return cells.drop(columns=other).groupby(by).sum().rename_axis("part").reset_index()


def named(sums: pd.DataFrame) -> pd.DataFrame:
    """One row per part and pillar that is named there: part, pillar, n, total, squares, negative, positive, base (feedback with text)."""
    scores = sums[SCORES].to_numpy(dtype=float).reshape(-1, len(SCORED))
    keys = {"part": np.repeat(sums["part"].to_numpy(dtype=object), len(PILLARS)), "pillar": PILLARS * len(sums)}
    found = pd.DataFrame(keys | dict(zip(SCORED, scores.T, strict=True)))
    found["base"] = np.repeat(sums["polarity_n"].to_numpy(dtype=float), len(PILLARS))
    counted = dict.fromkeys(("n", "negative", "positive", "base"), "int64")
    return found[found["n"] > 0].astype(counted).reset_index(drop=True)
