"""Two dots with intervals per row, one over the other: adjusted contribution and leave-out impact, penalty and reward."""

import altair as alt
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.dots import LARGE_EFFECT, LONG_NAMES, PICK, fitting, left_of, limit, room
from cx.charts.theme import Meaning
from cx.language import _, interval, number
from cx.stats.asymmetry import Kind

ROW = 38
APART = 6  # pixels of a dot from the middle of its row
COLUMNS = ["key", "name", "note", "side", "value", "low", "high", "text", "told", "meaning", "first", "second", "limit"]
FIRST, SECOND = "first", "second"
ROOM = 1.3  # of the furthest bound, for the value beside it


def contribution_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Drivers as COLUMNS: adjusted contribution and leave-out impact of each predictor, in the unit of the outcome."""
    rows = []
    for row in frame.to_dict("records"):
        note = _("n = {n}").format(n=number(row["n"]))
        for side, name in ((FIRST, "contribution"), (SECOND, "impact")):
            estimate = tuple(row[f"{name}{end}"] for end in ("", "_low", "_high"))
            rows.append(_row(row, side, estimate, int(row["n"]), note))
    return _complete(rows)


def kind_name(kind: str) -> str:
    """What a pillar is to the customers."""
    names = {
        Kind.BASIC: _("Basis"),
        Kind.PERFORMANCE: _("Leistung"),
        Kind.EXCITEMENT: _("Begeisterung"),
        Kind.UNDECIDED: _("unentschieden"),
    }
    return names[Kind(kind)]


def side_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Drivers as COLUMNS: what naming a predictor negatively costs (below 0) and naming it positively earns, with its kind as the note."""
    rows = []
    for row in frame.to_dict("records"):
        loss = tuple(-row[name] for name in ("penalty", "penalty_high", "penalty_low"))
        gain = tuple(row[name] for name in ("reward", "reward_low", "reward_high"))
        note = kind_name(row["kind"])
        rows.append(_row(row, FIRST, loss, int(row["negative"]), note))
        rows.append(_row(row, SECOND, gain, int(row["positive"]), note))
    return _complete(rows)


def _row(row: dict, side: str, estimate: tuple[float, ...], n: int, note: str) -> tuple:
    value, low, high = estimate
    meaning = words.meaning(value, low, high, 0 if pd.isna(low) else n)
    withheld = meaning == Meaning.WITHHELD
    digits = 1 if abs(row["effect"]) >= LARGE_EFFECT else 2
    text = words.too_few() if withheld else number(value, digits, signed=True)
    bounds = "" if withheld else f"{interval(low, high, digits, signed=True)}, "
    return (
        row["predictor"],
        words.aspect_name(row["predictor"]),
        note,
        side,
        *((float("nan"),) * 3 if withheld else (value, low, high)),
        text,
        f"{text} ({bounds}{_('n = {n}').format(n=number(n))})",
        str(meaning),
    )


def _complete(rows: list[tuple]) -> pd.DataFrame:
    """With what both marks of a row tell in each of them, and how far the axis reaches."""
    found = pd.DataFrame(rows, columns=COLUMNS[:-3])
    told = found.pivot(index="key", columns="side", values="told").reindex(columns=[FIRST, SECOND]).reset_index()
    furthest = found[["low", "high"]].astype(float).abs().max().max()
    limit = 1.0 if pd.isna(furthest) else float(furthest) * ROOM
    return found.merge(told, on="key", how="left").assign(limit=limit)[COLUMNS]


def contributions(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Adjusted contribution (dot) over leave-out impact (diamond), in the unit of the outcome."""
    return paired(data, theme, (_("bereinigt"), _("durch Weglassen")))


def sides(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """What a predictor costs where it is named negatively (dot), and earns where it is named positively (diamond)."""
    return paired(data, theme, (_("negativ genannt"), _("positiv genannt")))


def paired(data: alt.NamedData | pd.DataFrame, theme: str, titles: tuple[str, str]) -> alt.LayerChart:
    """Rows of COLUMNS as two dots with intervals each around a line at 0. Every row can be clicked (point parameter `pick`)."""
    colours = themes.palette(theme)
    names_room = room(LONG_NAMES)
    y = alt.Y("name:N").sort(None).axis(labels=False, minExtent=names_room, grid=False).title(None)
    x = alt.X("value:Q").scale(nice=False).axis(**themes.ticks(), labelExpr=themes.signed_labels(1)).title(None)
    base = alt.Chart(data).encode(y=y)
    names = base.transform_filter(f"datum.side == '{FIRST}'")
    left = {"align": "left", "limit": limit(names_room)}
    layers = [
        alt.Chart(data).mark_rule(color=colours.second_ink, strokeWidth=1).encode(x=alt.datum(0)),
        *(
            base.transform_calculate(edge=f"{sign}datum.limit").mark_point(opacity=0).encode(x="edge:Q")
            for sign in "+-"
        ),
        themes.kept_free(data),
        names.mark_text(dy=-6, fontSize=themes.TEXT_SIZE, color=colours.ink, **left).encode(
            x=left_of(names_room), text="name:N", size=fitting()
        ),
        names.mark_text(dy=9, fontSize=themes.NOTE_SIZE, color=colours.second_ink, **left).encode(
            x=left_of(names_room), text="note:N"
        ),
        *(
            layer
            for side, shape, offset in zip((FIRST, SECOND), ("circle", "diamond"), (-APART, APART), strict=True)
            for layer in _side(base.transform_filter(f"datum.side == '{side}'"), colours, x, shape, offset)
        ),
        _hover(names, titles),
    ]
    chart = alt.layer(*layers).properties(width="container", height=alt.Step(ROW), description=", ".join(titles))
    return themes.configured(chart, theme)


def _side(base: alt.Chart, colours: themes.Palette, x: alt.X, shape: str, offset: int) -> list[alt.Chart]:
    colour = alt.Color("meaning:N").scale(colours.scale()).legend(None)
    withheld = base.transform_filter(f"datum.meaning == '{Meaning.WITHHELD}'")
    shown = base.transform_filter(f"datum.meaning != '{Meaning.WITHHELD}'")
    look = {"filled": True} if shape == "circle" else {"filled": False, "fill": colours.ground}
    text = {"fontSize": themes.NOTE_SIZE, "dy": offset}
    positive, negative = (shown.transform_filter(f"datum.value {sign} 0") for sign in (">=", "<"))
    return [
        shown.mark_rule(strokeWidth=2, strokeCap="round", yOffset=offset).encode(
            x=alt.X("low:Q"), x2="high:Q", color=colour
        ),
        shown.mark_point(shape=shape, size=80, opacity=1, yOffset=offset, **look).encode(x=x, color=colour),
        positive.mark_text(align="left", dx=8, **text).encode(x="high:Q", text="text:N", color=colour),
        negative.mark_text(align="right", dx=-8, **text).encode(x="low:Q", text="text:N", color=colour),
        withheld.mark_text(align="left", dx=8, **text).encode(x=alt.datum(0), text="text:N", color=colour),
    ]


def _hover(names: alt.Chart, titles: tuple[str, str]) -> alt.Chart:
    tooltip = [
        alt.Tooltip("name:N").title(_("Name")),
        alt.Tooltip("first:N").title(titles[0]),
        alt.Tooltip("second:N").title(titles[1]),
    ]
    row = names.mark_rect(opacity=0, cursor="pointer").encode(
        x=left_of(room(LONG_NAMES)), x2=alt.value("width"), tooltip=tooltip
    )
    return row.add_params(alt.selection_point(name=PICK, fields=["key"]))
