"""Ranked dots with intervals: pillars, touchpoints and drivers. Every row can be clicked (point parameter `pick`)."""

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.theme import Meaning
from cx.language import _, interval, number, percent
from cx.model.limits import N_WITHHELD

ROW = 30
NAMES = 176  # pixels left of the dots, for name and note
LONG_NAMES, WIDE_NAMES = 216, 266  # on a phone, and where the longest names have room
ROOMY = 480  # pixels of a chart from which they have
LONG_NAME, LONGEST_NAME = 30, 33  # letters; a longer name is set smaller
COLUMNS = ["key", "name", "note", "value", "low", "high", "text", "bounds", "base", "meaning", "start"]
PICK = "pick"
FAR = 0.6  # of the furthest end: a value that stands before it reaches out no further than themes.LABEL_ROOM
LARGE_EFFECT = 10  # points; smaller effects need two decimals


@dataclass(frozen=True)
class Look:
    """How ranked dots are laid out: pixels for the names, the column that tells the rows apart, whether a row can be clicked,
    which rows have a bold name (a Vega expression), and the column up to which a band of mere chance reaches from 0."""

    names: int = NAMES
    row: str = "name"
    clickable: bool = True
    strong: str = ""
    band: str = ""


def score_rows(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """Scores (columns of `Workspace.pillars`) as COLUMNS; withheld ones have no value and come last."""
    ranked = sorted(frame.to_dict("records"), key=lambda row: row["n"] < N_WITHHELD)
    found = pd.DataFrame([_score_row(row, key) for row in ranked], columns=COLUMNS[:-1])
    return found.assign(start=themes.start(found))


def _score_row(row: dict, key: str) -> tuple:
    withheld = row["n"] < N_WITHHELD
    value, low, high = (float("nan"),) * 3 if withheld else (row["value"], row["low"], row["high"])
    base = _("n = {n}").format(n=number(row["n"]))
    share = _("{share} der Texte").format(share=percent(row["share"]))
    return (
        row[key],
        words.aspect_name(row[key]),
        base if row["base"] < N_WITHHELD else f"{share} · {base}",
        value,
        low,
        high,
        words.too_few() if withheld else words.value("", value),
        "" if withheld else words.bounds("", low, high),
        number(row["n"]),
        str(words.meaning(row["value"], row["low"], row["high"], row["n"])),
    )


def driver_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Drivers (columns of `Workspace.drivers`) as COLUMNS: importance in percent of the outcome's variance; noise: that of mere chance."""
    found = pd.DataFrame([_driver_row(row) for row in frame.to_dict("records")], columns=COLUMNS[:-1])
    return found.assign(
        name=words.told_apart(found["name"]), start=0.0, noise=100 * frame["noise"].to_numpy(dtype=float)
    )


def effect_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Drivers as COLUMNS: the adjusted effect per step, in the unit of the outcome."""
    found = pd.DataFrame([_effect_row(row) for row in frame.to_dict("records")], columns=COLUMNS[:-1])
    return found.assign(name=words.told_apart(found["name"]), start=0.0)


def _effect_row(row: dict) -> tuple:
    withheld = row["n"] < N_WITHHELD or pd.isna(row["effect_low"])
    value, low, high = (float("nan"),) * 3 if withheld else (row[f"effect{end}"] for end in ("", "_low", "_high"))
    digits = 1 if abs(row["effect"]) >= LARGE_EFFECT else 2
    return (
        row["predictor"],
        words.aspect_name(row["predictor"]),
        (_("gesichert") if row["real"] else _("nicht gesichert")) + " · " + _("n = {n}").format(n=number(row["n"])),
        value,
        low,
        high,
        words.too_few() if withheld else number(value, digits, signed=True),
        "" if withheld else interval(low, high, digits, signed=True),
        number(row["n"]),
        str(Meaning.WITHHELD if withheld else _effect_meaning(row)),
    )


def _driver_row(row: dict) -> tuple:
    withheld = row["n"] < N_WITHHELD
    value, low, high = (float("nan"),) * 3 if withheld else (100 * row[name] for name in ("importance", "low", "high"))
    return (
        row["predictor"],
        words.aspect_name(row["predictor"]),
        f"{ranks(row)} · {effect_words(row)}",
        value,
        low,
        high,
        words.too_few() if withheld else _importance(row),
        "" if withheld else interval(low, high, 1) + "\u00a0%",
        number(row["n"]),
        str(_effect_meaning(row)),
    )


def _importance(row: dict) -> str:
    text = percent(row["importance"], 1)
    return _("ca. {importance}").format(importance=text) if row["unsure"] else text


def ranks(row: dict) -> str:
    """ "Rang 1" or "Rang 1–3"."""
    low, high = number(row["rank_low"]), number(row["rank_high"])
    return _("Rang {low}").format(low=low) if low == high else _("Rang {low}–{high}").format(low=low, high=high)


def effect_words(row: dict) -> str:
    """ "Effekt +0,42", "Effekt −12,3 (gegenläufig)" or "nicht gesichert"."""
    if not row["real"]:
        return _("nicht gesichert")
    amount = number(row["effect"], 1 if abs(row["effect"]) >= LARGE_EFFECT else 2, signed=True)
    text = _("Effekt {amount}") if row["effect"] > 0 else _("Effekt {amount}, gegenläufig")
    return text.format(amount=amount)


def _effect_meaning(row: dict) -> Meaning:
    if row["n"] < N_WITHHELD:
        return Meaning.WITHHELD
    if not row["real"]:
        return Meaning.UNCERTAIN
    return Meaning.POSITIVE if row["effect"] > 0 else Meaning.NEGATIVE


def touchpoints(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """The same as `scores`, with room for longer names."""
    return scores(data, theme, LONG_NAMES)


def scores(data: alt.NamedData | pd.DataFrame, theme: str, names: int = NAMES) -> alt.LayerChart:
    """Scores beside a line at 0."""
    axis = alt.Axis(**themes.ticks(), labelExpr=themes.signed_labels(2))
    x = alt.X("value:Q").scale(nice=False).axis(axis).title(None)
    return ranked(data, theme, x, _("Polarität"), Look(names))


def importances(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Importances from 0 percent up."""
    axis = alt.Axis(**themes.ticks(), format=".0f")
    x = alt.X("value:Q").scale(zero=True).axis(axis).title(_("Erklärter Anteil, in Prozent"))
    return ranked(data, theme, x, _("Wichtigkeit"), Look(LONG_NAMES, band="noise"))


def effects(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Adjusted effects per step around a line at 0."""
    axis = alt.Axis(**themes.ticks(), labelExpr=themes.signed_labels(1))
    x = alt.X("value:Q").scale(nice=False).axis(axis).title(None)
    return ranked(data, theme, x, _("Effekt"), Look(LONG_NAMES))


def ranked(
    data: alt.NamedData | pd.DataFrame, theme: str, x: alt.X, what: str, look: Look | None = None
) -> alt.LayerChart:
    """Rows of COLUMNS as dots with intervals along `x`; `what` says what the value is."""
    look = look or Look()
    colours, names = themes.palette(theme), room(look.names)
    y = alt.Y(f"{look.row}:N").sort(None).axis(labels=False, minExtent=names, grid=False).title(None)
    colour = alt.Color("meaning:N").scale(colours.scale()).legend(None)
    base = alt.Chart(data).encode(y=y)
    shown = base.transform_filter(f"datum.meaning != '{Meaning.WITHHELD}'")
    withheld = base.transform_filter(f"datum.meaning == '{Meaning.WITHHELD}'")
    left = _text(base, names)
    layers = [
        *_band(data, colours, look.band),
        alt.Chart(data).mark_rule(color=colours.second_ink, strokeWidth=1).encode(x=alt.datum(0)),
        base.mark_point(opacity=0).encode(x="start:Q"),
        themes.kept_free(data),
        _room_of_values(shown),
        *_named(left("name:N", dy=-6, size=themes.TEXT_SIZE, color=colours.ink).encode(size=fitting()), look.strong),
        left("note:N", dy=8, size=themes.NOTE_SIZE, color=colours.second_ink),
        shown.mark_rule(strokeWidth=2, strokeCap="round").encode(x=alt.X("low:Q"), x2="high:Q", color=colour),
        shown.mark_point(filled=True, size=90, opacity=1).encode(x=x, color=colour),
        *_values(shown, colour),
        withheld.mark_point(filled=False, size=90, strokeWidth=1.5).encode(x=alt.datum(0), color=colour),
        withheld.mark_text(align="left", dx=10, fontSize=themes.NOTE_SIZE).encode(
            x=alt.datum(0), text="text:N", color=colour
        ),
        _hover(base, what, look),
    ]
    chart = alt.layer(*layers).properties(
        width="container", height=alt.Step(ROW), description=_("Punkte mit Intervallen, ein Eintrag je Zeile: ") + what
    )
    return themes.configured(chart, theme)


def _band(data: alt.NamedData | pd.DataFrame, colours: themes.Palette, column: str) -> list[alt.Chart]:
    """What mere chance reaches, over the whole height; at least as wide as its stroke, so that it is seen where it is narrow."""
    if not column:
        return []
    band = alt.Chart(data).mark_rect(color=colours.grid, stroke=colours.muted, strokeWidth=1, strokeDash=[2, 2])
    return [band.encode(x=alt.X("start:Q"), x2=column)]


def _named(names: alt.Chart, strong: str) -> list[alt.Chart]:
    if not strong:
        return [names]
    bold = names.transform_filter(strong)
    bold.mark = bold.mark.copy()
    bold.mark.fontWeight = "bold"
    return [names.transform_filter(f"!({strong})"), bold]


def room(names: int) -> alt.ExprRef:
    """Pixels left of the dots as a Vega expression: from `names` = LONG_NAMES on, more where the chart is no narrow one."""
    wide = WIDE_NAMES if names >= LONG_NAMES else names
    return alt.expr(f"containerSize()[0] < {ROOMY} ? {names} : {wide}")


def fitting() -> alt.When:
    """Where the chart is narrow, long names in a smaller size and the longest in the smallest."""
    narrow = f"containerSize()[0] < {ROOMY} && length(datum.name)"
    longest = alt.when(f"{narrow} > {LONGEST_NAME}").then(alt.value(themes.NOTE_SIZE - 1))
    long = longest.when(f"{narrow} > {LONG_NAME}").then(alt.value(themes.NOTE_SIZE))
    return long.otherwise(alt.value(themes.TEXT_SIZE))


def _values(shown: alt.Chart, colour: alt.Color) -> list[alt.Chart]:
    """Each value beside its interval, on the side away from the line at 0."""
    text = {"fontSize": themes.NOTE_SIZE}
    positive, negative = (shown.transform_filter(f"datum.value {sign} 0") for sign in (">=", "<"))
    return [
        positive.mark_text(align="left", dx=8, **text).encode(x="high:Q", text="text:N", color=colour),
        negative.mark_text(align="right", dx=-8, **text).encode(x="low:Q", text="text:N", color=colour),
    ]


def _room_of_values(shown: alt.Chart) -> alt.Chart:
    """As much room on the right as the longest value needs, of those that stand far on the right."""
    furthest = shown.transform_joinaggregate(furthest="max(high)")
    far = furthest.transform_filter(f"datum.high > 0 && datum.high >= {FAR} * datum.furthest")
    edge = far.mark_text(align="left", dx=8, fontSize=themes.NOTE_SIZE, opacity=0)
    return edge.encode(x=alt.value(alt.expr("width")), text="text:N")


def left_of(names: alt.ExprRef) -> dict[str, alt.ExprRef]:
    """Where the names begin: `names` pixels left of the dots."""
    return alt.value(alt.expr(f"-({names.expr})"))


def limit(names: alt.ExprRef) -> alt.ExprRef:
    """How wide a name may be."""
    return alt.expr(f"({names.expr}) - 8")


def _text(base: alt.Chart, names: alt.ExprRef) -> Callable[..., alt.Chart]:
    def layer(field: str, dy: int, size: int, color: str) -> alt.Chart:
        return base.mark_text(align="left", dy=dy, fontSize=size, color=color, limit=limit(names)).encode(
            x=left_of(names), text=field
        )

    return layer


def _hover(base: alt.Chart, what: str, look: Look) -> alt.Chart:
    tooltip = [
        alt.Tooltip("name:N").title(_("Name")),
        alt.Tooltip("text:N").title(what),
        alt.Tooltip("bounds:N").title(_("95\u00a0%")),
        alt.Tooltip("base:N").title("n"),
    ]
    row = base.mark_rect(opacity=0, **({"cursor": "pointer"} if look.clickable else {})).encode(
        x=left_of(room(look.names)), x2=alt.value("width"), tooltip=tooltip
    )
    return row.add_params(alt.selection_point(name=PICK, fields=["key"])) if look.clickable else row
