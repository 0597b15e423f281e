"""How well texts are read: dots with intervals from 0 to 1, and the heat map of what was meant against what was read."""

import altair as alt
import pandas as pd

from cx.charts import dots, words
from cx.charts import theme as themes
from cx.charts.theme import Meaning
from cx.language import _, interval, number, percent
from cx.model.limits import N_UNCERTAIN, N_WITHHELD

COLUMNS = dots.COLUMNS
LANES = [*COLUMNS, "lane"]
CONFUSION = ["wanted", "got", "n", "share", "text", "note", "right"]
CELL = 46
STRONGEST = 0.6  # opacity of a cell that holds its whole row: ink stays readable on it
MEASURE_NAMES = 150


def engine_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Figures of one or more engines (measure, value, low, high, n, engine) as LANES: measure by measure, engines below each other."""
    order = {name: place for place, name in enumerate(frame["engine"].unique())}
    measures = {name: place for place, name in enumerate(frame["measure"].unique())}
    ranked = frame.sort_values(
        ["measure", "engine"], key=lambda column: column.map(measures if column.name == "measure" else order)
    )
    rows = [(*_engine_row(row, order[row["engine"]]), place) for place, row in enumerate(ranked.to_dict("records"))]
    return pd.DataFrame(rows, columns=LANES).astype({"lane": str})


def _engine_row(row: dict, place: int) -> tuple:
    ours = place == 0
    return (
        row["measure"],
        words.quality_name(row["measure"]),
        words.engine_name(row["engine"]),
        *_numbers(row, 2),
        str(_meaning(row["n"]) if ours else Meaning.UNCERTAIN),
        0.0,
    )


def aspect_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Pillars or touchpoints (aspect, f1, f1_low, f1_high, precision, recall, n) as COLUMNS, best first, withheld ones last."""
    named = frame[frame["aspect"] != ""].sort_values("f1", ascending=False, kind="stable")
    ranked = named.sort_values("n", key=lambda n: n < N_WITHHELD, kind="stable")
    return pd.DataFrame([_aspect_row(row) for row in ranked.to_dict("records")], columns=COLUMNS)


def _aspect_row(row: dict) -> tuple:
    note = _("findet {recall}, davon stimmen {precision}").format(
        recall=percent(row["recall"]), precision=percent(row["precision"])
    )
    level = {"value": row["f1"], "low": row["f1_low"], "high": row["f1_high"], "n": row["n"]}
    shown = note if row["n"] >= N_WITHHELD else ""
    return (row["aspect"], words.aspect_name(row["aspect"]), shown, *_numbers(level, 2), str(_meaning(row["n"])), 0.0)


def phenomenon_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Phenomena (phenomenon, value, low, high, n, failed) as COLUMNS, in the frame's order; values in percent."""
    return pd.DataFrame([_phenomenon_row(row) for row in frame.to_dict("records")], columns=COLUMNS)


def _phenomenon_row(row: dict) -> tuple:
    right = _("{right} von {n} richtig").format(right=number(row["n"] - row["failed"]), n=number(row["n"]))
    hundredth = {name: 100 * row[name] for name in ("value", "low", "high")}
    value, low, high, text, bounds, base = _numbers(hundredth | {"n": row["n"]}, 0, "\u00a0%")
    name = words.phenomenon_name(row["phenomenon"])
    return row["phenomenon"], name, right, value, low, high, text, bounds, base, str(_meaning(row["n"])), 0.0


def _numbers(row: dict, digits: int, unit: str = "") -> tuple:
    """value, low, high, text, bounds, base; NaN and a word where n is too small."""
    base = number(row["n"])
    if row["n"] < N_WITHHELD:
        return (*(float("nan"),) * 3, words.too_few(), "", base)
    bounds = interval(row["low"], row["high"], digits).replace(" ", "\u00a0") + unit
    return row["value"], row["low"], row["high"], number(row["value"], digits) + unit, bounds, base


def _meaning(n: int) -> Meaning:
    if n < N_WITHHELD:
        return Meaning.WITHHELD
    return Meaning.UNCERTAIN if n < N_UNCERTAIN else Meaning.NEUTRAL


def confusion_rows(table: pd.DataFrame) -> pd.DataFrame:
    """A confusion matrix (rows wanted, columns got) as CONFUSION, one row per cell; share is that of the row."""
    sizes = table.sum(axis=1)
    cells = [
        (
            words.label_name(wanted),
            words.label_name(got or None),
            int(table.loc[wanted, got]),
            table.loc[wanted, got] / sizes[wanted] if sizes[wanted] else 0.0,
            number(table.loc[wanted, got]),
            percent(table.loc[wanted, got] / sizes[wanted]) if sizes[wanted] else "",
            wanted == got,
        )
        for wanted in table.index
        for got in table.columns
    ]
    return pd.DataFrame(cells, columns=CONFUSION)


def engines(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Figures from 0 to 1, one lane per measure and engine; ours dark, the others pale."""
    return dots.ranked(data, theme, _unit_scale(), _("Wert"), dots.Look(MEASURE_NAMES, "lane", clickable=False))


def aspects(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """F1 from 0 to 1 per pillar or touchpoint."""
    return dots.ranked(data, theme, _unit_scale(), "F1", dots.Look(dots.LONG_NAMES))


def phenomena(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Percent right per phenomenon."""
    axis = alt.Axis(format=".0f", **themes.ticks())
    x = alt.X("value:Q").scale(domain=[0, 100]).axis(axis).title(_("Richtig gelesen, in Prozent"))
    return dots.ranked(data, theme, x, _("Richtig gelesen"), dots.Look(dots.LONG_NAMES))


def _unit_scale() -> alt.X:
    return alt.X("value:Q").scale(domain=[0, 1]).axis(alt.Axis(format=".1f", **themes.ticks())).title(None)


def confusion(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """What was meant (rows) against what was read (columns): counts, and the share of the row as depth of the colour."""
    colours = themes.palette(theme)
    base = alt.Chart(data).encode(
        x=alt.X("got:N").sort(None).axis(orient="top", labelAngle=0, titlePadding=8).title(_("gelesen als")),
        y=alt.Y("wanted:N").sort(None).axis(grid=False).title(_("gemeint")),
        tooltip=[
            alt.Tooltip("wanted:N").title(_("gemeint")),
            alt.Tooltip("got:N").title(_("gelesen als")),
            alt.Tooltip("text:N").title("n"),
            alt.Tooltip("note:N").title(_("Anteil der Zeile")),
        ],
    )
    cells = base.mark_rect(stroke=colours.ground, strokeWidth=2).encode(
        color=alt.Color("right:N").scale(domain=[True, False], range=[colours.positive, colours.negative]).legend(None),
        opacity=alt.Opacity("share:Q").scale(domain=[0, 1], range=[0.04, STRONGEST]).legend(None),
    )
    layers = [
        cells,
        base.mark_text(dy=-6, fontSize=themes.TEXT_SIZE, color=colours.ink).encode(text="text:N"),
        base.mark_text(dy=9, fontSize=themes.NOTE_SIZE, color=colours.second_ink).encode(text="note:N"),
    ]
    chart = alt.layer(*layers).properties(
        width="container", height=alt.Step(CELL), description=_("Tabelle mit Farben: gemeint gegen gelesen")
    )
    return themes.configured(chart, theme)
