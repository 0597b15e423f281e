"""The sentences over the figures of Kanäle: what differs for sure, and nothing more. Frames of cx.analysis.segments in."""

import pandas as pd

from cx.charts import segments as cells
from cx.charts import words
from cx.language import _, interval, ngettext, number
from cx.model.kpi import Kpi
from cx.model.limits import N_UNCERTAIN
from cx.report import findings
from cx.stats.kpis import PILLAR_RANGE, RANGES


def differences(frame: pd.DataFrame, group: str, *, pairwise: bool) -> str:
    """The largest real difference of a group of measures (rows with name), measured by the widest possible one; how many more there are."""
    shown = frame[frame["measure"].isin(cells.measures(group))]
    real = shown[shown["real"]]
    kind = _("Kennzahlen") if group == "kpis" else _("Säulen")
    if frame["segment"].nunique() < 2:
        return _("{kind}: für einen Vergleich braucht es zwei Segmente").format(kind=kind)
    if real.empty:
        return _("{kind}: kein Unterschied zwischen den Segmenten ist gesichert").format(kind=kind)
    widest = real["measure"].map({str(kpi): span for kpi, span in RANGES.items()}).fillna(PILLAR_RANGE)
    first = real.loc[(real["change"].abs() / widest).idxmax()]
    others = len(real) // (2 if pairwise else 1) - 1
    return _sentence(first, shown, pairwise=pairwise) + (f" {_more(others)}" if others else "")


def _sentence(row: pd.Series, shown: pd.DataFrame, *, pairwise: bool) -> str:
    measure = row["measure"]
    text = (
        _("{segment}: {measure} um {size} höher als {other} (95\u00a0%: {bounds})")
        if row["change"] > 0
        else _("{segment}: {measure} um {size} niedriger als {other} (95\u00a0%: {bounds})")
    )
    return text.format(
        segment=row["name"],
        measure=measure_name(measure, row["variant"]),
        size=findings.change_size(measure, abs(row["change"])),
        other=next(name for name in shown["name"] if name != row["name"]) if pairwise else _("im Rest"),
        bounds=findings.change_bounds(measure, row),
    )


def _more(n: int) -> str:
    return ngettext("und {n} weiterer Unterschied", "und {n} weitere Unterschiede", n).format(n=number(n))


def measure_name(measure: str, variant: str) -> str:
    """ "CES 2.0", "Lösung"."""
    return words.kpi_name(measure, variant) if measure in list(Kpi) else words.aspect_name(measure)


def consistency(frame: pd.DataFrame) -> str:
    """The pillar that differs most between channels beyond chance."""
    real = frame[frame["real"]]
    if real.empty:
        return _("Keine Säule ist gesichert von Kanal zu Kanal verschieden")
    first = real.loc[real["value"].idxmax()]
    text = _("Je nach Kanal verschieden: {pillar}, Streuung ±{size} über den Zufall hinaus")
    said = text.format(pillar=words.aspect_name(first["pillar"]), size=number(first["value"], 2))
    others = [words.aspect_name(key) for key in real["pillar"] if key != first["pillar"]]
    return said + (_("; ebenso {names}").format(names=findings.listed(others)) if others else "")


def one_channel() -> tuple[str, str]:
    """What stands in place of consistency where not two channels name a pillar often enough: a title and a sentence."""
    return (
        _("Ob jeder Kanal gleich erlebt wird, zeigt sich erst ab zwei Kanälen"),
        _("Hier hat höchstens einer genug Texte. Wählen Sie mehr Kanäle oder einen längeren Zeitraum."),
    )


def split(parts: pd.DataFrame, kpi: str, variant: str) -> str:
    """Which channel has moved the KPI most, by mix or by level; whether the whole is certain stands in the note."""
    name = words.kpi_name(kpi, variant)
    real = parts[parts["real"]]
    channels = real[real["channel"].notna() & (real["channel"] != "")]
    if len(channels):
        first = channels.loc[channels["value"].abs().idxmax()]
        rises = first["value"] > 0
        if first["kind"] == "level":
            text = (
                _("{kpi}: {channel} zieht um {size} nach oben")
                if rises
                else _("{kpi}: {channel} zieht um {size} nach unten")
            )
        else:
            text = (
                _("{kpi}: Der Anteil von {channel} zieht um {size} nach oben")
                if rises
                else _("{kpi}: Der Anteil von {channel} zieht um {size} nach unten")
            )
        return text.format(channel=first["channel"], kpi=name, size=_step(kpi, first)) + " " + _bounds(kpi, first)
    total = real[real["channel"].isna()]
    if len(total):
        first = total.loc[total["value"].abs().idxmax()]
        text = (
            _("{kpi}: Die Werte in den Kanälen haben sich geändert, um {size}")
            if first["kind"] == "level"
            else _("{kpi}: Die Mischung der Kanäle hat sich ausgewirkt, um {size}")
        )
        return text.format(kpi=name, size=_step(kpi, first, signed=True)) + " " + _bounds(kpi, first)
    return _("{kpi}: weder Mischung noch Niveau der Kanäle hat sich gesichert geändert").format(kpi=name)


