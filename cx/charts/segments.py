"""Segments beside each other: a row per segment, a column per measure, in each cell a dot with its interval under the number.

Every column has its own scale (KPIs) or shares that of the others (pillars); a thin line marks the value of the whole selection.
A cell can be clicked (point parameter `pick`: segment and measure).
"""

from datetime import date

import altair as alt
import numpy as np
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.dots import PICK
from cx.charts.theme import Meaning
from cx.language import NO_NUMBER, _, interval, month, number, percent
from cx.model import taxonomy
from cx.model.kpi import Kpi
from cx.model.limits import N_UNCERTAIN, N_WITHHELD

ROW = 38
NAMES = 116
EDGE = 0.16  # of a column, left free at both sides
NARROW = 330  # pixels: names of columns stand on two lines, numbers are smaller
SMALL = 9.5
HEAD_ROOM = 6  # pixels that the last name reaches beyond its column
GROUPS = ("kpis", "pillars")
COLUMNS = [
    "segment", "name", "measure", "column", "order", "place", "value", "low", "high", "whole", "left", "right", "centre", "text", "bounds",
    "base", "against", "verdict", "meaning",
]  # fmt: skip


def measures(group: str) -> list[str]:
    """The measures of a group, in their order."""
    return list(map(str, Kpi)) if group == "kpis" else list(taxonomy.pillar_keys())


