"""Every colour, font and locale of the charts, in one place; the screen's own styles take them from here too."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from cx.language import current

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
TEXT_SIZE = 12.5
NOTE_SIZE = 11
LEAST_LIMIT = 0.1  # of a polarity: less would make noise look like difference
LEFT_ROOM = 0.15  # of the span, for a number left of its interval
TICK_ROOM, MONTH_ROOM = 60, 52  # pixels along an axis per number, and per month
MONTH = 2_629_800_000  # milliseconds
LABEL_ROOM = 44  # pixels right of the marks, for a value that stands beside the last of them


class Theme(StrEnum):
    """The two grounds a chart can stand on."""

    LIGHT = "light"
    DARK = "dark"


class Meaning(StrEnum):
    """What a colour says. Sign and shape repeat it."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    UNCERTAIN = "uncertain"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Palette:
    """Colours by meaning."""

    negative: str
    positive: str
    muted: str
    accent: str
    ink: str
    second_ink: str
    grid: str
    ground: str

    def scale(self) -> alt.Scale:
        """Meaning → colour."""
        plain = {
            Meaning.NEGATIVE: self.negative,
            Meaning.POSITIVE: self.positive,
            Meaning.NEUTRAL: self.second_ink,
            Meaning.UNCERTAIN: self.muted,
            Meaning.WITHHELD: self.muted,
        }
        return alt.Scale(domain=[str(meaning) for meaning in plain], range=list(plain.values()))


PALETTES = {
    Theme.LIGHT: Palette("#C2410C", "#0F766E", "#94A3B8", "#3730A3", "#0F172A", "#475569", "#E2E8F0", "#FFFFFF"),
    Theme.DARK: Palette("#FB923C", "#2DD4BF", "#64748B", "#A5B4FC", "#F1F5F9", "#94A3B8", "#273449", "#0F172A"),
}

# What D3 needs to know about German; English is its default.
GERMAN_NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0€"], "minus": "−"}
GERMAN_TIMES = {
    "dateTime": "%A, der %e. %B %Y, %X",
    "date": "%d.%m.%Y",
    "time": "%H:%M:%S",
    "periods": ["AM", "PM"],
    "days": ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
    "shortDays": ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
    "months": [
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ],
    "shortMonths": ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
}  # fmt: skip


def palette(theme: str = Theme.LIGHT) -> Palette:
    """The colours of a theme; an unknown name means light."""
    return PALETTES.get(theme, PALETTES[Theme.LIGHT])


def signed_labels(digits: int) -> str:
    """The Vega expression of axis labels with a sign, and a bare 0; hundredths all have two places, as the values beside the dots."""
    trim = "" if digits == 2 else "~"
    return f"datum.value == 0 ? '0' : format(datum.value, '+.{digits}{trim}f')"


def ticks(most: int = 5) -> dict[str, Any]:
    """Where numbers stand on an axis along the rows: as many as have room, so that none of them, least of all 0, has to give way."""
    return {"tickCount": alt.expr(f"clamp(floor(width / {TICK_ROOM}), 2, {most})"), "labelFlush": False}


def month_ticks() -> dict[str, Any]:
    """Where months or years stand on an axis of time: single months, quarters or years, as many as have room."""
    months = f"round((domain('x')[1] - domain('x')[0]) / {MONTH})"
    return {"tickCount": alt.expr(f"clamp(min({months}, floor(width / {MONTH_ROOM})), 1, 12)"), "labelBound": True}


def start(rows: pd.DataFrame) -> float:
    """Where an axis with a line at 0 begins (0 or less), for rows with value, low and high: left of negative ones stands their number."""
    value, low, high = (rows[name].to_numpy(dtype=float) for name in ("value", "low", "high"))
    known = ~np.isnan(value + low + high)
    least, most = low.min(initial=0.0, where=known), high.max(initial=0.0, where=known)
    return float(least - (most - least) * LEFT_ROOM if (value[known] < 0).any() else least)


def alone(known: pd.Series) -> pd.Series:
    """Whether a point has no neighbour to draw a band to (bool), for points in order of time; None: no point."""
    there = np.pad(known.notna().to_numpy(), 1)
    return pd.Series(there[1:-1] & ~there[:-2] & ~there[2:], known.index)


def lone_intervals(base: alt.Chart, colour: str) -> alt.Chart:
    """The intervals of points that stand alone (column `alone`) as upright strokes; the places of low and high are the caller's."""
    return base.transform_filter("datum.alone").mark_rule(color=colour, strokeWidth=3, opacity=0.25)


def kept_free(data: alt.NamedData | pd.DataFrame, pixels: int | str = LABEL_ROOM) -> alt.Chart:
    """`pixels` (a number or a Vega expression) right of the marks that hold whatever the width: Vega makes room for what reached out at the width before."""
    edge = alt.Chart(data).mark_rule(opacity=0)
    return edge.encode(x=alt.value(alt.expr("width")), x2=alt.value(alt.expr(f"width + ({pixels})")))


def configured(chart: alt.LayerChart, theme: str) -> alt.LayerChart:
    """`chart` with our font, colours and, in German, numbers and months."""
    colours = palette(theme)
    axis: dict[str, Any] = {
        "domain": False,
        "ticks": False,
        "labelColor": colours.second_ink,
        "labelFontSize": NOTE_SIZE,
        "titleColor": colours.second_ink,
        "titleFontSize": NOTE_SIZE,
        "titleFontWeight": "normal",
        "gridColor": colours.grid,
        "labelPadding": 6,
        "labelSeparation": 6,
    }
    german = {"locale": {"number": GERMAN_NUMBERS, "time": GERMAN_TIMES}} if current() == "de" else {}
    return chart.configure(
        background="transparent",
        font=FONT,
        view={"stroke": None},
        axis=axis,
        padding={"left": 2, "right": 2, "top": 4, "bottom": 2},
        **german,
    )
