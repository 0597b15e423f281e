"""Key figures without and with weights, one below the other, each pair on a scale of its own."""

import altair as alt
import pandas as pd

from cx.charts import dots, words
from cx.charts.theme import Meaning
from cx.language import _, number
from cx.model.limits import N_UNCERTAIN, N_WITHHELD

COLUMNS = [*dots.COLUMNS, "lane"]
NAMES = 190
LEFT, RIGHT = 0.06, 0.78  # where the two intervals of a pair lie between 0 and 1: room for the values beside them


def rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Key figures (`Workspace.weighted(…).kpis`) that have answers as COLUMNS; value, low and high are places from 0 to 1."""
    answered = frame[frame["n"] > 0]
    found = [row for _kpi, pair in answered.groupby("kpi", sort=False) for row in _pair(pair)]
    return pd.DataFrame(found, columns=COLUMNS[:-1]).assign(lane=lambda lanes: lanes.index.astype(str))


def _pair(pair: pd.DataFrame) -> list[tuple]:
    shown = pair[pair["effective_n"] >= N_WITHHELD]
    low, high = shown["low"].min(), shown["high"].max()
    return [_row(row, low, max(high - low, 1e-9)) for row in pair.to_dict("records")]


def _row(row: dict, low: float, span: float) -> tuple:
    withheld = row["effective_n"] < N_WITHHELD
    places = [
        float("nan") if withheld else LEFT + (RIGHT - LEFT) * (row[name] - low) / span
        for name in ("value", "low", "high")
    ]
    note = _("gewichtet · effektives n = {n}") if row["weighted"] else _("ungewichtet · n = {n}")
    name = words.kpi_name(row["kpi"], row["variant"])
    return (
        row["kpi"],
        name,
        note.format(n=number(row["effective_n"])),
        *places,
        words.too_few() if withheld else words.value(row["kpi"], row["value"]),
        "" if withheld else words.bounds(row["kpi"], row["low"], row["high"]),
        number(row["n"]),
        str(_meaning(row)),
        0.0,
    )


def _meaning(row: dict) -> Meaning:
    if row["effective_n"] < N_WITHHELD:
        return Meaning.WITHHELD
    return Meaning.NEUTRAL if row["weighted"] and row["effective_n"] >= N_UNCERTAIN else Meaning.UNCERTAIN


def compared(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Two dots with intervals per key figure: grey without weights, dark with."""
    axis = alt.Axis(labels=False, grid=False)
    x = alt.X("value:Q").scale(domain=[0, 1]).axis(axis).title(None)
    return dots.ranked(data, theme, x, _("Wert"), dots.Look(NAMES, "lane", clickable=False))