def segment_name(by: str, key: str) -> str:
    """What a segment is called: "März 2026", "3. Quartal 2026", "2026"; a value stands for itself."""
    if by == "month":
        return month(date.fromisoformat(key), long=False)
    if by == "quarter":
        start = date.fromisoformat(key)
        return _("{n}. Quartal {year}").format(n=(start.month + 2) // 3, year=start.year)
    return key[:4] if by == "year" else key


def rows(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """One row per cell, from `Comparison.differences` (and name, where segments are called otherwise): COLUMNS. Places are shares of
    the chart's width. Measures that nobody has answered are left out."""
    answered = set(frame.loc[frame["n"] > 0, "measure"])
    shown = [measure for measure in measures(group) if measure in answered]
    if not shown:
        return pd.DataFrame(columns=COLUMNS)
    order = {segment: place for place, segment in enumerate(dict.fromkeys(frame["segment"]))}
    domains = _domains(frame, shown, shared=group == "pillars")
    cells = frame[frame["measure"].isin(shown)].to_dict("records")
    found = [_row(cell, order[cell["segment"]], shown, domains[cell["measure"]]) for cell in cells]
    return pd.DataFrame(found, columns=COLUMNS)


def _domains(frame: pd.DataFrame, shown: list[str], *, shared: bool) -> dict[str, tuple[float, float]]:
    """From the lowest to the highest bound of a measure; pillars have one scale, which holds 0."""
    told = frame[frame["n"] >= N_WITHHELD]
    measure, low, high = (told[name].to_numpy() for name in ("measure", "low", "high"))
    if shared:
        here = np.isin(measure, shown)
        ends = (min(low[here].min(), 0), max(high[here].max(), 0)) if here.any() else (-1, 1)
        return dict.fromkeys(shown, ends)
    places = {each: measure == each for each in shown}
    return {each: (low[here].min(), high[here].max()) if here.any() else (0, 1) for each, here in places.items()}


def _row(cell: dict, order: int, shown: list[str], domain: tuple[float, float]) -> tuple:
    measure, n = cell["measure"], int(cell["n"])
    place, columns = shown.index(measure), len(shown)
    withheld = n < N_WITHHELD

    def at(amount: float) -> float:
        span = (domain[1] - domain[0]) or 1
        inside = EDGE + (1 - 2 * EDGE) * min(max((amount - domain[0]) / span, 0), 1)
        return (place + inside) / columns

    centre = (place + 0.5) / columns
    value, low, high = (centre,) * 3 if withheld else (at(cell["value"]), at(cell["low"]), at(cell["high"]))
    return (
        cell["segment"],
        cell.get("name") or segment_name(cell["by"], cell["segment"]),
        measure,
        words.kpi_name(measure, cell["variant"]) if measure in list(Kpi) else words.aspect_name(measure),
        order,
        place,
        value,
        low,
        high,
        centre if pd.isna(cell["whole"]) else at(cell["whole"]),
        place / columns,
        (place + 1) / columns,
        centre,
        _text(cell, withheld=withheld),
        words.too_few() if withheld else words.bounds(measure, cell["low"], cell["high"]),
        base(cell),
        "" if withheld else against(cell),
        verdict(cell),
        str(meaning(cell)),
    )


def _text(cell: dict, *, withheld: bool) -> str:
    if withheld:
        return "" if cell["n"] else NO_NUMBER
    mark = ("▲" if cell["change"] > 0 else "▼") + "\u2009" if cell["real"] else ""
    return mark + words.value(cell["measure"], cell["value"])


def base(cell: dict) -> str:
    """ "n = 120" or, of a pillar, "n = 120 (14 % der Texte)"."""
    n = number(cell["n"])
    return n if pd.isna(cell["share"]) else _("{n} ({share} der Texte)").format(n=n, share=percent(cell["share"]))


def against(cell: dict) -> str:
    """The difference to what the segment is tested against, with interval and n; "" where there is nothing to compare with."""
    if pd.isna(cell["change"]) or cell["n_other"] < N_WITHHELD:
        return ""
    digits = 1 if cell["measure"] in (Kpi.NPS, Kpi.CSAT) else 2
    amount = number(cell["change"], digits, signed=True)
    bounds = interval(cell["change_low"], cell["change_high"], digits, signed=True).replace(" ", "\u00a0")
    return _("{amount} ({bounds}), dort n = {n}").format(amount=amount, bounds=bounds, n=number(cell["n_other"]))


def verdict(cell: dict) -> str:
    """ "gesichert", "nicht gesichert" or "n zu klein für einen Vergleich"."""
    if cell["n"] < N_UNCERTAIN or not cell["n_other"] >= N_UNCERTAIN:
        return _("n zu klein für einen Vergleich")
    return _("gesichert") if cell["real"] else _("nicht gesichert")


def meaning(cell: dict) -> Meaning:
    """A colour only for a real difference: better or worse than what the segment is tested against."""
    if cell["n"] < N_WITHHELD:
        return Meaning.WITHHELD
    if cell["n"] < N_UNCERTAIN:
        return Meaning.UNCERTAIN
    if not cell["real"]:
        return Meaning.NEUTRAL
    better = words.is_better(cell["measure"], cell["change"], cell["variant"])
    return Meaning.POSITIVE if better else Meaning.NEGATIVE


def segments(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Rows of COLUMNS as a table of dots."""
    colours = themes.palette(theme)
    colour = alt.Color("meaning:N").scale(colours.scale()).legend(None)
    y = alt.Y("order:O").sort(None).axis(labels=False, minExtent=NAMES, grid=False).title(None)
    base_ = alt.Chart(data).encode(y=y)
    first = alt.Chart(data).transform_filter("datum.order == 0")
    named = base_.transform_filter("datum.place == 0")
    known = base_.transform_filter(f"datum.meaning != '{Meaning.WITHHELD}'")
    withheld = base_.transform_filter(f"datum.meaning == '{Meaning.WITHHELD}' && datum.text == ''")
    layers = [
        base_.mark_tick(orient="vertical", color=colours.muted, thickness=1, size=20, yOffset=7).encode(x=_x("whole")),
        *_heads(first, colours),
        themes.kept_free(data, HEAD_ROOM),
        named.mark_rule(color=colours.grid, yOffset=-ROW / 2, xOffset=-NAMES).encode(
            x=alt.value(0), x2=alt.value("width")
        ),
        named.mark_text(align="left", fontSize=themes.TEXT_SIZE, color=colours.ink, limit=NAMES - 6, dy=1).encode(
            x=alt.value(-NAMES), text="name:N"
        ),
        base_.mark_text(dy=-9, fontSize=alt.expr(f"width < {NARROW} ? {SMALL} : {themes.NOTE_SIZE}")).encode(
            x=_x("centre"), text="text:N", color=colour
        ),
        known.mark_rule(strokeWidth=2, strokeCap="round", yOffset=7).encode(x=_x("low"), x2="high:Q", color=colour),
        known.mark_point(filled=True, size=64, opacity=1, yOffset=7).encode(x=_x("value"), color=colour),
        withheld.mark_point(filled=False, size=64, strokeWidth=1.5, yOffset=7).encode(x=_x("centre"), color=colour),
        _hover(base_),
    ]
    chart = alt.layer(*layers).properties(
        width="container", height=alt.Step(ROW), description=_("Segmente und Messgrößen: Punkte mit Intervallen")
    )
    return themes.configured(chart, theme)


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q").scale(domain=[0, 1], nice=False).axis(None)


def _heads(first: alt.Chart, colours: themes.Palette) -> list[alt.Chart]:
    """Names of the columns; on a narrow screen every second one a line higher."""
    style = {"fontSize": themes.NOTE_SIZE, "color": colours.second_ink, "baseline": "bottom"}
    return [
        first.transform_filter(f"datum.place % 2 == {odd}")
        .mark_text(dy=alt.expr(f"width < {NARROW} ? {lifted} : -6"), **style)
        .encode(x=_x("centre"), y=alt.value(0), text="column:N")
        for odd, lifted in ((0, -6), (1, -20))
    ]


def _hover(base_: alt.Chart) -> alt.Chart:
    tooltip = [
        alt.Tooltip("name:N").title(_("Segment")),
        alt.Tooltip("column:N").title(_("Messgröße")),
        alt.Tooltip("text:N").title(_("Wert")),
        alt.Tooltip("bounds:N").title(_("95\u00a0%")),
        alt.Tooltip("base:N").title("n"),
        alt.Tooltip("against:N").title(_("Unterschied")),
        alt.Tooltip("verdict:N").title(_("Urteil")),
    ]
    cell = base_.mark_rect(opacity=0, cursor="pointer").encode(x=_x("left"), x2="right:Q", tooltip=tooltip)
    return cell.add_params(alt.selection_point(name=PICK, fields=["segment", "measure"]))
