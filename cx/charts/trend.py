"""One KPI by month: line, interval as a pale band, gaps where n is too small."""

from datetime import date

import altair as alt
import numpy as np
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.theme import Meaning
from cx.language import _, month, number
from cx.model.limits import N_UNCERTAIN, N_WITHHELD

COLUMNS = ["month", "value", "low", "high", "name", "text", "bounds", "base", "meaning", "alone"]
HEIGHT = 230
PICK = "pick"


def rows(frame: pd.DataFrame, kpi: str) -> pd.DataFrame:
    """Months (columns of `Workspace.trend`) as COLUMNS, without holes in time; withheld months have no value."""
    if frame.empty:
        return pd.DataFrame(columns=COLUMNS)
    months = pd.date_range(frame["month"].min(), frame["month"].max(), freq="MS")
    known = {row["month"]: row for row in frame.to_dict("records")}
    found = pd.DataFrame([_row(start, known.get(start, {"n": 0}), kpi) for start in months], columns=COLUMNS[:-1])
    return found.assign(alone=themes.alone(found["value"]))


def _row(start: date, row: dict, kpi: str) -> tuple:
    n = int(row["n"])
    withheld = n < N_WITHHELD
    value, low, high = (None,) * 3 if withheld else (row["value"], row["low"], row["high"])
    return (
        start,
        value,
        low,
        high,
        month(start),
        words.too_few() if withheld else words.value(kpi, value),
        "" if withheld else words.bounds(kpi, low, high),
        number(n),
        str(Meaning.UNCERTAIN if n < N_UNCERTAIN else Meaning.NEUTRAL),
    )


def trend(data: alt.NamedData | pd.DataFrame, theme: str, kpi: str) -> alt.LayerChart:
    """The KPI over time, clickable by month (point parameter `pick`)."""
    colours = themes.palette(theme)
    x = alt.X("month:T").axis(format="%b %y", grid=False, labelOverlap=True, **themes.month_ticks()).title(None)
    style = words.style(kpi)
    form = {"labelExpr": themes.signed_labels(style.digits)} if style.signed else {"format": f".{style.digits}f"}
    axis = alt.Axis(tickCount=4, **form)
    y = alt.Y("value:Q").scale(zero=False, nice=True, padding=6).axis(axis).title(None)
    base = alt.Chart(data).encode(x=x)
    band = base.mark_area(opacity=0.16, color=colours.accent).encode(
        y=alt.Y("low:Q").scale(zero=False, nice=True, padding=6).title(None), y2="high:Q"
    )
    lone = themes.lone_intervals(base, colours.accent).encode(y=alt.Y("low:Q").title(None), y2="high:Q")
    line = base.mark_line(color=colours.accent, strokeWidth=2).encode(y=y)
    point = alt.Color("meaning:N").scale(
        domain=[Meaning.NEUTRAL, Meaning.UNCERTAIN], range=[colours.accent, colours.muted]
    )
    dots = base.mark_point(filled=True, size=36, opacity=1).encode(y=y, color=point.legend(None))
    chart = alt.layer(band, lone, line, dots, _clickable(base, kpi)).properties(
        width="container", height=HEIGHT, description=_("Verlauf nach Monaten: ") + words.kpi_name(kpi)
    )
    return themes.configured(chart, theme)


def _clickable(base: alt.Chart, kpi: str) -> alt.Chart:
    tooltip = [
        alt.Tooltip("name:N").title(_("Monat")),
        alt.Tooltip("text:N").title(words.kpi_name(kpi)),
        alt.Tooltip("bounds:N").title(_("95\u00a0%")),
        alt.Tooltip("base:N").title("n"),
    ]
    column = base.mark_rule(opacity=0, strokeWidth=26, cursor="pointer").encode(
        y=alt.value(0), y2=alt.value("height"), tooltip=tooltip
    )
    return column.add_params(alt.selection_point(name=PICK, fields=["month"]))


SPARK_WIDTH, SPARK_HEIGHT = 100, 24
SPARK_MONTHS = 3  # fewer draw no course


def sparkline(frame: pd.DataFrame) -> tuple[str, ...]:
    """The same months as SVG paths ("M0,12 L…") in a box of 100 × 24, one per stretch without a withheld month."""
    known = frame["n"].to_numpy() >= N_WITHHELD
    if known.sum() < SPARK_MONTHS:
        return ()
    months, values = frame["month"].to_numpy()[known], frame["value"].to_numpy(dtype=float)[known]
    days = months.astype("datetime64[D]").astype(float)
    position = (days - days[0]) / (days[-1] - days[0]) * SPARK_WIDTH
    level = (values.max() - values) / (np.ptp(values) or 1) * (SPARK_HEIGHT - 4) + 2
    gaps = np.flatnonzero(np.diff(months.astype("datetime64[M]").astype(int)) > 1) + 1
    points = np.array([f"{x:.1f},{y:.1f}" for x, y in zip(position, level, strict=True)])
    return tuple("M" + " L".join(stretch) for stretch in np.split(points, gaps))
