"""Frames in, charts out: the charts of the app, complete with data for a notebook.

Each takes a frame as the Workspace gives it and the theme ("light" or "dark"), and speaks the language in use.
"""

import pandas as pd
from altair import LayerChart

from cx.charts import (
    consistency,
    dots,
    heat,
    lenses,
    multiples,
    pairs,
    quadrants,
    quality,
    segments,
    series,
    stations,
    waterfall,
    weighting,
    wording,
)
from cx.charts import result as results
from cx.charts import trend as trends
from cx.charts.quadrants import Crosshair
from cx.charts.result import Mark
from cx.charts.theme import Theme
from cx.charts.wording import Against
from cx.model.kpi import Kpi
from cx.model.step import Step

__all__ = [
    "answer", "change_split", "channel_consistency", "confusion", "distinctive_words", "driver_contributions", "driver_effects", "driver_sides", "drivers", "engines", "found_aspects",
    "importance_performance", "journey", "kpi_trend", "lens_four_c", "lens_gap", "lens_groups", "lens_surfaces", "over_time",
    "phenomena", "pillar_channels", "pillar_months", "pillars", "segment_differences", "touchpoint_cells",
    "touchpoints", "weighted",
]  # fmt: skip


def kpi_trend(frame: pd.DataFrame, kpi: str = Kpi.NPS, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.trend(kpi)` by month, with its interval as a band; months below n = 10 are gaps."""
    return trends.trend(trends.rows(frame, kpi), theme, kpi)


def pillars(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.pillars()` as dots with intervals, in the frame's order; below n = 10 an empty ring."""
    return dots.scores(dots.score_rows(frame, "pillar"), theme)


def touchpoints(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.touchpoints()` in the same way."""
    return dots.touchpoints(dots.score_rows(frame, "touchpoint"), theme)


def drivers(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.drivers()`: importance as dots with intervals, coloured by a real effect, grey where none is real."""
    return dots.importances(dots.driver_rows(frame), theme)


def driver_effects(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.drivers()`: the adjusted effect per step as dots with intervals, in the unit of the outcome."""
    return dots.effects(dots.effect_rows(frame), theme)


def driver_contributions(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.drivers()` of texts: adjusted contribution beside leave-out impact, in the unit of the outcome."""
    return pairs.contributions(pairs.contribution_rows(frame), theme)


def driver_sides(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.drivers()` of texts: what being named negatively costs and being named positively earns, and the kind that follows."""
    return pairs.sides(pairs.side_rows(frame), theme)


def importance_performance(
    frame: pd.DataFrame, crosshair: str = Crosshair.MIDDLE, theme: str = Theme.LIGHT
) -> LayerChart:
    """`Workspace.drivers()` as a map. `crosshair`: vertical line at the scale's "middle" or at the "mean"."""
    return quadrants.importance_performance(quadrants.rows(frame, crosshair), theme)


def engines(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`cx.text.quality.compared(engines)`: each figure with its interval, from 0 to 1."""
    return quality.engines(quality.engine_rows(frame), theme)


def confusion(table: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`cx.text.quality.confusion(…)`: what was meant against what was read."""
    return quality.confusion(quality.confusion_rows(table), theme)


def found_aspects(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """One dimension of `cx.text.quality.aspects()`: F1 with interval, best first."""
    return quality.aspects(quality.aspect_rows(frame), theme)


def phenomena(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`cx.text.quality.phenomena(cases)`: percent right, in the frame's order."""
    return quality.phenomena(quality.phenomenon_rows(frame), theme)


def weighted(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.weighted(…).kpis`: each key figure without (grey) and with weights, each pair on a scale of its own."""
    return weighting.compared(weighting.rows(frame), theme)


def answer(frame: pd.DataFrame, x: str, y: str, mark: str = Mark.DOT, theme: str = Theme.LIGHT) -> LayerChart:
    """The answer of `Workspace.query`: its column `y` over its column `x`, as "dot", "line" or "bar", without intervals."""
    return results.result(results.rows(frame, x, y), theme, results.form(frame[x], mark))


def segment_differences(frame: pd.DataFrame, group: str = "kpis", theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.compare(…).differences`: a row per segment, a column per measure of the group ("kpis", "pillars"); coloured where the
    difference is real."""
    return segments.segments(segments.rows(frame, group), theme)


def channel_consistency(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.compare(…).consistency`: the spread of each pillar between channels beyond chance."""
    return consistency.consistency(consistency.rows(frame), theme)


def change_split(frame: pd.DataFrame, kpi: str = Kpi.NPS, variant: str = "", theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.compare(…, kpi=kpi).split.parts`: from the period before to now, by mix and level of each channel."""
    return waterfall.waterfall(waterfall.rows(frame, kpi, variant), theme, kpi)


def pillar_channels(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.pillar_map().channels` as a heat map; framed cells really differ from the rest of their pillar."""
    return heat.heat(heat.pillar_rows(frame), theme)


def pillar_months(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.pillar_map().months` as six lanes under one axis of time; months below n = 10 are gaps."""
    return multiples.multiples(multiples.rows(frame), theme)


def touchpoint_cells(frame: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.touchpoint_map().cells` as a heat map in the order of the journey."""
    return heat.heat(heat.touchpoint_rows(frame), theme)


def journey(phases: pd.DataFrame, touchpoints: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.touchpoint_map().phases` and `.touchpoints`: each phase with what belongs to it."""
    return stations.journey(stations.rows(phases, touchpoints), theme)


def lens_groups(groups: pd.DataFrame, key: str, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.lens(key).groups` as dots with intervals, for "modules", "value" and "stages"."""
    return lenses.groups(lenses.group_rows(groups, key), theme)


def lens_gap(groups: pd.DataFrame, difference: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.lens("value")`: expectation, perception and the distance between them."""
    return lenses.groups(lenses.gap_rows(groups, difference), theme)


def lens_four_c(groups: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.lens("four_c").groups` as a heat map: the four Cs by who controls them."""
    return heat.heat(heat.four_c_rows(groups), theme)


def lens_surfaces(groups: pd.DataFrame, difference: pd.DataFrame, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.lens("ux")`: surface and whole of every channel."""
    return lenses.channels(lenses.channel_rows(groups, difference), theme)


def distinctive_words(frame: pd.DataFrame, against: str = Against.REST, theme: str = Theme.LIGHT) -> LayerChart:
    """`Workspace.themes(selection, against).contrast.terms`: how many times more often each word is used, to the right by the selection."""
    return wording.chart(wording.rows(frame), theme, against)


def over_time(
    frame: pd.DataFrame, bands: pd.DataFrame, measure: str = Kpi.NPS, step: str = Step.MONTH, theme: str = Theme.LIGHT
) -> LayerChart:
    """`points` and `bands` of `Workspace.series(measure, selection, step)`: interval as a band, control limits, levels, dates of shifts."""
    return series.chart(series.rows(frame, measure, step, bands), theme, f"{measure}//{step}")
