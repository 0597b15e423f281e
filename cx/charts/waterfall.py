"""A change from one period to the next as steps: other channels (mix), then other scores in them (level)."""

import altair as alt
import numpy as np
import pandas as pd

from cx.charts import theme as themes
from cx.charts import words
from cx.charts.theme import Meaning
from cx.language import _, interval, number
from cx.model.kpi import Kpi
from cx.model.limits import N_UNCERTAIN, N_WITHHELD

ROW = 25
NAMES = 172
THICK = 9
ENDS = ("before", "now")
STEPS = ("mix", "level")
WITHHELD = "withheld"
EMPTY = {"kind": WITHHELD, "value": float("nan"), "low": float("nan"), "high": float("nan")}
COLUMNS = ["row", "name", "kind", "start", "stop", "low", "high", "right", "text", "bounds", "base", "meaning"]


def rows(frame: pd.DataFrame, kpi: str, variant: str = "") -> pd.DataFrame:
    """Rows of `shown` as COLUMNS: every step starts where the last one ended, a withheld one is drawn as nothing."""
    at, found = 0.0, []
    for place, part in enumerate(shown(frame)):
        start = 0.0 if part["kind"] in ENDS else at
        at = start + part["value"]
        found.append(_row(place, part, start, kpi, variant))
    return pd.DataFrame(found, columns=COLUMNS)


def shown(frame: pd.DataFrame) -> list[dict]:
    """The parts of `Split.parts` that are shown: before, the mix of each channel, its level, now.

    Mix and level of a channel with fewer than N_WITHHELD answers in a period are one part of the kind WITHHELD, before now: what is missing
    from the last step to now.
    """
    parts = frame[frame["kind"].isin(ENDS) | (frame["kind"].isin(STEPS) & frame["channel"].notna())].to_dict("records")
    withheld = {part["channel"]: part | EMPTY for part in parts if part["kind"] in STEPS and _few(part)}
    *steps, now = [part for part in parts if part["channel"] not in withheld]
    return [*steps, *withheld.values(), now]


def _row(place: int, part: dict, start: float, kpi: str, variant: str) -> tuple:
    end = part["kind"] in ENDS
    stop, low, high = (start + part[name] for name in ("value", "low", "high"))
    return (
        place,
        name(part),
        "end" if end else WITHHELD if part["kind"] == WITHHELD else "step",
        stop if end else start,
        stop,
        low,
        high,
        np.nanmax([high, start, stop]),
        words.value(kpi, part["value"]) if end else step(kpi, part),
        words.bounds(kpi, part["low"], part["high"]) if end else bounds(kpi, part),
        base(part),
        str(_meaning(part, kpi, variant)),
    )


def name(part: dict) -> str:
    """ "davor", "Mischung: Telefon", "Niveau: Telefon", "übrige Kanäle", "jetzt"."""
    if part["kind"] in ENDS:
        return _("davor") if part["kind"] == "before" else _("jetzt")
    texts = {"mix": _("Mischung: {channel}"), "level": _("Niveau: {channel}")}
    return texts.get(part["kind"], "{channel}").format(channel=part["channel"] or _("übrige Kanäle"))


def base(part: dict) -> str:
    """Answers: of one period, or "before → now"."""
    if part["kind"] in ENDS:
        return number(part["n"])
    return f"{number(part['n_before'])} → {number(part['n'])}"


def step(kpi: str, part: dict) -> str:
    """A part of the change with its sign; why there is none where it is withheld."""
    if part["kind"] == WITHHELD:
        return words.too_few()
    return number(part["value"], _digits(kpi), signed=True)


def _few(part: dict) -> bool:
    return any(0 < part[n] < N_WITHHELD for n in ("n", "n_before"))


def bounds(kpi: str, part: dict) -> str:
    """Its interval; "" where it is withheld."""
    if part["kind"] == WITHHELD:
        return ""
    return interval(part["low"], part["high"], _digits(kpi), signed=True).replace(" ", "\u00a0")


def _digits(kpi: str) -> int:
    return 1 if kpi in (Kpi.NPS, Kpi.CSAT) else 2


def _meaning(part: dict, kpi: str, variant: str) -> Meaning:
    if part["kind"] in ENDS:
        return Meaning.UNCERTAIN if part["n"] < N_UNCERTAIN else Meaning.NEUTRAL
    if part["kind"] == WITHHELD:
        return Meaning.WITHHELD
    if not part["real"]:
        return Meaning.UNCERTAIN
    return Meaning.POSITIVE if words.is_better(kpi, part["value"], variant) else Meaning.NEGATIVE


def waterfall(data: alt.NamedData | pd.DataFrame, theme: str, kpi: str) -> alt.LayerChart:
    """Rows of COLUMNS, from the top down; a bar only in colour where it is real, its interval as a thin line."""
    colours, style = themes.palette(theme), words.style(kpi)
    form = {"labelExpr": themes.signed_labels(style.digits)} if style.signed else {"format": f".{style.digits}f"}
    x = alt.X("stop:Q").scale(zero=False, nice=False, padding=8).axis(alt.Axis(**themes.ticks(), **form)).title(None)
    base_ = alt.Chart(data).encode(y=alt.Y("row:O").axis(labels=False, minExtent=NAMES, grid=False).title(None))
    steps, ends = (base_.transform_filter(f"datum.kind == '{kind}'") for kind in ("step", "end"))
    colour = alt.Color("meaning:N").scale(colours.scale()).legend(None)
    layers = [
        base_.mark_text(align="left", fontSize=themes.TEXT_SIZE, limit=NAMES - 8, color=colours.ink).encode(
            x=alt.value(-NAMES), text="name:N"
        ),
        themes.kept_free(data),
        steps.mark_bar(size=THICK, opacity=0.85).encode(x=alt.X("start:Q"), x2="stop:Q", color=colour),
        base_.mark_rule(strokeWidth=1.5, color=colours.second_ink).encode(x=alt.X("low:Q"), x2="high:Q"),
        ends.mark_point(filled=True, size=90, opacity=1, color=colours.ink).encode(x=x),
        base_.mark_text(align="left", dx=7, fontSize=themes.NOTE_SIZE, color=colours.second_ink).encode(
            x=alt.X("right:Q"), text="text:N"
        ),
        _hover(base_, kpi),
    ]
    chart = alt.layer(*layers).properties(
        width="container", height=alt.Step(ROW), description=_("Änderung in Schritten: ") + words.kpi_name(kpi)
    )
    return themes.configured(chart, theme)


def _hover(base_: alt.Chart, kpi: str) -> alt.Chart:
    tooltip = [
        alt.Tooltip("name:N").title(_("Schritt")),
        alt.Tooltip("text:N").title(words.kpi_name(kpi)),
        alt.Tooltip("bounds:N").title(_("95\u00a0%")),
        alt.Tooltip("base:N").title("n"),
    ]
    return base_.mark_rect(opacity=0).encode(x=alt.value(-NAMES), x2=alt.value("width"), tooltip=tooltip)
