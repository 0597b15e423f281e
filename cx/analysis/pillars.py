"""Pillars by channel and month, touchpoints along the journey: scores, and what stands apart from the rest."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from cx.analysis import asking, overview
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.stats import contrasts
from cx.store import Store


class Across(StrEnum):
    """What a map of touchpoints is crossed with."""

    PILLARS = "pillars"
    CHANNELS = "channels"


@dataclass(frozen=True, eq=False)
class PillarMap:
    """Pillar scores by channel and by month, every one tested against the rest of its pillar, all together.

    Both frames: pillar, part (channel, or first day of the month), value, low, high (−1…1), n (feedback naming it), rest,
    n_rest, difference, difference_low, difference_high, p, real.
    """

    channels: pd.DataFrame
    months: pd.DataFrame


@dataclass(frozen=True, eq=False)
class TouchpointMap:
    """Touchpoints crossed with pillars or channels, and along the journey.

    cells: touchpoint, part (pillar or channel), and the columns of PillarMap. A pillar's cell is tested against the feedback
    that names the pillar, but not there; a channel's against the touchpoint in the other channels.
    phases, touchpoints (in the order of the journey): key, value, low, high (−1…1), n, base, share, share_low, share_high
    (of feedback with text).
    """

    cells: pd.DataFrame
    phases: pd.DataFrame
    touchpoints: pd.DataFrame


def pillar_map(store: Store, selection: Filter) -> PillarMap:
    """Pillars by channel and by month. Feedback without channel or date counts in the rest only."""
    cells = overview.monthly(store, selection, asking.ces_variant(store, selection))
    whole = overview.named([""], cells.whole()).set_index("pillar")
    parts = (overview.named(*cells.added(keys)) for keys in (cells.channels, cells.months))
    return PillarMap(*contrasts.with_real(*(_pillar_parts(sums, whole) for sums in parts)))


def _pillar_parts(parts: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    parts = parts.set_index(["pillar", "part"])
    wholes = whole.loc[parts.index.get_level_values("pillar")].set_axis(parts.index)
    return contrasts.against_rest(parts, contrasts.remainder(wholes, parts)).reset_index()


def touchpoint_map(store: Store, selection: Filter, across: str = Across.PILLARS) -> TouchpointMap:
    """The touchpoints of a selection, crossed with "pillars" or "channels". Raises AskError for anything else."""
    for query in ("touchpoint_sums", "phase_sums"):
        store.ahead(query, filter=selection.parameter())
    crossed = {Across.PILLARS: _pair_cells, Across.CHANNELS: _channel_cells}
    cells = crossed[Across(asking.known(Across, across))](store, selection)
    return TouchpointMap(*contrasts.with_real(cells), *_journey(store, selection))


def _pair_cells(store: Store, selection: Filter) -> pd.DataFrame:
    wholes = store.frame("pillar_sums", filter=selection.parameter()).set_index("pillar")
    sums = store.frame("pair_sums", filter=selection.parameter()).rename(columns={"pillar": "part"})
    sums = sums.set_index(["touchpoint", "part"])
    inside = sums[["n", "whole_total", "whole_squares"]].set_axis(["n", "total", "squares"], axis=1)
    whole = wholes.loc[sums.index.get_level_values("part")].set_axis(sums.index)
    return contrasts.against_rest(sums, contrasts.remainder(whole, inside)).reset_index()


def _channel_cells(store: Store, selection: Filter) -> pd.DataFrame:
    sums = store.frame("touchpoint_channel_sums", filter=selection.parameter())
    wholes = sums.groupby("touchpoint")[["n", "total", "squares"]].sum()
    parts = sums.dropna(subset=["part"]).set_index(["touchpoint", "part"])
    whole = wholes.loc[parts.index.get_level_values("touchpoint")].set_axis(parts.index)
    return contrasts.against_rest(parts, contrasts.remainder(whole, parts)).reset_index()


def _journey(store: Store, selection: Filter) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Phases and touchpoints in the order of the model, as far as they are named at all."""
    model = taxonomy.load()
    phases = overview.phase_sums(store, selection)
    points = overview.touchpoint_sums(store, selection)
    return (
        contrasts.scored(_ordered(phases, "phase", model.phases)),
        contrasts.scored(_ordered(points, "touchpoint", model.touchpoints)),
    )


def _ordered(sums: pd.DataFrame, key: str, named: tuple[taxonomy.Named, ...]) -> pd.DataFrame:
    """key, n, total, squares, base of those that are there."""
    places = {name: place for place, name in enumerate(sums[key])}
    rows = [places[each.key] for each in named if each.key in places]
    return sums.iloc[rows].reset_index(drop=True)[[key, "n", "total", "squares", "base"]].rename(columns={key: "key"})
