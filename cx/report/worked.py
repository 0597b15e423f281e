"""What the page *Nachgerechnet* says of published examples: names of methods and quantities, numbers as the source prints them."""

import math

import pandas as pd

from cx.language import MINUS, _, number

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
R_NAMES = {  # as R writes the columns of swiss
    "agriculture": "Agriculture",
    "examination": "Examination",
    "education": "Education",
    "catholic": "Catholic",
    "infant_mortality": "Infant.Mortality",
}


def finding(checks: pd.DataFrame) -> str:
    """How many of the published numbers come out (frame of cx.analysis.worked.checks)."""
    n, right = len(checks), int(checks["agrees"].sum())
    if right == n:
        return _("Alle {n} veröffentlichten Zahlen kommen heraus").format(n=number(n))
    return _("{right} von {n} veröffentlichten Zahlen kommen heraus").format(right=number(right), n=number(n))


def source(cited: str) -> str:
    """Where an example stands, in the language in use: titles as they are printed, what is said about them in our words."""
    asides = {
        "data: R": _("Daten: R"),
        "all 66 samples": _("alle 66 Stichproben"),
        "there with equal variances": _("dort mit gleichen Varianzen"),
        ", Table ": _(", Tabelle "),
        "i mod 3": _("i modulo 3"),
        "), in metafor (": _("), aus metafor ("),
    }
    for english, ours in asides.items():
        cited = cited.replace(english, ours)
    return cited


def method_name(method: str) -> str:
    """What a method is called."""
    names = {
        "nps": _("NPS, Adjusted-Wald-Intervall"),
        "wald": _("NPS, Lehrbuch-Intervall (nur zum Vergleich)"),
        "nps_coverage": _("NPS, wie oft das 95-%-Intervall den wahren Wert enthält, in Prozent"),
        "wilson": _("Anteil, Wilson-Intervall"),
        "newcombe": _("Unterschied zweier Anteile, Newcombe-Intervall"),
        "lmg": _("Wichtigkeit (LMG)"),
        "johnson": _("Wichtigkeit zum Vergleich (Johnson)"),
        "suppressor": _("Suppressor: Zusammenhang und Effekt mit verschiedenem Vorzeichen"),
        "leave_out": _("Einfluss durch Weglassen"),
        "penalty_reward": _("Bestrafung und Belohnung, Asymmetrie"),
        "benjamini_hochberg": _("Viele Tests zugleich, Zahl der gesicherten"),
        "simpson": _("Umkehr beim Zusammenfassen (Simpson), Erfolge in Prozent"),
        "between_channels": _("Streuung zwischen Gruppen (DerSimonian–Laird)"),
        "kish": _("Effektives n (Kish)"),
        "krippendorff": _("Übereinstimmung von Beurteilern (Krippendorff)"),
        "auc": _("Trennschärfe (AUC), DeLong-Intervall"),
        "overlap": _("Zwei Mittelwerte mit teils denselben Antworten (Derrick)"),
    }
    return names[method]


def quantity_name(quantity: str) -> str:
    """What a number of a method is called; the columns of a data table keep their names."""
    names = {
        "value": _("Wert"),
        "low": _("untere Grenze"),
        "high": _("obere Grenze"),
        "reach": _("Reichweite ±"),
        "variance": _("Varianz je Antwort"),
        "adjusted_wald": _("Adjusted Wald"),
        "wald": _("Lehrbuch"),
        "r2": "R²",
        "correlation": "r",
        "beta": "β",
        "asymmetry": _("Asymmetrie"),
        "benjamini_hochberg": "Benjamini–Hochberg",
        "bonferroni": "Bonferroni",
        "a_1": _("A, kleine Steine"),
        "b_1": _("B, kleine Steine"),
        "a_2": _("A, große Steine"),
        "b_2": _("B, große Steine"),
        "a": _("A, alle"),
        "b": _("B, alle"),
        "reversed": _("kehrt sich um (1 = ja)"),
        "tau_squared": "τ²",
        "i_squared": "I²",
        "q": "Q",
        "effective_n": _("effektives n"),
        "alpha": "α",
    }
    return names.get(quantity) or R_NAMES.get(quantity, quantity)


def printed(value: float, digits: int) -> str:
    """A number with as many decimals as the source prints."""
    return number(value, digits)


def difference(amount: float) -> str:
    """How far two numbers lie apart, in one digit and a power of ten: "−9·10⁻⁵"; no distance: "0"."""
    if not amount or not math.isfinite(amount):
        return number(amount)
    mantissa, exponent = f"{abs(amount):.0e}".split("e")
    power = str(int(exponent)).translate(SUPERSCRIPTS)
    return f"{MINUS if amount < 0 else '+'}{mantissa}·10{power}"


def verdict(*, agrees: bool) -> str:
    """Whether the source and we say the same."""
    return _("stimmt") if agrees else _("stimmt nicht")


def mark(*, agrees: bool) -> str:
    """The same as a sign."""
    return "✓" if agrees else "✗"
