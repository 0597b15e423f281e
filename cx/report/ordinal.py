"""What an ordinal model says beside the adjusted effects of Treiber (frame of `Workspace.ordinal`)."""

import pandas as pd

from cx.language import _
from cx.report import drivers


def holds(frame: pd.DataFrame) -> str:
    """Which effects have another sign or size where the outcome's values are steps in an order and no numbers."""
    known = frame.dropna(subset=["effect_low", "ordered_low"])
    if known.empty:
        return _("Als geordnete Stufen lassen sich diese Antworten nicht rechnen.")
    width = known["effect_high"] - known["effect_low"]
    apart = (known["ordered"] - known["effect"]).abs() > drivers.SHIFT * width
    moved = known[apart | (_sign(known, "effect") * _sign(known, "ordered") < 0)]
    if moved.empty:
        return _("Zählen die Antworten als geordnete Stufen statt als Zahlen, ändert sich kein Effekt nennenswert.")
    text = _("Zählen die Antworten als geordnete Stufen statt als Zahlen, ändern sich: {names}.")
    return text.format(names=drivers.names_of(moved))


def _sign(frame: pd.DataFrame, name: str) -> pd.Series:
    """1 or −1 where the interval clears 0, else 0."""
    return (frame[f"{name}_low"] > 0).astype(int) - (frame[f"{name}_high"] < 0).astype(int)


def explained() -> str:
    """What the model is."""
    return _(
        "Das ordinale Modell (Proportional Odds) nutzt nur die Reihenfolge der Antworten, nicht ihre Abstände; gezeigt ist sein mittlerer "
        "Effekt je Stufe in derselben Einheit. Wo beide auseinandergehen, trauen Sie keinem."
    )
