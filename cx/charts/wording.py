"""Words that one side uses more often than another: dots with intervals on an axis of so many times."""

from enum import StrEnum

import altair as alt
import numpy as np
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.theme import Meaning
from cx.charts.trend import SPARK_HEIGHT, SPARK_WIDTH
from cx.language import _, ends, number, percent
from cx.model.kpi import Kpi
from cx.model.limits import N_UNCERTAIN

ROW = 32
NAMES = 164  # pixels left of the dots
LONG_NAME = 20  # letters; a longer word is set smaller
ROOM = 0.14  # of the axis on both sides, for the values beside the intervals
LITTLE = 0.0005  # a share below needs two decimals
FEW_TIMES = 10  # from here on without decimals
DOUBLINGS = "datum.value == 0 ? '1' : '×' + format(pow(2, abs(datum.value)), ',')"
COLUMNS = ["key", "name", "note", "value", "low", "high", "text", "bounds", "shares", "base", "side"]
EDGES = ["left", "right"]
PICK = "pick"
SPARK_LEAST = 3  # months; fewer draw no course


class Against(StrEnum):
    """What a selection is held against."""

    REST = "rest"
    PRAISE = "praise"
    BEFORE = "before"


SINCE = "since"  # two stretches of time, one after the other; not a choice of the page of themes


class Side(StrEnum):
    """Who uses a word more often."""

    A = "a"
    B = "b"


def sides(against: str) -> tuple[str, str]:
    """What side a and side b are called, as the end of a sentence ("häufiger in der Auswahl")."""
    names = {
        Against.REST: (_("in der Auswahl"), _("im Rest")),
        Against.PRAISE: (_("in kritischen Aussagen"), _("in lobenden Aussagen")),
        Against.BEFORE: (_("in der jüngsten Zeit"), _("in der Zeit davor")),
        SINCE: (_("danach"), _("davor")),
    }
    return names[against]


def rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Terms (columns of cx.analysis.themes.Contrast.terms) as COLUMNS and EDGES, in doublings: from the one side's to the other's."""
    ranked = frame.sort_values("log_odds", ascending=False)
    found = pd.DataFrame([_row(row) for row in ranked.to_dict("records")], columns=COLUMNS)
    left, right = min(found["low"].min(), 0), max(found["high"].max(), 0)
    room = ROOM * (right - left)
    return found.assign(left=left - room if left else 0.0, right=right + room if right else 0.0)


def _row(row: dict) -> tuple:
    n = row["n_a"] + row["n_b"]
    value, low, high = (row[name] / np.log(2) for name in ("log_odds", "low", "high"))
    mood = words.value(Kpi.POLARITY, row["mood"])
    return (
        row["search"],
        row["word"],
        _("n = {n} · Stimmung {mood}").format(n=number(n), mood=mood),
        value,
        low,
        high,
        times(row["log_odds"]),
        bounds(row["low"], row["high"]),
        _("{a} gegen {b}").format(a=share(row["share_a"]), b=share(row["share_b"])),
        number(n),
        str(Meaning.UNCERTAIN) if n < N_UNCERTAIN else str(Side.A if value > 0 else Side.B),
    )


def share(value: float) -> str:
    """A share of 0…1 with one decimal, with two where one would show nothing of it."""
    return percent(value, 2 if 0 < value < LITTLE else 1)


def times(log_odds: float) -> str:
    """ "×2,4": so many times as high are the odds of the side that uses a word more often."""
    size = float(np.exp(abs(log_odds)))
    return "×" + number(size, 0 if size >= FEW_TIMES else 1)


def bounds(low: float, high: float) -> str:
    """ "×1,8 … ×3,1", the smaller first."""
    return ends(*map(times, sorted((low, high), key=abs)))


def chart(data: alt.NamedData | pd.DataFrame, theme: str, against: str) -> alt.LayerChart:
    """Rows of `rows` as dots with intervals, to the right what side a uses more often; every row can be clicked."""
    colours = themes.palette(theme)
    y = alt.Y("name:N").sort(None).axis(labels=False, minExtent=NAMES, grid=False).title(None)
    side = alt.Color("side:N").scale(
        domain=[Side.A, Side.B, Meaning.UNCERTAIN], range=[colours.accent, colours.second_ink, colours.muted]
    )
    axis = alt.Axis(labelExpr=DOUBLINGS, tickCount=6, tickMinStep=1)
    x = alt.X("value:Q").scale(nice=False).axis(axis).title(_axis_title(against))
    base, colour = alt.Chart(data).encode(y=y), side.legend(None)
    layers = [
        alt.Chart(data).mark_rule(color=colours.second_ink, strokeWidth=1).encode(x=alt.datum(0)),
        *(base.mark_point(opacity=0).encode(x=f"{edge}:Q") for edge in EDGES),
        themes.kept_free(data),
        _named(base, "name:N", -7, colours.ink).encode(size=_fitting()),
        _named(base, "note:N", 8, colours.second_ink),
        base.mark_rule(strokeWidth=2, strokeCap="round").encode(x=alt.X("low:Q"), x2="high:Q", color=colour),
        base.mark_point(filled=True, size=90, opacity=1).encode(x=x, color=colour),
        _value(base, ">", "high:Q", "left", 8).encode(color=colour),
        _value(base, "<", "low:Q", "right", -8).encode(color=colour),
        _hover(base),
    ]
    whole = alt.layer(*layers).properties(
        width="container", height=alt.Step(ROW), description=_("Wörter mit Intervallen, ein Eintrag je Zeile")
    )
    return themes.configured(whole, theme)


def _axis_title(against: str) -> list[str]:
    a, b = sides(against)
    return [_("häufiger {side} →").format(side=a), _("← häufiger {side}").format(side=b)]


def _fitting() -> alt.When:
    long = alt.when(f"length(datum.name) > {LONG_NAME}").then(alt.value(themes.NOTE_SIZE))
    return long.otherwise(alt.value(themes.TEXT_SIZE))


def _named(base: alt.Chart, field: str, dy: int, color: str) -> alt.Chart:
    mark = base.mark_text(align="left", dy=dy, fontSize=themes.NOTE_SIZE, color=color, limit=NAMES - 8)
    return mark.encode(x=alt.value(-NAMES), text=field)


def _value(base: alt.Chart, sign: str, x: str, align: str, dx: int) -> alt.Chart:
    there = base.transform_filter(f"datum.value {sign} 0")
    return there.mark_text(align=align, dx=dx, fontSize=themes.NOTE_SIZE).encode(x=x, text="text:N")


def _hover(base: alt.Chart) -> alt.Chart:
    tooltip = [
        alt.Tooltip("name:N").title(_("Wort")),
        alt.Tooltip("text:N").title(_("so viel mal häufiger")),
        alt.Tooltip("bounds:N").title(_("95\u00a0%")),
        alt.Tooltip("shares:N").title(_("Anteil der Feedbacks")),
        alt.Tooltip("base:N").title("n"),
    ]
    row = base.mark_rect(opacity=0, cursor="pointer").encode(
        x=alt.value(-NAMES), x2=alt.value("width"), tooltip=tooltip
    )
    return row.add_params(alt.selection_point(name=PICK, fields=["key"]))


def course(months: list[tuple[pd.Timestamp, int]]) -> tuple[str, ...]:
    """Counts by month from 0 up as an SVG path in the box of cx.charts.trend.sparkline; none where there are too few months."""
    if len(months) < SPARK_LEAST:
        return ()
    highest = max(n for _month, n in months) or 1
    step = SPARK_WIDTH / (len(months) - 1)
    points = [
        f"{i * step:.1f},{2 + (SPARK_HEIGHT - 4) * (1 - n / highest):.1f}" for i, (_month, n) in enumerate(months)
    ]
    return ("M" + " L".join(points),)
