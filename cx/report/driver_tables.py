"""The numbers behind the charts of drivers, as tables for people."""

import pandas as pd
from pandas.io.formats.style import Styler

from cx.charts import pairs, words
from cx.language import NO_NUMBER, _, number, percent
from cx.model.limits import N_WITHHELD
from cx.report import drivers

Column = tuple[str, str, str]  # of the frame, its heading, its format
FORMATS = {
    "text": str,
    "count": number,
    "share": lambda value: percent(value, 1),
    "difference": lambda value: number(value, 1, signed=True),
    "fine": lambda value: number(value, 2, signed=True),
}


def importances(frame: pd.DataFrame) -> Styler:
    """Importance, bounds, ranks, n, and whether it is unsure."""
    table = frame.assign(unsure=frame["unsure"].map({True: _("ungefähr"), False: ""}))
    return _table(
        table,
        ("importance", _("Wichtigkeit"), "share"),
        ("low", _("von"), "share"),
        ("high", _("bis"), "share"),
        ("rank_low", _("bester Rang"), "count"),
        ("rank_high", _("schlechtester Rang"), "count"),
        ("n", "n", "count"),
        ("unsure", _("Hinweis"), "text"),
    )


def effects(frame: pd.DataFrame, outcome: str) -> Styler:
    """Adjusted effect, bounds, verdict, and what each predictor rests on."""
    size = _size(outcome)
    table = frame.assign(verdict=frame["real"].map({True: _("gesichert"), False: _("nicht gesichert")}))
    return _table(
        table,
        ("effect", _("Effekt je Stufe"), size),
        ("effect_low", _("von"), size),
        ("effect_high", _("bis"), size),
        ("verdict", _("Urteil"), "text"),
        ("n", _("Feedbacks"), "count"),
        ("negative", _("negativ"), "count"),
        ("positive", _("positiv"), "count"),
    )


def contributions(frame: pd.DataFrame, outcome: str) -> Styler:
    """Adjusted contribution beside leave-out impact, with bounds."""
    size = _size(outcome)
    return _table(
        frame,
        ("contribution", _("Beitrag, bereinigt"), size),
        ("contribution_low", _("Beitrag von"), size),
        ("contribution_high", _("Beitrag bis"), size),
        ("impact", _("Weglassen"), size),
        ("impact_low", _("Weglassen von"), size),
        ("impact_high", _("Weglassen bis"), size),
        ("n", _("Feedbacks"), "count"),
    )


def sides(frame: pd.DataFrame, outcome: str) -> Styler:
    """Penalty, reward and asymmetry with bounds, and the kind."""
    size = _size(outcome)
    return _table(
        frame.assign(kind=frame["kind"].map(pairs.kind_name)),
        ("kind", _("Art"), "text"),
        ("penalty", _("Verlust"), size),
        ("penalty_low", _("Verlust von"), size),
        ("penalty_high", _("Verlust bis"), size),
        ("reward", _("Gewinn"), size),
        ("reward_low", _("Gewinn von"), size),
        ("reward_high", _("Gewinn bis"), size),
        ("asymmetry", _("Asymmetrie"), "fine"),
        ("asymmetry_low", _("Asymmetrie von"), "fine"),
        ("asymmetry_high", _("Asymmetrie bis"), "fine"),
        ("negative", _("negativ"), "count"),
        ("positive", _("positiv"), "count"),
    )


def sensitivity(frame: pd.DataFrame, outcome: str) -> Styler:
    """The effect as shown beside the one where not named counts as missing."""
    size = _size(outcome)
    return _table(
        frame,
        ("effect", _("nicht genannt = Mitte"), size),
        ("effect_low", _("Mitte von"), size),
        ("effect_high", _("Mitte bis"), size),
        ("slope", _("nicht genannt = fehlend"), size),
        ("slope_low", _("fehlend von"), size),
        ("slope_high", _("fehlend bis"), size),
    )


def ordinal(frame: pd.DataFrame, outcome: str) -> Styler:
    """The adjusted effect beside that of the ordinal model (frame of `Workspace.ordinal`)."""
    size = _size(outcome)
    return _table(
        frame,
        ("effect", _("bereinigt"), size),
        ("effect_low", _("von"), size),
        ("effect_high", _("bis"), size),
        ("ordered", _("ordinal"), size),
        ("ordered_low", _("ordinal von"), size),
        ("ordered_high", _("ordinal bis"), size),
        ("n", _("Feedbacks"), "count"),
    )


def performance(frame: pd.DataFrame) -> Styler:
    """The map: performance and importance with their bounds."""
    return _table(
        frame,
        ("performance", _("Leistung"), "fine"),
        ("performance_low", _("Leistung von"), "fine"),
        ("performance_high", _("Leistung bis"), "fine"),
        ("importance", _("Wichtigkeit"), "share"),
        ("low", _("Wichtigkeit von"), "share"),
        ("high", _("Wichtigkeit bis"), "share"),
        ("n", "n", "count"),
    )


def _size(outcome: str) -> str:
    return "difference" if drivers.digits(outcome) == 1 else "fine"


def _table(frame: pd.DataFrame, *columns: Column) -> Styler:
    """The predictors' names and the columns; numbers that rest on too few are left out."""
    few = frame["n"] < N_WITHHELD
    names = [name for name, _heading, form in columns if form not in ("text", "count")]
    shown = frame.assign(
        predictor=frame["predictor"].map(words.aspect_name), **{name: frame[name].mask(few) for name in names}
    )
    table = shown[["predictor", *(name for name, _heading, _form in columns)]]
    headings = [_("Treiber"), *(heading for _name, heading, _form in columns)]
    formats = [str, *(FORMATS[form] for _name, _heading, form in columns)]
    named = table.set_axis(headings, axis="columns")
    return named.style.format(dict(zip(headings, formats, strict=True)), na_rep=NO_NUMBER)
