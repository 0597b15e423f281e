"""The numbers behind each chart as a table for people: German headings, numbers as German writes them."""

from collections.abc import Callable
from datetime import date, datetime, time

import numpy as np
import pandas as pd
from pandas.io.formats.style import Styler

from cx.charts import words
from cx.language import NO_NUMBER, _, day, month, number, percent
from cx.model.limits import N_WITHHELD

Formatter = Callable[[object], str]


def trend(frame: pd.DataFrame, kpi: str) -> Styler:
    """Month, value, bounds, n."""
    table = _withheld(frame)[["month", "value", "low", "high", "n"]]
    headings = [_("Monat"), words.kpi_name(kpi), _("von"), _("bis"), "n"]
    return _styled(table, headings, [month, *[_number(words.style(kpi).digits + 1)] * 3, number])


def kpis(frame: pd.DataFrame) -> Styler:
    """The key figures (columns of `Workspace.kpis`): value, interval and n, and whether their change is real."""
    rows = frame[frame["n"] > 0].to_dict("records")
    verdicts = {True: _("gesichert"), False: _("nicht gesichert")}
    table = pd.DataFrame(
        [
            (
                words.kpi_name(row["kpi"], row["variant"]),
                *(_kpi(row) if row["n"] >= N_WITHHELD else (words.too_few(), NO_NUMBER)),
                row["n"],
                NO_NUMBER if pd.isna(row["change"]) else verdicts[bool(row["real"])],
            )
            for row in rows
        ],
        columns=range(5),
    )
    return _styled(table, [_("Kennzahl"), _("Wert"), _("95\u00a0%"), "n", _("Änderung")], [str, str, str, number, str])


def _kpi(row: dict) -> tuple[str, str]:
    return words.value(row["kpi"], row["value"]), words.bounds(row["kpi"], row["low"], row["high"])


def scores(frame: pd.DataFrame, key: str) -> Styler:
    """Pillars or touchpoints: score, bounds, how often named."""
    table = _withheld(frame)[[key, "value", "low", "high", "share", "n", "negative", "positive"]]
    table = table.assign(**{key: table[key].map(words.aspect_name)})
    heading = _("Säule") if key == "pillar" else _("Touchpoint")
    headings = [heading, _("Polarität"), _("von"), _("bis"), _("Anteil"), "n", _("negativ"), _("positiv")]
    share = _share(1)
    return _styled(table, headings, [str, *[_number(3)] * 3, share, number, number, number])


def engines(frame: pd.DataFrame) -> Styler:
    """How well engines read: each figure with its bounds and n."""
    table = _withheld(frame)[["measure", "engine", "value", "low", "high", "n"]]
    table = table.assign(
        measure=table["measure"].map(words.quality_name), engine=table["engine"].map(words.engine_name)
    )
    headings = [_("Maß"), _("Sprachanalyse"), _("Wert"), _("von"), _("bis"), "n"]
    return _styled(table, headings, [str, str, *[_number(3)] * 3, number])


def confusion(counts: pd.DataFrame) -> Styler:
    """What was meant against what was read."""
    table = counts.rename(index=words.label_name).rename_axis("").reset_index()
    names = [words.label_name(label or None) for label in counts.columns]
    return _styled(table, [_("gemeint"), *names], [str, *[number] * len(names)])


def found_aspects(frame: pd.DataFrame) -> Styler:
    """How well pillars or touchpoints are found: F1, precision and recall with bounds."""
    named = frame[frame["aspect"] != ""].sort_values("f1", ascending=False)
    columns = [
        "aspect",
        *(f"{m}{end}" for m in ("f1", "precision", "recall") for end in ("", "_low", "_high")),
        "n",
        "got",
    ]
    table = named[columns].assign(aspect=named["aspect"].map(words.aspect_name))
    von, bis = _("{name} von"), _("{name} bis")
    names = [_("F1"), _("Genauigkeit"), _("Trefferquote")]
    headings = [part for name in names for part in (name, von.format(name=name), bis.format(name=name))]
    return _styled(
        table, [_("Thema"), *headings, _("gemeint"), _("gefunden")], [str, *[_number(2)] * 9, number, number]
    )


def phenomena(frame: pd.DataFrame) -> Styler:
    """The challenge set: share of right cases with bounds."""
    table = frame[["phenomenon", "value", "low", "high", "n", "failed"]]
    table = table.assign(phenomenon=table["phenomenon"].map(words.phenomenon_name))
    headings = [_("Phänomen"), _("richtig"), _("von"), _("bis"), "n", _("falsch gelesen")]
    return _styled(table, headings, [str, *[_share(1)] * 3, number, number])


def plain(frame: pd.DataFrame) -> Styler:
    """The answer of a query that somebody wrote, its headings as they are; a column's numbers with as many decimals as they need, 3 at most;
    lists and structs as text."""
    odd = {name: frame[name].map(_plain_cell, na_action="ignore") for name in frame if frame[name].dtype == object}
    shown = frame.assign(**odd)
    return shown.style.format({name: _plain(shown[name]) for name in shown}, na_rep=NO_NUMBER)


def _plain(values: pd.Series) -> Formatter:
    if not pd.api.types.is_float_dtype(values):
        return _plain_cell
    digits = next(digits for digits in range(4) if digits == 3 or values.round(digits).equals(values.round(3)))
    return lambda value: number(value, digits)


def _plain_cell(value: object) -> str:
    if isinstance(value, datetime):
        return day(value) if value.time() == time() else f"{day(value)} {value:%H:%M}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool | np.bool_):
        return _("ja") if value else _("nein")
    return number(value) if isinstance(value, int | float | np.integer) else str(value)


def _withheld(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{c: frame[c].where(frame["n"] >= N_WITHHELD) for c in ("value", "low", "high")})


def _number(digits: int) -> Formatter:
    return lambda value: number(value, digits)


def _share(digits: int) -> Formatter:
    return lambda value: percent(value, digits)


def _styled(table: pd.DataFrame, headings: list[str], formats: list[Formatter]) -> Styler:
    named = table.set_axis(headings, axis="columns")
    return named.style.format(dict(zip(headings, formats, strict=True)), na_rep=NO_NUMBER)
