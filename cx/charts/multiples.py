"""The six pillars by month, one lane each under a shared axis of time and with a shared scale: line, interval as a pale band, gaps."""

import altair as alt
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.theme import Meaning
from cx.language import _, month, number
from cx.model import taxonomy
from cx.model.limits import N_UNCERTAIN, N_WITHHELD

COLUMNS = [
    "row", "part", "until", "name", "month", "lane", "zero", "up", "down", "up_text", "down_text", "first", "y", "low", "high", "text", "bounds",
    "base", "rest", "apart", "meaning", "alone",
]  # fmt: skip
PICK = "pick"
LANE = 84
REACH = 0.42  # of a lane, from its zero to the end of the scale
MIDDLE = 0.58  # of a lane, from its top: the name stands above
TICKS = (0.5, 0.2, 0.1, 0.05)  # polarities beside the lanes: the largest that fits


def rows(frame: pd.DataFrame) -> pd.DataFrame:
    """`PillarMap.months` as COLUMNS: every pillar of the model in every month between the first and the last."""
    if frame.empty:
        return pd.DataFrame(columns=COLUMNS)
    shown = frame[frame["n"] >= N_WITHHELD]
    limit = max(float(shown[["low", "high"]].abs().max().max()), themes.LEAST_LIMIT) if len(shown) else 1.0
    months = pd.date_range(frame["part"].min(), frame["part"].max(), freq="MS")
    given = frame.set_index(["pillar", "part"]).to_dict("index")
    named = [(start, months_later(start), month(start)) for start in months]
    found = [
        (pillar, start, until, words.aspect_name(pillar), name, *_lane(lane, limit, start == months[0]),
         *_point(given.get((pillar, start)), lane, limit))
        for lane, pillar in enumerate(taxonomy.pillar_keys())
        for start, until, name in named
    ]  # fmt: skip
    points = pd.DataFrame(found, columns=COLUMNS[:-1])
    return points.assign(alone=points.groupby("row", sort=False)["y"].transform(themes.alone))


def months_later(start: pd.Timestamp) -> pd.Timestamp:
    """The first day of the next month."""
    return start + pd.offsets.MonthBegin(1)


def _height(lane: int, value: float, limit: float) -> float:
    """Where a value stands in its lane; lanes count downwards."""
    return -lane - MIDDLE + REACH * value / limit


def _lane(lane: int, limit: float, first: bool) -> tuple:
    tick = next((tick for tick in TICKS if tick <= limit * 0.75), TICKS[-1])
    up, down = (_height(lane, sign * tick, limit) for sign in (1, -1))
    return -lane, _height(lane, 0, limit), up, down, words.value("", tick), words.value("", -tick), first


def _point(cell: dict | None, lane: int, limit: float) -> tuple:
    """y, low, high, text, bounds, base, rest, apart, meaning; no place where n is too small."""
    n = int(cell["n"]) if cell else 0
    if cell is None or n < N_WITHHELD:
        return None, None, None, words.too_few(), "", number(n), "", "", str(Meaning.WITHHELD)
    places = (_height(lane, cell[side], limit) for side in ("value", "low", "high"))
    bounds = words.bounds("", cell["low"], cell["high"])
    return *places, words.value("", cell["value"]), bounds, number(n), *_beside(cell), str(_meaning(cell))


def _beside(cell: dict) -> tuple[str, str]:
    if pd.isna(cell["difference"]):
        return "", ""
    bounds = words.bounds("", cell["difference_low"], cell["difference_high"])
    verdict = _("gesichert") if cell["real"] else _("nicht gesichert")
    return words.value("", cell["rest"]), f"{words.value('', cell['difference'])} ({bounds}), {verdict}"


def _meaning(cell: dict) -> Meaning:
    if cell["n"] < N_UNCERTAIN:
        return Meaning.UNCERTAIN
    if not cell["real"]:
        return Meaning.NEUTRAL
    return Meaning.POSITIVE if cell["difference"] > 0 else Meaning.NEGATIVE


def multiples(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Six lanes of months, clickable by pillar and month (point parameter `pick` with row and part); real months are coloured."""
    colours = themes.palette(theme)
    x = alt.X("part:T").axis(format="%b %y", grid=False, labelOverlap=True, **themes.month_ticks()).title(None)
    base = alt.Chart(data).encode(x=x, detail="row:N")
    once = alt.Chart(data).transform_filter("datum.first")
    y = _height_of("y")
    marked = f"datum.meaning == '{Meaning.POSITIVE}' || datum.meaning == '{Meaning.NEGATIVE}'"
    colour = alt.Color("meaning:N").scale(
        domain=list(map(str, (Meaning.NEGATIVE, Meaning.POSITIVE, Meaning.NEUTRAL, Meaning.UNCERTAIN))),
        range=[colours.negative, colours.positive, colours.accent, colours.muted],
    )
    point = base.transform_filter(f"datum.meaning != '{Meaning.WITHHELD}'").encode(y=y, color=colour.legend(None))
    layers = [
        *(once.mark_rule(color=colours.grid).encode(y=_height_of(place)) for place in ("up", "down")),
        once.mark_rule(color=colours.muted).encode(y=_height_of("zero")),
        once.mark_text(align="left", baseline="top", dy=4, fontSize=themes.TEXT_SIZE, color=colours.ink).encode(
            x=alt.value(0), y=_height_of("lane"), text="name:N"
        ),
        *(_scale(once, colours, place, f"{place}_text:N") for place in ("up", "down")),
        themes.kept_free(data),
        base.mark_area(opacity=0.16, color=colours.accent).encode(y=_height_of("low"), y2="high:Q"),
        themes.lone_intervals(base, colours.accent).encode(y=_height_of("low"), y2="high:Q"),
        base.mark_line(strokeWidth=1.75, color=colours.accent).encode(y=y),
        point.transform_filter(f"!({marked})").mark_point(filled=True, size=20, opacity=1),
        point.transform_filter(marked).mark_point(filled=True, size=110, opacity=1),
        _hover(base),
    ]
    chart = alt.layer(*layers).properties(
        width="container",
        height=LANE * len(taxonomy.pillar_keys()),
        description=_("Verlauf der sechs Säulen nach Monaten"),
    )
    return themes.configured(chart, theme)


def _height_of(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q").scale(domain=[-len(taxonomy.pillar_keys()), 0], nice=False, zero=False).axis(None)


def _scale(once: alt.Chart, colours: themes.Palette, place: str, text: str) -> alt.Chart:
    return once.mark_text(align="left", dx=6, fontSize=9.5, color=colours.second_ink).encode(
        x=alt.value("width"), y=_height_of(place), text=text
    )


def _hover(base: alt.Chart) -> alt.Chart:
    titles = {
        "name": _("Säule"), "month": _("Monat"), "text": _("Polarität"), "bounds": _("95\u00a0%"), "base": "n",
        "rest": _("übrige Monate"), "apart": _("Unterschied"),
    }  # fmt: skip
    tooltip = [alt.Tooltip(f"{field}:N").title(title) for field, title in titles.items()]
    cell = (
        base.transform_calculate(bottom="datum.lane - 1")
        .mark_rect(opacity=0, cursor="pointer")
        .encode(x2="until:T", y=_height_of("lane"), y2="bottom:Q", tooltip=tooltip)
    )
    return cell.add_params(alt.selection_point(name=PICK, fields=["row", "part"]))