def _step(kpi: str, row: pd.Series, *, signed: bool = False) -> str:
    amount = findings.change_size(kpi, abs(row["value"]))
    return ("+" if row["value"] > 0 else "−") + amount if signed else amount


def _bounds(kpi: str, row: pd.Series) -> str:
    digits = 1 if kpi in (Kpi.NPS, Kpi.CSAT) else 2
    bounds = interval(row["low"], row["high"], digits, signed=True).replace(" ", "\u00a0")
    return _("(95\u00a0%: {bounds})").format(bounds=bounds)


def split_note(parts: pd.DataFrame, kpi: str) -> str:
    """Change, mix and level as a whole, each with its interval."""
    sums = parts[parts["channel"].isna()].set_index("kind")
    names = {"change": _("Änderung"), "mix": _("Mischung"), "level": _("Niveau")}
    said = [
        f"{name} {_step(kpi, sums.loc[kind], signed=True)} {_bounds(kpi, sums.loc[kind])}"
        for kind, name in names.items()
    ]
    return " · ".join(said)


def no_split(kpi: str, variant: str) -> str:
    """Why there is no change to split."""
    text = _("{kpi}: Für einen Vergleich zweier Zeiträume fehlen Daten")
    return text.format(kpi=words.kpi_name(kpi, variant))


def too_few_in_a_period() -> str:
    """Why not, where both periods are known."""
    return _("Mindestens einer der beiden Zeiträume hat weniger als {n} Antworten.").format(n=number(N_UNCERTAIN))


def split_reversed(parts: pd.DataFrame, kpi: str) -> str:
    """The warning where the change as a whole has another sign than within the channels."""
    sums = parts[parts["channel"].isna()].set_index("kind")
    text = _(
        "{kpi} insgesamt {change}, innerhalb der Kanäle aber {within} {bounds}: Die Gesamtzahl dreht sich allein, weil andere Kanäle "
        "antworten. Lesen Sie den Wert innerhalb der Kanäle."
    )
    return text.format(
        kpi=words.kpi_name(kpi),
        change=_step(kpi, sums.loc["change"], signed=True),
        within=_step(kpi, sums.loc["level"], signed=True),
        bounds=_bounds(kpi, sums.loc["level"]),
    )


def reversal(row: pd.Series, first: str, second: str, variant: str) -> str:
    """The same for a segment against another, or "" for the rest (row of `Comparison.reversals`)."""
    measure = row["measure"]
    within = pd.Series({"value": row["within"], "low": row["within_low"], "high": row["within_high"]})
    text = _(
        "{measure}: {first} liegt insgesamt {change} gegenüber {second}, innerhalb der Kanäle aber {within} {bounds}. Der Unterschied "
        "insgesamt kommt aus der Mischung der Kanäle."
    )
    return text.format(
        measure=measure_name(measure, variant),
        first=first,
        second=second or _("dem Rest"),
        change=_step(measure, pd.Series({"value": row["change"]}), signed=True),
        within=_step(measure, within, signed=True),
        bounds=_bounds(measure, within),
    )


def more_reversals(n: int) -> str:
    """That there are more than those written out."""
    text = ngettext("Bei einem weiteren Unterschied ist es ebenso.", "Bei {n} weiteren Unterschieden ist es ebenso.", n)
    return text.format(n=number(n))


def tested_against(n: int, found: int, *, pairwise: bool, shared: int) -> str:
    """How many segments are compared, with what, and what a mark means."""
    parts = [ngettext("{n} Segment", "{n} Segmente", n).format(n=number(n))]
    if found > n:
        parts = [_("{n} von {found} Segmenten").format(n=number(n), found=number(found))]
    if pairwise:
        parts.append(_("gegeneinander geprüft"))
    elif n > 1:
        parts.append(_("jedes gegen den Rest der Auswahl geprüft"))
    if shared:
        parts.append(
            ngettext("{n} Feedback liegt in beiden", "{n} Feedbacks liegen in beiden", shared).format(n=number(shared))
        )
    return " · ".join(parts)


def enough(frame: pd.DataFrame) -> bool:
    """Whether any segment has enough answers for a test."""
    return bool((frame["n"] >= N_UNCERTAIN).any())
