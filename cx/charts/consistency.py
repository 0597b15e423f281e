"""How far a pillar's score differs between channels beyond chance, as dots with intervals."""

import altair as alt
import pandas as pd

from cx.charts import dots, words
from cx.charts import theme as themes
from cx.charts.theme import Meaning
from cx.language import _, interval, number, percent
from cx.model.limits import N_UNCERTAIN

LEAST = 2  # channels


def rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `Comparison.consistency` as cx.charts.dots.COLUMNS, the largest spread first; too few channels or answers: withheld."""
    ranked = frame.sort_values("value", ascending=False, kind="stable", na_position="last")
    found = [_row(row) for row in ranked.to_dict("records")]
    return pd.DataFrame(found, columns=dots.COLUMNS[:-1]).assign(start=0.0)


def _row(row: dict) -> tuple:
    withheld = row["channels"] < LEAST or row["n"] < N_UNCERTAIN
    value, low, high = (float("nan"),) * 3 if withheld else (row["value"], row["low"], row["high"])
    return (
        row["pillar"],
        words.aspect_name(row["pillar"]),
        reading(row),
        value,
        low,
        high,
        words.too_few() if withheld else "±" + number(value, 2),
        "" if withheld else interval(low, high, 2).replace(" ", "\u00a0"),
        number(row["n"]),
        str(Meaning.WITHHELD if withheld else Meaning.NEGATIVE if row["real"] else Meaning.NEUTRAL),
    )


def reading(row: dict) -> str:
    """What the spread says in a few words, with I² and the number of channels."""
    if row["channels"] < LEAST:
        return _("weniger als zwei Kanäle")
    said = _("je nach Kanal verschieden") if row["real"] else _("kein Unterschied gesichert")
    return f"{said} · I² {percent(row['i_squared'])}"


def consistency(data: alt.NamedData | pd.DataFrame, theme: str) -> alt.LayerChart:
    """Spread (τ, in units of polarity) from 0 up, clickable by pillar."""
    axis = alt.Axis(**themes.ticks(3), format=".2~f")
    x = alt.X("value:Q").scale(zero=True).axis(axis).title(_("Streuung, ± Polarität"))
    return dots.ranked(data, theme, x, _("Streuung"), dots.Look(dots.LONG_NAMES))
