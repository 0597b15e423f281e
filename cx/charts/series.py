"""One measure over time: interval as a pale band, control limits as thin lines, levels before and after a shift, its date as an upright band."""

import altair as alt
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.theme import Meaning
from cx.language import _, day, month, number
from cx.model.limits import N_UNCERTAIN, N_WITHHELD
from cx.model.step import Step

COLUMNS = [
    "start", "value", "low", "high", "centre", "level", "limit_low", "limit_high", "outside", "name", "text", "bounds", "expected", "base",
    "meaning", "alone", "band_start", "band_stop",
]  # fmt: skip
HEIGHT = 300
LIMITED = 0.5  # of the points shown
PICK = "pick"
FORMATS = {Step.DAY: "%e. %b", Step.WEEK: "%e. %b %y", Step.MONTH: "%b %y"}


def interval_name(start: pd.Timestamp, step: str) -> str:
    """ "März 2026", "Woche ab 03.08.2026" or "03.08.2026"."""
    if step == Step.MONTH:
        return month(start)
    return _("Woche ab {day}").format(day=day(start)) if step == Step.WEEK else day(start)


def rows(frame: pd.DataFrame, measure: str, step: str, bands: pd.DataFrame) -> pd.DataFrame:
    """Points (columns of cx.stats.series.Series.points) as COLUMNS; withheld ones have no value. `bands`: start, stop of the dates that a
    shift may have; one stands in each of the first rows."""
    found = pd.DataFrame([_row(row, measure, step) for row in frame.to_dict("records")], columns=COLUMNS[:-3])
    if not found["outside"].any() and found["limit_low"].notna().sum() < LIMITED * found["value"].notna().sum():
        found[["limit_low", "limit_high"]] = None  # two or three pieces of a line are no limits
    found["centre"] = bridged(found["centre"].astype(float).round(9))
    levels = found["centre"]
    found["level"] = levels.ne(levels.shift()).cumsum()
    return found.assign(
        alone=themes.alone(found["value"]),
        band_start=bands["start"].reindex(range(len(found))),
        band_stop=bands["stop"].reindex(range(len(found))),
    )[COLUMNS]


def bridged(levels: pd.Series) -> pd.Series:
    """Levels with the gaps closed in which the same level goes on; what lies between two levels stays empty."""
    before = levels.ffill()
    return before.where(before == levels.bfill())


def _row(row: dict, measure: str, step: str) -> tuple:
    withheld = row["n"] < N_WITHHELD
    value, low, high = (None,) * 3 if withheld else (row["value"], row["low"], row["high"])
    limited = not pd.isna(row["limit_low"])
    return (
        row["start"],
        value,
        low,
        high,
        None if pd.isna(row["centre"]) else row["centre"],
        0,
        row["limit_low"] if limited else None,
        row["limit_high"] if limited else None,
        bool(row["outside"]),
        interval_name(row["start"], step),
        words.too_few() if withheld else words.value(measure, value),
        "" if withheld else words.bounds(measure, low, high),
        words.bounds(measure, row["limit_low"], row["limit_high"]) if limited else "–",
        number(row["n"]),
        str(_meaning(row)),
    )


def _meaning(row: dict) -> Meaning:
    if row["outside"]:
        return Meaning.NEGATIVE if row["value"] < row["centre"] else Meaning.POSITIVE
    return Meaning.UNCERTAIN if row["n"] < N_UNCERTAIN else Meaning.NEUTRAL


def chart(data: alt.NamedData | pd.DataFrame, theme: str, shape: str) -> alt.LayerChart:
    """Rows of `rows`; `shape` is measure, CES variant and step, "nps//month". Clickable by interval (point parameter `pick`)."""
    measure, variant, step = shape.split("/")
    colours = themes.palette(theme)
    x = alt.X("start:T").axis(format=FORMATS[Step(step)], grid=False, labelOverlap=True, labelFlush=True).title(None)
    y = alt.Y("value:Q").scale(zero=False, nice=True, padding=8).axis(_axis(measure)).title(None)
    base = alt.Chart(data).encode(x=x)
    dates = base.transform_filter("isValid(datum.band_start)").mark_rect(opacity=0.14, color=colours.second_ink)
    band = base.mark_area(opacity=0.16, color=colours.accent).encode(y=y.copy().__class__("low:Q"), y2="high:Q")
    dashed = {"color": colours.muted, "strokeWidth": 1, "interpolate": "step"}
    limits = [base.mark_line(**dashed).encode(y=f"{edge}:Q", detail="level:N") for edge in ("limit_low", "limit_high")]
    level = base.mark_line(color=colours.second_ink, strokeWidth=1.5, strokeDash=[5, 4]).encode(
        y="centre:Q", detail="level:N"
    )
    lone = themes.lone_intervals(base, colours.accent).encode(y="low:Q", y2="high:Q")
    line = base.mark_line(color=colours.accent, strokeWidth=2).encode(y=y)
    layers = [
        dates.encode(x=alt.X("band_start:T"), x2="band_stop:T"),
        band,
        lone,
        *limits,
        level,
        line,
        _dots(base, y, colours),
        _clickable(base, measure, variant, step),
    ]
    whole = alt.layer(*layers).properties(
        width="container", height=HEIGHT, description=_("Verlauf: ") + words.measure_name(measure)
    )
    return themes.configured(whole, theme)


def _axis(measure: str) -> alt.Axis:
    style = words.style(measure)
    form = {"labelExpr": themes.signed_labels(style.digits)} if style.signed else {"format": f".{style.digits}f"}
    return alt.Axis(tickCount=5, **form)


def _dots(base: alt.Chart, y: alt.Y, colours: themes.Palette) -> alt.Chart:
    tones = {
        Meaning.NEUTRAL: colours.accent,
        Meaning.UNCERTAIN: colours.muted,
        Meaning.NEGATIVE: colours.negative,
        Meaning.POSITIVE: colours.positive,
    }
    colour = alt.Color("meaning:N").scale(domain=[str(tone) for tone in tones], range=list(tones.values())).legend(None)
    shape = alt.Shape("outside:N").scale(domain=[False, True], range=["circle", "diamond"]).legend(None)
    size = alt.Size("outside:N").scale(domain=[False, True], range=[30, 130]).legend(None)
    return base.mark_point(filled=True, opacity=1).encode(y=y, color=colour, shape=shape, size=size)


def _clickable(base: alt.Chart, measure: str, variant: str, step: str) -> alt.Chart:
    titles = {Step.DAY: _("Tag"), Step.WEEK: _("Woche"), Step.MONTH: _("Monat")}
    name = words.kpi_name(measure, variant) if measure in words.STYLES else words.aspect_name(measure)
    tooltip = [
        alt.Tooltip("name:N").title(titles[Step(step)]),
        alt.Tooltip("text:N").title(name),
        alt.Tooltip("bounds:N").title(_("95\u00a0%")),
        alt.Tooltip("expected:N").title(_("Grenzen")),
        alt.Tooltip("base:N").title("n"),
    ]
    width = {Step.DAY: 8, Step.WEEK: 8, Step.MONTH: 26}[Step(step)]
    column = base.mark_rule(opacity=0, strokeWidth=width, cursor="pointer").encode(
        y=alt.value(0), y2=alt.value("height"), tooltip=tooltip
    )
    return column.add_params(alt.selection_point(name=PICK, fields=["start"]))
