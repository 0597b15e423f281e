"""A selection weighted to known shares of channels, products or locations: the weights, what they cost, the key figures."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from cx.analysis import asking
from cx.errors import AskError
from cx.language import _
from cx.model.filter import Filter
from cx.model.kpi import ENDS, Kpi
from cx.model.targets import WHOLE, Dimension, Targets
from cx.stats import kpis, weights
from cx.store import Store

ESTIMATES = {Kpi.NPS: weights.nps, Kpi.CSAT: weights.share}
KPI_COLUMNS = ["kpi", "variant", "weighted", "value", "low", "high", "n", "effective_n"]


@dataclass(frozen=True, eq=False)
class Weighting:
    """What weighting does to a selection.

    `values`: dimension, value, n, sampled and known (shares 0…1 of the feedback that has a value), weight (mean of its
    feedback; 1 is the average). `kpis`: KPI_COLUMNS, each key figure without and with weights, units as in cx.stats.kpis;
    effective_n is Kish's. `n`, `effective_n`, `largest` and `smallest`: feedbacks and their weights.
    """

    values: pd.DataFrame
    kpis: pd.DataFrame
    n: int
    effective_n: float
    largest: float
    smallest: float

    @property
    def design_effect(self) -> float:
        """The design effect: how many times larger weighting makes a variance, from 1."""
        return self.n / self.effective_n


def composition(store: Store, selection: Filter) -> pd.DataFrame:
    """What a selection is made of: dimension, value, n, share (0…1 of the feedback that has a value). Most frequent first."""
    found = store.frame("composition", filter=selection.parameter())
    return found.assign(share=found["n"] / found.groupby("dimension")["n"].transform("sum"))


def weighted(store: Store, targets: Targets, selection: Filter) -> Weighting:
    """The selection weighted by raking to known shares in percent, {"channel": {"App": 40, …}, …}.

    The shares hold among the feedback that has a value in the dimension. Raises AskError where the selection is empty, a dimension is
    unknown, or no weights meet the shares: they do not sum to 100, name a value without feedback, leave one out, or contradict each other.
    """
    variant = asking.ces_variant(store, selection)
    dimensions = [asking.known(Dimension, dimension) for dimension in targets]
    cells = store.frame("cell_sums", dimensions=dimensions, **asking.parameters(selection, variant))
    if cells.empty:
        raise AskError(_("Zu dieser Auswahl gibt es kein Feedback, das sich gewichten ließe."))
    weight = _weights(cells, targets)
    used = weight[weight > 0]
    return Weighting(
        values=pd.concat([_values(cells, weight, name, shares) for name, shares in targets.items()], ignore_index=True),
        kpis=_kpis(cells, weight).assign(variant=lambda rows: rows["kpi"].map({Kpi.CES: str(variant)}).fillna(""))[
            KPI_COLUMNS
        ],
        n=int(cells["n"].sum()),
        effective_n=weights.kish(weight, cells["n"]),
        largest=float(used.max()),
        smallest=float(used.min()),
    )


def _weights(cells: pd.DataFrame, targets: Targets) -> pd.Series:
    shares = {name: {value: share / WHOLE for value, share in known.items()} for name, known in targets.items()}
    try:
        return weights.rake(cells, shares)
    except ValueError as error:
        raise AskError(
            _(
                "Mit diesen Anteilen gibt es keine Gewichte. Je Merkmal müssen sie zusammen 100 % ergeben und jeden Wert nennen, "
                "zu dem es Feedback gibt, und keinen anderen. Mehrere Merkmale dürfen sich nicht widersprechen."
            )
        ) from error


def _values(cells: pd.DataFrame, weight: pd.Series, dimension: str, shares: dict[str, float]) -> pd.DataFrame:
    """One row per value of a dimension, in the order of the shares."""
    sums = (
        cells.assign(mass=cells["n"] * weight)
        .groupby(dimension)[["n", "mass"]]
        .sum()
        .reindex(list(shares), fill_value=0)
    )
    known = pd.Series(shares) / sum(shares.values())
    return pd.DataFrame(
        {
            "dimension": dimension,
            "value": sums.index,
            "n": sums["n"].to_numpy(),
            "sampled": (sums["n"] / sums["n"].sum()).to_numpy(),
            "known": known.to_numpy(),
            "weight": (sums["mass"] / sums["n"].where(sums["n"] > 0)).to_numpy(),
        }
    )


def _kpis(cells: pd.DataFrame, weight: pd.Series) -> pd.DataFrame:
    rows = []
    for kpi, measure in kpis.MEASURES.items():
        given = measure.given(cells)
        estimate = ESTIMATES.get(kpi, partial(weights.mean, ends=ENDS[kpi]))
        for is_weighted, by in ((False, weight * 0 + 1), (True, weight)):
            found = estimate(given, by)
            numbers = [measure.unit * number for number in (found.value, found.low, found.high)]
            rows.append((str(kpi), is_weighted, *numbers, found.n, found.effective_n))
    return pd.DataFrame(rows, columns=[name for name in KPI_COLUMNS if name != "variant"])
