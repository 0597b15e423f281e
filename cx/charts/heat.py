"""Heat maps of scores: two categories, the number in the cell, colour around 0; a frame around what really stands apart."""

from collections.abc import Callable, Sequence

import altair as alt
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.theme import Meaning
from cx.language import _, current, number
from cx.model import taxonomy
from cx.model.limits import N_UNCERTAIN, N_WITHHELD

COLUMNS = [
    "row", "column", "row_name", "column_name", "strength", "tone", "text", "bounds", "base", "rest", "apart", "real",
]  # fmt: skip
PICK = "pick"
CELL = 30
STRONGEST = 0.62  # opacity of the furthest score: ink stays readable on it
UNCERTAIN_STRENGTH = 0.4
NARROW = "containerSize()[0] < 460"  # a phone
NARROW_SIZE = 9.5
TIGHT = "containerSize()[0] < 640"  # a phone, or half a page
NAMES, NARROW_NAMES = 260, 138  # pixels for the names of the rows
SLANTED_ROOM, HEAD_ROOM = 18, 4  # pixels that the last column's name reaches out
ONE_LINE = 17  # letters of a name that a phone shows in one line
Namer = Callable[[str], str]


def pillar_rows(cells: pd.DataFrame) -> pd.DataFrame:
    """`PillarMap.channels` as COLUMNS: pillars down, in the order of the model, channels across, most feedback first."""
    channels = list(cells.groupby("part")["n"].sum().sort_values(ascending=False, kind="stable").index)
    return _grid(cells.rename(columns={"pillar": "row"}), taxonomy.pillar_keys(), channels, str)


def touchpoint_rows(cells: pd.DataFrame) -> pd.DataFrame:
    """`TouchpointMap.cells` as COLUMNS: touchpoints that are named down, in the order of the journey; pillars or channels across."""
    named, parts = set(cells["touchpoint"]), set(cells["part"])
    down = [key for key in taxonomy.touchpoint_keys() if key in named]
    pillars = [key for key in taxonomy.pillar_keys() if key in parts]
    across = pillars if len(pillars) == len(parts) else _by_n(cells)
    return _grid(cells.rename(columns={"touchpoint": "row"}), down, across, words.aspect_name)


def _by_n(cells: pd.DataFrame) -> list[str]:
    return list(cells.groupby("part")["n"].sum().sort_values(ascending=False, kind="stable").index)


def four_c_rows(groups: pd.DataFrame) -> pd.DataFrame:
    """`LensView.groups` of the lens "four_c" as COLUMNS: the four Cs down; together, and by who controls it, across."""
    model, language = taxonomy.load(), current()
    down, across = model.lens("four_c"), model.lens("control")
    split = groups["group"].str.split("|", n=1, expand=True, regex=False)
    cells = groups.assign(row=split[0], part=split[1]) if len(groups) else groups.assign(row="", part="")
    names = {"": _("zusammen")} | {group.key: group.name(language) for group in across.groups}
    rows = [group.key for group in down.groups if group.key in set(cells["row"])]
    columns = [key for key in names if key in set(cells["part"])]
    return _grid(cells, rows, columns, names.get, lambda key: down.group(key).name(language))


