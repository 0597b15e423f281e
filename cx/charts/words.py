"""Names and number formats of KPIs and aspects, as charts, titles and tiles write them."""

from dataclasses import dataclass
from itertools import zip_longest

import pandas as pd

from cx.charts.theme import Meaning
from cx.language import NO_NUMBER, _, current, interval, number
from cx.model import taxonomy
from cx.model.contradiction import Cause
from cx.model.kpi import Kpi, Label
from cx.model.limits import N_UNCERTAIN, N_WITHHELD


@dataclass(frozen=True)
class Style:
    """How a KPI is written: decimals, whether a plus is shown, what stands behind it."""

    digits: int
    signed: bool
    unit: str


STYLES = {
    Kpi.NPS: Style(0, True, ""),
    Kpi.CSAT: Style(0, False, "%"),
    Kpi.CES: Style(1, False, ""),
    Kpi.RATING: Style(1, False, ""),
    Kpi.POLARITY: Style(2, True, ""),
}
SCORE = STYLES[Kpi.POLARITY]  # pillars and touchpoints are polarities too
MORE_DIGITS = 2


def style(measure: str) -> Style:
    """The style of a KPI; anything else is a pillar's score."""
    return STYLES.get(measure, SCORE)


def kpi_name(kpi: str, variant: str = "") -> str:
    """ "NPS", "CES 2.0", "Sterne" … in the language in use."""
    names = {
        Kpi.NPS: "NPS",
        Kpi.CSAT: "CSAT",
        Kpi.CES: f"CES {variant}".strip(),
        Kpi.RATING: _("Sterne"),
        Kpi.POLARITY: _("Stimmung"),
    }
    return names[Kpi(kpi)]


def kpi_note(kpi: str, variant: str = "") -> str:
    """What the KPI counts, in a few words."""
    effort = _("1–5, wenig ist gut") if variant == "1.0" else _("1–7, viel ist gut")
    notes = {
        Kpi.NPS: _("−100 … +100"),
        Kpi.CSAT: _("obere zwei Stufen"),
        Kpi.CES: effort,
        Kpi.RATING: "1–5",
        Kpi.POLARITY: _("Text, −1 … +1"),
    }
    return notes[Kpi(kpi)]


def aspect_name(key: str) -> str:
    """The name of a pillar or touchpoint; an unknown key stands for itself."""
    found = taxonomy.load().aspect(key)
    return found.name(current()) if found else key


def lens_group_name(key: str) -> str:
    """ "Feel (Erlebnismodule)" of "modules.feel"; an unknown key stands for itself."""
    lens_key, _dot, group = key.partition(".")
    lens = next((lens for lens in taxonomy.load().lenses if lens.key == lens_key), None)
    return f"{lens.group(group).name(current())} ({lens.name(current())})" if lens else key


def told_apart(names: pd.Series) -> pd.Series:
    """Names for one column: where several share their first words ("Wie zufrieden sind Sie mit der Lieferung?"), "… " and what differs."""
    split = [name.split() for name in names]
    common = 0
    if len(set(names)) > 1:
        common = next(place for place, words in enumerate(zip_longest(*split)) if len(set(words)) > 1)
    kept = [["…", *words[common:]] if common > 1 and words[common:] else words for words in split]
    return pd.Series([" ".join(words) for words in kept], index=names.index, dtype=object)


def measure_name(measure: str) -> str:
    """The name of a KPI or a pillar."""
    return kpi_name(measure) if measure in list(Kpi) else aspect_name(measure)


def label_name(label: str | None) -> str:
    """ "negativ", "neutral", "positiv", "gemischt"; "nicht gelesen" for what has no label (another language)."""
    if not isinstance(label, str):
        return _("nicht gelesen")
    names = {
        Label.NEGATIVE: _("negativ"),
        Label.NEUTRAL: _("neutral"),
        Label.POSITIVE: _("positiv"),
        Label.MIXED: _("gemischt"),
    }
    return names[Label(label)]


def cause_name(cause: str) -> str:
    """What may be the reason of a contradiction, as carefully as the rule allows; "" where none is named."""
    names = {
        Cause.IRONY: _("vielleicht Ironie: Lob neben spöttischen Wörtern"),
        Cause.MIXED: _("der Text wertet in beide Richtungen"),
        Cause.MISPLACED: _("vielleicht die Skala verwechselt: kein gelesenes Wort spricht für die Bewertung"),
        Cause.UNKNOWN: "",
    }
    return names[Cause(cause)]


