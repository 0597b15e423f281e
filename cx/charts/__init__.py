"""Frames in, charts out: the charts of the app, complete with data for a notebook.

Each takes a frame as the Workspace gives it and the theme ("light" or "dark"), and speaks the language in use.
"""

import pandas as pd
from altair import LayerChart

from cx.charts import dots, quadrants, quality, weighting
from cx.charts import trend as trends
from cx.charts.quadrants import Crosshair
from cx.charts.theme import Theme
from cx.model.kpi import Kpi

__all__ = [
    "confusion", "drivers", "engines", "found_aspects", "importance_performance", "kpi_trend", "phenomena", "pillars",
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


def importance_performance(
    frame: pd.DataFrame, crosshair: str = Crosshair.MIDDLE, theme: str = Theme.LIGHT
) -> LayerChart:
    """`Workspace.drivers()` as a map. `crosshair`: vertical line at the scale's "middle" or at the "mean" of the pillars."""
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
