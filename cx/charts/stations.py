"""The journey from the first contact to recommending: phases, and under each its touchpoints, as dots with intervals."""

from collections import defaultdict

import altair as alt
import pandas as pd

from cx.charts import dots, words
from cx.charts import theme as themes
from cx.language import _, current, number, percent
from cx.model import taxonomy
from cx.model.limits import N_WITHHELD

COLUMNS = [*dots.COLUMNS, "level"]
PHASE, TOUCHPOINT = "phase", "touchpoint"
INDENT = "\u2003"


def stage_name(stage: str) -> str:
    """ "vor dem Kauf", "beim Kauf", "nach dem Kauf"."""
    return {"before": _("vor dem Kauf"), "during": _("beim Kauf"), "after": _("nach dem Kauf")}[stage]


def rows(phases: pd.DataFrame, touchpoints: pd.DataFrame) -> pd.DataFrame:
    """`TouchpointMap.phases` and `.touchpoints` as COLUMNS: each phase, then what belongs to it; only what is named."""
    model, language = taxonomy.load(), current()
    place = {touchpoint.key: touchpoint.phase for touchpoint in model.touchpoints}
    below = defaultdict(list)
    for each in touchpoints.to_dict("records"):
        below[place.get(each["key"])].append((*_row(each, INDENT + words.aspect_name(each["key"]), INDENT), TOUCHPOINT))
    found = []
    for phase in phases.to_dict("records"):
        named = model.phase(phase["key"])
        found.append((*_row(phase, named.name(language), f"{stage_name(named.stage)} · "), PHASE))
        found += below[phase["key"]]
    listed = pd.DataFrame(found, columns=COLUMNS)
    return listed.assign(start=themes.start(listed))


def _row(row: dict, name: str, before: str) -> tuple:
    withheld = row["n"] < N_WITHHELD
    note = _("{share} · n = {n}").format(share=percent(row["share"]), n=number(row["n"]))
    value, low, high = (float("nan"),) * 3 if withheld else (row["value"], row["low"], row["high"])
    return (
        row["key"],
        name,
        before + note,
        value,
        low,
        high,
        words.too_few() if withheld else words.value("", value),
        "" if withheld else words.bounds("", low, high),
        number(row["n"]),
        str(words.meaning(row["value"], row["low"], row["high"], row["n"])),
        0.0,
    )


def journey(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Rows of COLUMNS around a line at 0, phases on a stripe; every row can be clicked."""
    colours = themes.palette(theme)
    axis = alt.Axis(**themes.ticks(), labelExpr=themes.signed_labels(2), orient="top")
    x = alt.X("value:Q").scale(nice=False).axis(axis).title(None)
    look = dots.Look(dots.LONG_NAMES, "key", strong=f"datum.level == '{PHASE}'")
    chart = dots.ranked(data, theme, x, _("Polarität"), look)
    y = alt.Y("key:N").sort(None).title(None)
    stripe = (
        alt.Chart(data)
        .transform_filter(f"datum.level == '{PHASE}'")
        .mark_rect(color=colours.grid, opacity=0.55)
        .encode(y=y, x=dots.left_of(dots.room(dots.LONG_NAMES)), x2=alt.value("width"))
    )
    # Behind the dots, but after a layer that holds all rows: the first one says their order.
    chart.layer = [*chart.layer[:2], stripe, *chart.layer[2:]]
    return chart