def engine_name(engine: str) -> str:
    """Ours has the name of the app, any other its own."""
    return "CX-Explorer" if engine == "cx" else engine


def quality_name(measure: str) -> str:
    """What a figure of cx.text.quality.levels is called."""
    names = {
        "right": _("richtige Stimmung"),
        "macro_f1": _("Makro-F1"),
        "auc": _("Trennschärfe (AUC)"),
        "f1_negative": _("F1 negativ"),
        "f1_neutral": _("F1 neutral"),
        "f1_positive": _("F1 positiv"),
    }
    return names[measure]


def phenomenon_name(key: str) -> str:
    """What a phenomenon of the challenge set is called; an unknown one stands for itself."""
    names = {
        "abbreviation": _("Abkürzungen"),
        "affix": _("un-, -los, -frei"),
        "caps": _("GROSSSCHREIBUNG"),
        "colloquial": _("Umgangssprache"),
        "comparison": _("Vergleiche"),
        "compound": _("Zusammensetzungen"),
        "condition": _("Bedingungen (wenn, hätte)"),
        "contrast": _("Gegensätze (aber, obwohl)"),
        "dialect": _("Dialekt"),
        "domain_noun": _("Fachwörter der Branche"),
        "emoji": _("Emojis"),
        "fact": _("wertende Tatsachen"),
        "intensity": _("Verstärkung und Abschwächung"),
        "irony": _("Ironie"),
        "litotes": _("doppelte Verneinung"),
        "mixed": _("Lob und Tadel zugleich"),
        "negation": _("Verneinung"),
        "neutral_fact": _("neutrale Tatsachen"),
        "price": _("Preise"),
        "question": _("Fragen"),
        "quoted": _("fremde Rede"),
        "separable_verb": _("trennbare Verben"),
        "spelling": _("Schreibweisen (ae, ss, Schweiz)"),
        "telegram": _("Telegrammstil"),
        "thanks": _("Dank"),
        "typo": _("Tippfehler"),
        "waiting": _("Wartezeiten"),
        "wish": _("Wünsche"),
    }
    return names.get(key, key)


def value(measure: str, amount: float) -> str:
    """A KPI's or score's value with sign and unit as it is usually written."""
    return _written(measure, amount, style(measure).digits)


def _written(measure: str, amount: float, digits: int) -> str:
    form = style(measure)
    text = number(amount, digits, signed=form.signed)
    return text if text == NO_NUMBER else text + _unit(form)


def bounds(measure: str, low: float, high: float) -> str:
    """Its interval: "+26 … +36", "76 … 80 %"."""
    form = style(measure)
    return interval(low, high, form.digits, signed=form.signed).replace(" ", "\u00a0") + _unit(form)


def pair(measure: str, first: float, second: float) -> tuple[str, str]:
    """Two values that differ, with as many decimals as show it, at most MORE_DIGITS more than usual: "+32,1", "+32,4"."""
    digits = range(style(measure).digits, style(measure).digits + MORE_DIGITS + 1)
    written = [(_written(measure, first, each), _written(measure, second, each)) for each in digits]
    return next((texts for texts in written if texts[0] != texts[1]), written[0])


def is_better(measure: str, change: float, variant: str = "") -> bool:
    """Whether a change is a good one: up, but for CES 1.0, where low is good."""
    return change < 0 if measure == Kpi.CES and variant == "1.0" else change > 0


def _unit(form: Style) -> str:
    return "\u00a0" + form.unit if form.unit and current() == "de" else form.unit


def meaning(amount: float, low: float, high: float, n: int) -> Meaning:
    """What a score that is neutral at 0 says: withheld and uncertain by n, a sign only where the interval clears 0."""
    if n < N_WITHHELD:
        return Meaning.WITHHELD
    if n < N_UNCERTAIN:
        return Meaning.UNCERTAIN
    if low > 0:
        return Meaning.POSITIVE
    return Meaning.NEGATIVE if high < 0 else Meaning.NEUTRAL


def too_few() -> str:
    """What stands in place of a withheld number."""
    return _("n zu klein")
