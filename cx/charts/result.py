"""The answer of a query that somebody wrote, as dots, a line or bars: without intervals, since nothing is known of what its numbers are."""

from enum import StrEnum

import altair as alt
import pandas as pd

from cx.charts import theme as themes
from cx.language import NO_NUMBER, _, day, number

COLUMNS = ["x", "y", "name", "text"]
HEIGHT = 280
STEP = 26
CATEGORIES = 40  # more are no chart any more
LABELS = 200  # pixels


class Mark(StrEnum):
    """What values are drawn as."""

    DOT = "dot"
    LINE = "line"
    BAR = "bar"


class Kind(StrEnum):
    """What the horizontal values are: points in time, numbers, names."""

    TIME = "time"
    NUMBER = "number"
    NAME = "name"


def kind(values: pd.Series) -> Kind:
    """What a column of an answer holds."""
    known = values.dropna()
    if pd.api.types.is_bool_dtype(known) or known.empty:
        return Kind.NAME
    if pd.api.types.is_numeric_dtype(known):
        return Kind.NUMBER
    times = pd.api.types.is_datetime64_any_dtype(known) or known.map(lambda value: hasattr(value, "isoformat")).all()
    return Kind.TIME if times else Kind.NAME


def numbers(frame: pd.DataFrame) -> list[str]:
    """The columns that can be drawn along an axis of numbers."""
    return [name for name in frame if kind(frame[name]) == Kind.NUMBER]


def marks(values: pd.Series) -> list[Mark]:
    """What is possible over such horizontal values, the usual first."""
    usual = {
        Kind.TIME: [Mark.LINE, Mark.DOT, Mark.BAR],
        Kind.NUMBER: [Mark.DOT, Mark.LINE, Mark.BAR],
        Kind.NAME: [Mark.DOT, Mark.BAR],
    }
    return usual[kind(values)]


def rows(frame: pd.DataFrame, x: str, y: str) -> pd.DataFrame:
    """`frame` as COLUMNS: without rows that lack a value of `y`, of names the first CATEGORIES."""
    known = frame[frame[y].notna()]
    across, of = known[x], kind(frame[x])
    if of == Kind.TIME:
        across = pd.to_datetime(across, errors="coerce")
    if of == Kind.NAME:
        across = across.map(str).where(across.notna(), NO_NUMBER)
    found = pd.DataFrame({"x": across, "y": known[y].astype(float)})
    found = found[found["x"].notna()]
    named = {Kind.TIME: day, Kind.NUMBER: _exact, Kind.NAME: str}[of]
    found = found.assign(name=found["x"].map(named), text=found["y"].map(_exact))
    return found.head(CATEGORIES if of == Kind.NAME else len(found))[COLUMNS].reset_index(drop=True)


def _exact(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 3)


def form(values: pd.Series, mark: str) -> str:
    """The choice that a spec is compiled for: "line:time"."""
    return f"{mark}:{kind(values)}"


def result(data: alt.NamedData | pd.DataFrame, theme: str, shape: str) -> alt.LayerChart:
    """Rows of COLUMNS; `shape` as `form` gives it. Names stand on the left, everything else runs to the right."""
    mark, _colon, across = shape.partition(":")
    colours = themes.palette(theme)
    value = {"axis": alt.Axis(tickCount=5), "scale": alt.Scale(zero=mark == Mark.BAR, nice=True), "title": None}
    tooltip = [alt.Tooltip("name:N").title(_("waagerecht")), alt.Tooltip("text:N").title(_("Wert"))]
    if across == Kind.NAME:
        place = {
            "y": alt.Y("x:N", sort=None, axis=alt.Axis(labelLimit=LABELS, grid=False), title=None),
            "x": alt.X("y:Q", **value),
        }
        tooltip[0] = alt.Tooltip("name:N").title(_("Name"))
    else:
        axis = alt.Axis(grid=False, labelOverlap=True, **({"format": "%d.%m.%y"} if across == Kind.TIME else {}))
        kind_of = "T" if across == Kind.TIME else "Q"
        x = alt.X(
            f"x:{kind_of}",
            axis=axis,
            title=None,
            **({} if kind_of == "T" else {"scale": alt.Scale(zero=False, nice=True)}),
        )
        place = {"x": x, "y": alt.Y("y:Q", **value)}
    base = alt.Chart(data).encode(**place, tooltip=tooltip)
    chart = alt.layer(*_drawn(base, mark, colours, across)).properties(
        width="container",
        height=alt.Step(STEP) if across == Kind.NAME else HEIGHT,
        description=_("Ergebnis der Abfrage"),
    )
    return themes.configured(chart, theme)


def _drawn(base: alt.Chart, mark: str, colours: themes.Palette, across: str) -> list[alt.Chart]:
    if mark == Mark.BAR:
        size = {} if across == Kind.NAME else {"size": 6}
        return [base.mark_bar(color=colours.accent, opacity=0.85, **size)]
    dots = base.mark_point(filled=True, size=60, opacity=0.9, color=colours.accent)
    return [base.mark_line(color=colours.accent, strokeWidth=2), dots] if mark == Mark.LINE else [dots]
