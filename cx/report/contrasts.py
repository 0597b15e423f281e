"""The sentence over heat maps, months, the journey and lenses: what stands apart, and only where a test or two intervals carry it."""

from collections.abc import Callable

import pandas as pd

from cx.charts import lenses, words
from cx.language import _, current, month, ngettext, number
from cx.model import taxonomy
from cx.model.limits import N_UNCERTAIN

Row = pd.Series


def channels(frame: pd.DataFrame) -> str:
    """Which pillar in which channel is really judged otherwise than in the other channels."""
    if frame["part"].nunique() < 2:
        return _("Säulen in einem Kanal: Zum Vergleich fehlen andere Kanäle")
    place = _("{pillar} im Kanal {part}")
    return _apart(
        frame,
        lambda row: place.format(pillar=words.aspect_name(row["pillar"]), part=row["part"]),
        _("Säulen nach Kanälen"),
        _("Keine Säule weicht in einem Kanal gesichert vom Rest ab"),
    )


def months(frame: pd.DataFrame) -> str:
    """Which pillar in which month is really judged otherwise than in the other months."""
    place = _("{pillar} im {part}")
    return _apart(
        frame,
        lambda row: place.format(pillar=words.aspect_name(row["pillar"]), part=month(row["part"])),
        _("Säulen nach Monaten"),
        _("Kein Monat weicht bei einer Säule gesichert vom Rest ab"),
    )


def cells(frame: pd.DataFrame, across: str) -> str:
    """Which pillar at which touchpoint, or which touchpoint in which channel, is really judged otherwise than elsewhere."""
    if across == "channels":
        if frame["part"].nunique() < 2:
            return _("Touchpoints in einem Kanal: Zum Vergleich fehlen andere Kanäle")
        what, place = _("Touchpoints nach Kanälen"), _("{touchpoint} im Kanal {part}")
        nothing = _("Kein Touchpoint weicht in einem Kanal gesichert vom Rest ab")
    else:
        what, place = _("Säulen nach Touchpoints"), _("{part} bei {touchpoint}")
        nothing = _("Keine Säule weicht an einem Touchpoint gesichert vom Rest ab")

    def named(row: Row) -> str:
        return place.format(touchpoint=words.aspect_name(row["touchpoint"]), part=words.aspect_name(row["part"]))

    return _apart(frame, named, what, nothing)


def _apart(frame: pd.DataFrame, named: Callable[[Row], str], what: str, nothing: str) -> str:
    """The real difference that is most certain, and how many more there are; where nothing was tested, that."""
    if frame["p"].isna().all():
        return _few(what)
    real = frame[frame["real"].astype(bool)]
    if real.empty:
        return nothing
    first = real.loc[real["p"].idxmin()]
    better = _("{where} besser als sonst ({difference}; 95\u00a0%: {bounds})")
    worse = _("{where} schlechter als sonst ({difference}; 95\u00a0%: {bounds})")
    text = (better if first["difference"] > 0 else worse).format(
        where=named(first),
        difference=words.value("", first["difference"]),
        bounds=words.bounds("", first["difference_low"], first["difference_high"]),
    )
    more = ngettext("{n} weitere Abweichung gesichert", "{n} weitere Abweichungen gesichert", len(real) - 1)
    return text if len(real) == 1 else f"{text}; {more.format(n=number(len(real) - 1))}"


def phases(frame: pd.DataFrame) -> str:
    """Between which phases of the journey two intervals lie apart."""
    model, language = taxonomy.load(), current()
    named = frame["key"].map(lambda key: model.phase(key).name(language))
    return _extremes(frame.assign(name=named), _("Phasen der Reise"))


def groups(frame: pd.DataFrame, key: str) -> str:
    """Between which groups of a lens two intervals lie apart."""
    lens, language = taxonomy.load().lens(key), current()
    named = frame["group"].map(lambda group: lens.group(group).name(language))
    return _extremes(frame.assign(name=named), lens.name(language))


def four_c(frame: pd.DataFrame) -> str:
    """The same of the four Cs by who controls them."""
    model, language = taxonomy.load(), current()
    parts = [(*group.split("|"), group) for group in frame["group"]]
    names = {
        group: f"{model.lens('four_c').group(c).name(language)}, {model.lens('control').group(hand).name(language)}"
        for c, hand, group in parts
        if hand
    }
    cells = frame[frame["group"].isin(names)]
    return _extremes(cells.assign(name=cells["group"].map(names)), "4C")


def _few(what: str) -> str:
    return _("{what}: zu wenige Texte für einen Vergleich").format(what=what)


def _extremes(frame: pd.DataFrame, what: str) -> str:
    sure = frame[frame["n"] >= N_UNCERTAIN]
    if len(sure) < 2:
        return _few(what)
    best, worst = sure.loc[sure["value"].idxmax()], sure.loc[sure["value"].idxmin()]
    if best["low"] <= worst["high"]:
        return _("{what}: nichts hebt sich gesichert ab").format(what=what)
    text = _("„{best}“ wird besser beurteilt als „{worst}“ ({high} gegen {low})")
    high, low = words.pair("", best["value"], worst["value"])
    return text.format(best=best["name"], worst=worst["name"], high=high, low=low)


def gap(difference: pd.DataFrame) -> str:
    """Whether what customers perceive is really judged better or worse than what they expected."""
    if difference.empty or pd.isna(difference.iloc[0]["p"]):
        return _("Erwartung und Wahrnehmung: zu wenige Texte für einen Vergleich")
    row = difference.iloc[0]
    if not row["real"]:
        return _("Zwischen Erwartung und Wahrnehmung ist kein Abstand gesichert")
    better = _("Die Wahrnehmung liegt über der Erwartung ({value}; 95\u00a0%: {bounds})")
    worse = _("Die Wahrnehmung bleibt hinter der Erwartung zurück ({value}; 95\u00a0%: {bounds})")
    return (better if row["value"] > 0 else worse).format(
        value=words.value("", row["value"]), bounds=words.bounds("", row["low"], row["high"])
    )


def surfaces(difference: pd.DataFrame) -> str:
    """In which channel surface and whole really differ."""
    real = difference[difference["real"].astype(bool)]
    if real.empty:
        return _("UX und CX: In keinem Kanal weicht die Oberfläche gesichert vom Ganzen ab")
    first = real.loc[real["p"].idxmin()]
    more = ngettext("; {n} weiterer Kanal", "; {n} weitere Kanäle", len(real) - 1).format(n=number(len(real) - 1))
    text = _("{channel}: {mismatch} ({value}; 95\u00a0%: {bounds})").format(
        channel=first["part"],
        mismatch=lenses.mismatch_name(first["mismatch"]),
        value=words.value("", first["value"]),
        bounds=words.bounds("", first["low"], first["high"]),
    )
    return text + (more if len(real) > 1 else "")
