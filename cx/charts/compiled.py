"""The same charts as Vega-Lite specs without data, compiled once per language and theme, and the rows they draw.

Altair needs about 30 ms per chart; a spec that is kept needs none (docs/decisions.md).
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from cx.charts import (
    consistency,
    dots,
    heat,
    lenses,
    multiples,
    pairs,
    quadrants,
    quality,
    result,
    segments,
    series,
    stations,
    trend,
    waterfall,
    weighting,
    wording,
)
from cx.language import current

BUILDERS: dict[str, Callable[..., alt.LayerChart]] = {
    "pillars": dots.scores,
    "touchpoints": dots.touchpoints,
    "drivers": dots.importances,
    "driver_effects": dots.effects,
    "driver_contributions": pairs.contributions,
    "driver_sides": pairs.sides,
    "importance_performance": quadrants.importance_performance,
    "kpi_trend": trend.trend,
    "weighting": weighting.compared,
    "pillar_channels": heat.heat,
    "pillar_months": multiples.multiples,
    "touchpoint_cells": heat.heat,
    "journey": stations.journey,
    "lens_groups": lenses.groups,
    "lens_pair_groups": lenses.groups,
    "lens_gap": lenses.groups,
    "lens_four_c": heat.heat,
    "lens_surfaces": lenses.channels,
    "segments": segments.segments,
    "consistency": consistency.consistency,
    "change_split": waterfall.waterfall,
    "series": series.chart,
    "engines": quality.engines,
    "confusion": quality.confusion,
    "found_aspects": quality.aspects,
    "phenomena": quality.phenomena,
    "wording": wording.chart,
    "result": result.result,
}
ROWS: dict[str, Callable[..., pd.DataFrame]] = {
    "pillars": lambda frame: dots.score_rows(frame, "pillar"),
    "touchpoints": lambda frame: dots.score_rows(frame, "touchpoint"),
    "drivers": dots.driver_rows,
    "driver_effects": dots.effect_rows,
    "driver_contributions": pairs.contribution_rows,
    "driver_sides": pairs.side_rows,
    "importance_performance": quadrants.rows,
    "kpi_trend": trend.rows,
    "weighting": weighting.rows,
    "pillar_channels": heat.pillar_rows,
    "pillar_months": multiples.rows,
    "touchpoint_cells": heat.touchpoint_rows,
    "journey": stations.rows,
    "lens_groups": lenses.group_rows,
    "lens_pair_groups": lenses.group_rows,
    "lens_gap": lenses.gap_rows,
    "lens_four_c": heat.four_c_rows,
    "lens_surfaces": lenses.channel_rows,
    "segments": segments.rows,
    "consistency": consistency.rows,
    "change_split": waterfall.rows,
    "series": series.rows,
    "engines": quality.engine_rows,
    "confusion": quality.confusion_rows,
    "found_aspects": quality.aspect_rows,
    "phenomena": quality.phenomenon_rows,
    "wording": wording.rows,
    "result": result.rows,
}


def spec(chart: str, theme: str, kpi: str = "") -> dict[str, Any]:
    """The Vega-Lite spec of `chart` in the language in use, without data. `kpi` only for "kpi_trend", and for "result" its shape."""
    return _compiled(chart, theme, kpi, current())


def rows(chart: str, frame: pd.DataFrame, *choices: Any) -> pd.DataFrame:
    """What the spec draws, from a frame of the Workspace; `choices` are the chart's own (KPI, crosshair, a second frame)."""
    return ROWS[chart](frame, *choices)


@cache
def _compiled(chart: str, theme: str, kpi: str, language: str) -> dict[str, Any]:
    assert language == current()  # the key names what the builder reads
    built = BUILDERS[chart](alt.NamedData("frame"), theme, *([kpi] if kpi else []))
    found = built.to_dict(validate=False)
    found.pop("data", None)
    return found
