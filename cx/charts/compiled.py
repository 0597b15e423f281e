"""The same charts as Vega-Lite specs without data, compiled once per language and theme, and the rows they draw.

Altair needs about 30 ms per chart; a spec that is kept needs none (docs/decisions.md).
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from cx.charts import dots, quadrants, quality, trend, weighting
from cx.language import current

BUILDERS: dict[str, Callable[..., alt.LayerChart]] = {
    "pillars": dots.scores,
    "touchpoints": dots.touchpoints,
    "drivers": dots.importances,
    "importance_performance": quadrants.importance_performance,
    "kpi_trend": trend.trend,
    "weighting": weighting.compared,
    "engines": quality.engines,
    "confusion": quality.confusion,
    "found_aspects": quality.aspects,
    "phenomena": quality.phenomena,
}
ROWS: dict[str, Callable[..., pd.DataFrame]] = {
    "pillars": lambda frame: dots.score_rows(frame, "pillar"),
    "touchpoints": lambda frame: dots.score_rows(frame, "touchpoint"),
    "drivers": dots.driver_rows,
    "importance_performance": quadrants.rows,
    "kpi_trend": trend.rows,
    "weighting": weighting.rows,
    "engines": quality.engine_rows,
    "confusion": quality.confusion_rows,
    "found_aspects": quality.aspect_rows,
    "phenomena": quality.phenomenon_rows,
}


def spec(chart: str, theme: str, kpi: str = "") -> dict[str, Any]:
    """The Vega-Lite spec of `chart` in the language in use, without data. `kpi` only for "kpi_trend"."""
    return _compiled(chart, theme, kpi, current())


def rows(chart: str, frame: pd.DataFrame, *choices: str) -> pd.DataFrame:
    """What the spec draws, from a frame of the Workspace; `choices` are the chart's own (KPI, crosshair)."""
    return ROWS[chart](frame, *choices)


@cache
def _compiled(chart: str, theme: str, kpi: str, language: str) -> dict[str, Any]:
    assert language == current()  # the key names what the builder reads
    built = BUILDERS[chart](alt.NamedData("frame"), theme, *([kpi] if kpi else []))
    found = built.to_dict(validate=False)
    found.pop("data", None)
    return found