def _grid(
    cells: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], named: Namer, row_named: Namer = words.aspect_name
) -> pd.DataFrame:
    """Every row with every column; what nobody names is an empty cell."""
    if cells.empty:
        return pd.DataFrame(columns=COLUMNS)
    known = cells[cells["n"] >= N_UNCERTAIN]
    limit = float(known["value"].abs().max()) if len(known) else 1.0
    given = {(cell["row"], cell["part"]): cell for cell in cells.to_dict("records")}
    found = [
        (row, column, row_named(row), named(column), *_cell(given.get((row, column)), limit or 1.0))
        for row in rows
        for column in columns
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def _cell(cell: dict | None, limit: float) -> tuple:
    """strength, tone, text, bounds, base, rest, apart, real."""
    if cell is None:
        return 0.0, str(Meaning.WITHHELD), "", "", number(0), "", "", False
    n = int(cell["n"])
    if n < N_WITHHELD:
        return 0.0, str(Meaning.WITHHELD), words.too_few(), "", number(n), "", "", False
    grey = n < N_UNCERTAIN
    tone = Meaning.UNCERTAIN if grey else Meaning.POSITIVE if cell["value"] > 0 else Meaning.NEGATIVE
    strength = UNCERTAIN_STRENGTH if grey else min(abs(cell["value"]) / limit, 1.0)
    text, bounds = words.value("", cell["value"]), words.bounds("", cell["low"], cell["high"])
    return strength, str(tone), text, bounds, number(n), *_beside(cell)


def _beside(cell: dict) -> tuple[str, str, bool]:
    """The rest, the difference to it in words, whether it is real; nothing where nothing was compared."""
    if pd.isna(cell.get("rest", float("nan"))) or pd.isna(cell["difference"]):
        return "", "", False
    bounds = words.bounds("", cell["difference_low"], cell["difference_high"])
    verdict = _("gesichert") if cell["real"] else _("nicht gesichert")
    rest = _("{value} (n = {n})").format(value=words.value("", cell["rest"]), n=number(cell["n_rest"]))
    return rest, f"{words.value('', cell['difference'])} ({bounds}), {verdict}", bool(cell["real"])


def heat(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Rows of COLUMNS as a table with colours; every cell can be clicked (point parameter `pick` with row and column)."""
    colours = themes.palette(theme)
    base = alt.Chart(data).encode(x=_across(), y=_down(colours))
    tones = alt.Color("tone:N").scale(colours.scale()).legend(None)
    strength = alt.Opacity("strength:Q").scale(domain=[0, 1], range=[0.0, STRONGEST]).legend(None)
    shown = base.transform_filter(f"datum.tone != '{Meaning.WITHHELD}'")
    numbers = {"fontSize": alt.expr(f"{NARROW} ? {NARROW_SIZE} : {themes.NOTE_SIZE + 0.5}")}
    ink = alt.when("datum.tone == 'uncertain'").then(alt.value(colours.second_ink)).otherwise(alt.value(colours.ink))
    few = alt.when(TIGHT).then(alt.value("·")).otherwise("text:N")
    layers = [
        base.mark_rect(stroke=colours.grid, strokeWidth=1, fillOpacity=0, fill=colours.ground),
        themes.kept_free(data, f"{TIGHT} ? {SLANTED_ROOM} : {HEAD_ROOM}"),
        base.mark_rect(stroke=colours.ground, strokeWidth=2).encode(color=tones, opacity=strength),
        shown.transform_filter("!datum.real").mark_text(**numbers).encode(text="text:N", color=ink),
        shown.transform_filter("datum.real").mark_text(fontWeight="bold", **numbers).encode(text="text:N", color=ink),
        shown.transform_filter("datum.real").mark_rect(stroke=colours.ink, strokeWidth=1.75, fillOpacity=0),
        base.transform_filter(f"datum.tone == '{Meaning.WITHHELD}' && datum.text != ''")
        .mark_text(fontSize=9, color=colours.muted)
        .encode(text=few),
        _hover(base),
    ]
    chart = alt.layer(*layers).properties(
        width="container",
        height=alt.Step(CELL),
        description=_("Tabelle mit Farben: Polarität je Zelle"),
        padding={"left": 2, "right": 4, "top": 4, "bottom": 10},
    )
    return themes.configured(chart, theme)


def _across() -> alt.X:
    axis = alt.Axis(
        orient="top",
        labelAngle=alt.expr(f"{TIGHT} ? -50 : 0"),
        labelAlign=alt.expr(f"{TIGHT} ? 'left' : 'center'"),
        labelBaseline=alt.expr(f"{TIGHT} ? 'middle' : 'bottom'"),
        labelLimit=120,
        labelOverlap=False,
        grid=False,
    )
    return alt.X("column_name:N").sort(None).axis(axis).title(None)


def _down(colours: themes.Palette) -> alt.Y:
    limit = alt.expr(f"{NARROW} ? {NARROW_NAMES} : {NAMES}")
    size = alt.expr(f"{NARROW} ? {themes.NOTE_SIZE - 0.5} : {themes.TEXT_SIZE}")
    axis = alt.Axis(
        grid=False, labelLimit=limit, labelFontSize=size, labelLineHeight=12, labelColor=colours.ink, labelExpr=_lines()
    )
    return alt.Y("row_name:N").sort(None).axis(axis).title(None)


def _lines() -> str:
    """The Vega expression of a row's name: on a phone a long one breaks after its „&“, else before its last word."""
    broken = "replace(datum.label, test(/ & /, datum.label) ? / & / : / (?=[^ ]*$)/, test(/ & /, datum.label) ? ' &\\n' : '\\n')"
    return f"{NARROW} && length(datum.label) > {ONE_LINE} ? split({broken}, '\\n') : datum.label"


def _hover(base: alt.Chart) -> alt.Chart:
    titles = {
        "row_name": _("Zeile"), "column_name": _("Spalte"), "text": _("Polarität"), "bounds": _("95\u00a0%"), "base": "n",
        "rest": _("übrige"), "apart": _("Unterschied"),
    }  # fmt: skip
    tooltip = [alt.Tooltip(f"{field}:N").title(title) for field, title in titles.items()]
    cell = base.mark_rect(opacity=0, cursor="pointer").encode(tooltip=tooltip)
    return cell.add_params(alt.selection_point(name=PICK, fields=["row", "column"]))
