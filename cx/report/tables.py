"""The numbers behind each chart as a table for people: German headings, numbers as German writes them."""

from collections.abc import Callable

import pandas as pd
from pandas.io.formats.style import Styler

from cx.charts import words
from cx.language import NO_NUMBER, _, month, number, percent
from cx.model.limits import N_WITHHELD

Formatter = Callable[[object], str]


def trend(frame: pd.DataFrame, kpi: str) -> Styler:
    """Month, value, bounds, n."""
    table = _withheld(frame)[["month", "value", "low", "high", "n"]]
    headings = [_("Monat"), words.kpi_name(kpi), _("von"), _("bis"), "n"]
    return _styled(table, headings, [month, *[_number(words.style(kpi).digits + 1)] * 3, number])


def scores(frame: pd.DataFrame, key: str) -> Styler:
    """Pillars or touchpoints: score, bounds, how often named."""
    table = _withheld(frame)[[key, "value", "low", "high", "share", "n", "negative", "positive"]]
    table = table.assign(**{key: table[key].map(words.aspect_name)})
    heading = _("Säule") if key == "pillar" else _("Touchpoint")
    headings = [heading, _("Polarität"), _("von"), _("bis"), _("Anteil"), "n", _("negativ"), _("positiv")]
    share = _share(1)
    return _styled(table, headings, [str, *[_number(3)] * 3, share, number, number, number])


def importances(frame: pd.DataFrame) -> Styler:
    """Drivers: importance, bounds, ranks, n."""
    table = frame[["pillar", "importance", "low", "high", "rank_low", "rank_high", "n"]]
    table = table.assign(pillar=table["pillar"].map(words.aspect_name))
    headings = [_("Säule"), _("Wichtigkeit"), _("von"), _("bis"), _("bester Rang"), _("schlechtester Rang"), "n"]
    return _styled(table, headings, [str, *[_share(1)] * 3, number, number, number])


def effects(frame: pd.DataFrame, outcome: str) -> Styler:
    """Drivers: adjusted effect, bounds, verdict, and what each pillar rests on."""
    digits = 1 if outcome in ("nps", "csat") else 2
    table = frame[["pillar", "effect", "effect_low", "effect_high", "real", "n", "negative", "positive"]]
    table = table.assign(
        pillar=table["pillar"].map(words.aspect_name),
        real=table["real"].map({True: _("gesichert"), False: _("nicht gesichert")}),
    )
    headings = [
        _("Säule"), _("Effekt je Stufe"), _("von"), _("bis"), _("Urteil"), _("Feedbacks"), _("negativ"), _("positiv"),
    ]  # fmt: skip
    return _styled(table, headings, [str, *[_number(digits, signed=True)] * 3, str, number, number, number])


def performance(frame: pd.DataFrame) -> Styler:
    """The map: performance and importance with their bounds."""
    columns = ["pillar", "performance", "performance_low", "performance_high", "importance", "low", "high", "n"]
    table = frame[columns].assign(pillar=frame["pillar"].map(words.aspect_name))
    headings = [
        _("Säule"), _("Leistung"), _("Leistung von"), _("Leistung bis"),
        _("Wichtigkeit"), _("Wichtigkeit von"), _("Wichtigkeit bis"), "n",
    ]  # fmt: skip
    return _styled(table, headings, [str, *[_number(2, signed=True)] * 3, *[_share(1)] * 3, number])


def _withheld(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{c: frame[c].where(frame["n"] >= N_WITHHELD) for c in ("value", "low", "high")})


def _number(digits: int, *, signed: bool = False) -> Formatter:
    return lambda value: number(value, digits, signed=signed)


def _share(digits: int) -> Formatter:
    return lambda value: percent(value, digits)


def _styled(table: pd.DataFrame, headings: list[str], formats: list[Formatter]) -> Styler:
    named = table.set_axis(headings, axis="columns")
    return named.style.format(dict(zip(headings, formats, strict=True)), na_rep=NO_NUMBER)
