"""Lenses: the same mentions grouped by another model (`data/taxonomy.toml`). Nothing is scored anew."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from cx.analysis import asking
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.model.limits import N_UNCERTAIN
from cx.model.taxonomy import LensKey
from cx.stats import contrasts, overlap
from cx.store import Store

SURFACE, WHOLE = "surface", "whole"
EXPECTATION, PERCEPTION = "expectation", "perception"
CROSSED = "|"  # between the keys of a 4C and of who controls it; nothing behind it: whoever does
DIFFERENCE = ["part", "first", "second", "value", "low", "high", "p", "real", "n", "mismatch"]
COMPARED = {LensKey.VALUE: (PERCEPTION, EXPECTATION), LensKey.UX: (SURFACE, WHOLE)}


class Mismatch(StrEnum):
    """How the surface of a channel relates to its whole; named only where the difference is real."""

    NONE = ""
    GOOD_SURFACE = "good_surface"  # surface above zero, whole below
    WEAK_SURFACE = "weak_surface"
    SURFACE_AHEAD = "surface_ahead"  # better than the whole, but not on the other side of zero
    SURFACE_BEHIND = "surface_behind"


@dataclass(frozen=True, eq=False)
class LensView:
    """What a lens shows.

    groups: part (channel for "ux", else ""), group, value, low, high (−1…1), n (feedback that names one of its pairs), base,
    share, share_low, share_high (of feedback with text). 4C: group is "4C|who controls it", "4C|" whoever does.
    difference: part, first, second (groups), value, low, high, p, real, n (feedback that names both), mismatch; a row where two
    groups are compared ("value": perception minus expectation; "ux": surface minus whole, per channel), else empty.
    """

    key: str
    groups: pd.DataFrame
    difference: pd.DataFrame


def lens(store: Store, selection: Filter, key: str = LensKey.MODULES) -> LensView:
    """The mentions of a selection through a lens ("modules", "value", "four_c", "stages", "ux"); raises AskError for another."""
    which = LensKey(asking.known(LensKey, key))
    sums = _sums(store, selection, which)
    groups = contrasts.scored(sums[["part", "lens_group", "n", "total", "squares", "base"]])
    groups = groups.rename(columns={"lens_group": "group"})
    if which not in COMPARED:
        return LensView(str(which), groups, pd.DataFrame(columns=DIFFERENCE))
    [difference] = contrasts.with_real(_difference(sums, *COMPARED[which]))
    named = _mismatches(groups, difference) if which == LensKey.UX else str(Mismatch.NONE)
    return LensView(str(which), groups, difference.assign(mismatch=named)[DIFFERENCE])


def _sums(store: Store, selection: Filter, which: LensKey) -> pd.DataFrame:
    first, second = COMPARED.get(which, ("", ""))
    asked = {"filter": selection.parameter(), "first": first, "second": second}
    if taxonomy.load().lens(which).judged_by == "pillar":
        return store.frame("lens_pairs", assignment=_pairs(which), **asked)
    by = "channel" if which == LensKey.UX else ""
    return store.frame("lens_places", assignment=_places(which), by=by, **asked)


def _pairs(which: LensKey) -> list[dict[str, str]]:
    pairs = taxonomy.load().lens(which).pairs
    return [{"pillar": p.pillar, "touchpoint": p.touchpoint, "lens_group": p.group} for p in pairs if p.group]


def _places(which: LensKey) -> list[dict[str, str]]:
    model = taxonomy.load()
    found = model.lens(which).by_touchpoint()
    members = [(touchpoint, group) for touchpoint, group in found.items() if group]
    if which == LensKey.UX:
        members = [pair for pair in members if pair[1] == SURFACE] + [(touchpoint, WHOLE) for touchpoint in found]
    if which == LensKey.FOUR_C:
        controls = model.lens("control").by_touchpoint()
        members = [(t, f"{group}{CROSSED}{end}") for t, group in members for end in ("", controls[t])]
    return [{"touchpoint": touchpoint, "lens_group": group} for touchpoint, group in members]


def _difference(sums: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """First minus second of every part that names both often enough to tell."""
    sides = [sums[sums["lens_group"] == group].set_index("part") for group in (first, second)]
    common = sides[0].index.intersection(sides[1].index)
    one, other = (side.loc[common] for side in sides)
    other = other[["n", "total", "squares"]].add_prefix("other_")
    found = overlap.difference(one.join(other))
    enough = (one["n"] >= N_UNCERTAIN) & (other["other_n"] >= N_UNCERTAIN)
    found = found.assign(p=found["p"].where(enough), n=one["both"].fillna(0).astype(int), first=first, second=second)
    return found.rename_axis("part").reset_index()


def _mismatches(groups: pd.DataFrame, difference: pd.DataFrame) -> np.ndarray:
    levels = groups.set_index(["part", "group"])[["low", "high"]]
    one, other = (
        levels.reindex(pd.MultiIndex.from_arrays([difference["part"], difference[side]])).reset_index(drop=True)
        for side in ("first", "second")
    )
    real, ahead = difference["real"], difference["value"] > 0
    named = {
        Mismatch.GOOD_SURFACE: real & (one["low"] > 0) & (other["high"] < 0),
        Mismatch.WEAK_SURFACE: real & (one["high"] < 0) & (other["low"] > 0),
        Mismatch.SURFACE_AHEAD: real & ahead,
        Mismatch.SURFACE_BEHIND: real,
    }
    return np.select(list(named.values()), list(map(str, named)), str(Mismatch.NONE))


def leading(selection: Filter, key: str, *groups: str) -> Filter:
    """The voices of groups: the selection narrowed to their touchpoints, or, where pairs make the groups, to these."""
    if taxonomy.load().lens(key).judged_by == "pillar":
        return replace(selection, lens_groups=tuple(f"{key}.{group}" for group in groups))
    points = [member["touchpoint"] for member in _places(LensKey(key)) if member["lens_group"] in groups]
    return replace(selection, touchpoints=tuple(points))
