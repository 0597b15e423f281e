"""The numbers behind the figures of Kanäle as tables for people."""

import pandas as pd
from pandas.io.formats.style import Styler

from cx.charts import consistency as spreads
from cx.charts import segments as cells
from cx.charts import waterfall, words
from cx.language import NO_NUMBER, _, number, percent
from cx.model.limits import N_WITHHELD
from cx.report import segments


def differences(frame: pd.DataFrame, group: str) -> Styler:
    """Every segment and measure of a group: value, bounds, n, share, difference to what it is tested against, verdict."""
    shown = frame[frame["measure"].isin(cells.measures(group)) & (frame["n"] > 0)]
    rows = [
        (
            row["name"],
            segments.measure_name(row["measure"], row["variant"]),
            NO_NUMBER if row["n"] < N_WITHHELD else words.value(row["measure"], row["value"]),
            NO_NUMBER if row["n"] < N_WITHHELD else words.bounds(row["measure"], row["low"], row["high"]),
            number(row["n"]),
            NO_NUMBER if pd.isna(row["share"]) else percent(row["share"], 1),
            NO_NUMBER if row["n"] < N_WITHHELD else cells.against(row) or NO_NUMBER,
            cells.verdict(row),
        )
        for row in shown.to_dict("records")
    ]
    headings = [
        _("Segment"),
        _("Messgröße"),
        _("Wert"),
        _("95\u00a0%"),
        "n",
        _("Anteil"),
        _("Unterschied"),
        _("Urteil"),
    ]
    return pd.DataFrame(rows, columns=headings).style


def consistency(frame: pd.DataFrame) -> Styler:
    """Spread of each pillar with bounds, I², channels, verdict."""
    rows = [
        (
            words.aspect_name(row["pillar"]),
            number(row["value"], 3),
            number(row["low"], 3),
            number(row["high"], 3),
            percent(row["i_squared"]),
            number(row["channels"]),
            number(row["n"]),
            spreads.reading(row).partition(" · ")[0],
        )
        for row in frame.to_dict("records")
    ]
    headings = [_("Säule"), _("Streuung τ"), _("von"), _("bis"), "I²", _("Kanäle"), "n", _("Urteil")]
    return pd.DataFrame(rows, columns=headings).style


def split(parts: pd.DataFrame, kpi: str) -> Styler:
    """Every step of the change: value, bounds, answers, verdict."""
    rows = []
    for part in waterfall.shown(parts):
        end = part["kind"] in waterfall.ENDS
        verdict = _("gesichert") if part["real"] else _("nicht gesichert")
        value = words.value(kpi, part["value"]) if end else waterfall.step(kpi, part)
        limits = words.bounds(kpi, part["low"], part["high"]) if end else waterfall.bounds(kpi, part)
        judged = verdict if part["kind"] in waterfall.STEPS else ""
        rows.append((waterfall.name(part), value, limits, waterfall.base(part), judged))
    headings = [_("Schritt"), words.kpi_name(kpi), _("95\u00a0%"), "n", _("Urteil")]
    return pd.DataFrame(rows, columns=headings).style
