"""What the page of drivers says: the sentence over each chart, the checks, the what-if. Frames of `Workspace.drivers` in, sentences out."""

import pandas as pd

from cx.charts import words
from cx.language import _, interval, ngettext, number, percent
from cx.model.kpi import Outcome, Predictors
from cx.model.limits import DRIVER_ITEMS, DRIVER_TOUCHPOINTS, DRIVERS_UNSURE, N_UNCERTAIN, N_WITHHELD, VIF_HIGH
from cx.report.findings import all_of, listed
from cx.stats import effects
from cx.stats.asymmetry import Kind
from cx.stats.drivers import Commenting, Explained

Row = pd.Series
FEW = 3  # names that a title holds
SHIFT = 0.5  # of an interval's width: two numbers further apart are called different


def outcome_name(outcome: str) -> str:
    """The outcome with its article, as a sentence needs it: "dem NPS"."""
    names = {
        Outcome.NPS: _("dem NPS"),
        Outcome.CSAT: _("der Zufriedenheit (CSAT)"),
        Outcome.CES: _("dem CES"),
        Outcome.RATING: _("den Sternen"),
    }
    return names[Outcome(outcome)]


def unit(outcome: str) -> str:
    """What a difference in the outcome is counted in."""
    units = {Outcome.NPS: _("Punkte"), Outcome.CSAT: _("Prozentpunkte"), Outcome.RATING: _("Sterne")}
    return units.get(Outcome(outcome), _("Stufen"))


def in_units(outcome: str) -> str:
    """ "in Punkten": what an axis of differences counts."""
    units = {Outcome.NPS: _("in Punkten"), Outcome.CSAT: _("in Prozentpunkten"), Outcome.RATING: _("in Sternen")}
    return units.get(Outcome(outcome), _("in Stufen"))


def digits(outcome: str) -> int:
    """How many decimals a difference in the outcome is written with."""
    return 1 if outcome in (Outcome.NPS, Outcome.CSAT) else 2


def amount(outcome: str, value: float, low: float, high: float) -> str:
    """A difference in the outcome with unit and interval: "+23,1 Punkte (95\u00a0%: +18,0 … +28,2)"."""
    bounds = interval(low, high, digits(outcome), signed=True).replace(" ", "\u00a0")
    size = number(value, digits(outcome), signed=True)
    return _("{amount} {unit} (95\u00a0%: {bounds})").format(amount=size, unit=unit(outcome), bounds=bounds)


def effect_size(outcome: str, row: Row) -> str:
    """An adjusted effect with unit and interval."""
    return amount(outcome, row["effect"], row["effect_low"], row["effect_high"])


def names_of(frame: pd.DataFrame) -> str:
    """The predictors as a list in a sentence."""
    return listed([words.aspect_name(key) for key in frame["predictor"]])


def importance(frame: pd.DataFrame, outcome: str, predictors: str = Predictors.PILLARS) -> str:
    """Which predictor is tied most closely to the outcome, where rank and effect are certain."""
    if frame.empty:
        return _("Für Treiber braucht es mindestens 30 Feedbacks mit Text und verschiedenen Bewertungen")
    name, real = outcome_name(outcome), frame[frame["real"]]
    if real.empty:
        texts = {
            Predictors.PILLARS: _("Keine Säule hängt gesichert mit {outcome} zusammen"),
            Predictors.TOUCHPOINTS: _("Kein Touchpoint hängt gesichert mit {outcome} zusammen"),
            Predictors.ITEMS: _("Keine Frage hängt gesichert mit {outcome} zusammen"),
        }
        return texts[Predictors(predictors)].format(outcome=name)
    first = frame.iloc[0]
    if first["real"] and first["rank_high"] == 1:
        text = _("Am engsten mit {outcome} verbunden: {pillar}, je Stufe {effect}")
        return text.format(
            pillar=words.aspect_name(first["predictor"]), outcome=name, effect=effect_size(outcome, first)
        )
    if len(real) > FEW:
        which = all_of(len(frame)) if len(real) == len(frame) else _("{k} von {n}")
        text = {
            Predictors.PILLARS: _(
                "{which} Säulen hängen gesichert mit {outcome} zusammen; welche am engsten, ist offen"
            ),
            Predictors.TOUCHPOINTS: _(
                "{which} Touchpoints hängen gesichert mit {outcome} zusammen; welcher am engsten, ist offen"
            ),
            Predictors.ITEMS: _("{which} Fragen hängen gesichert mit {outcome} zusammen; welche am engsten, ist offen"),
        }[Predictors(predictors)]
        return text.format(which=which.format(k=number(len(real)), n=number(len(frame))), outcome=name)
    return _("Gesichert mit {outcome} verbunden: {names}").format(names=names_of(real), outcome=name)


def explained(frame: pd.DataFrame) -> str:
    """How much the predictors explain together, on how many feedbacks that rests, and what the grey band is."""
    if frame.empty:
        return ""
    row = frame.iloc[0]
    text = _(
        "Zusammen erklärt: {share} der Unterschiede (95\u00a0%: {bounds}\u00a0%), n = {n}. Graues Band: bloßer Zufall."
    )
    bounds = interval(100 * row["r2_low"], 100 * row["r2_high"])
    return text.format(share=percent(row["r2"]), bounds=bounds, n=number(row["base"]))


def quadrants(rows: pd.DataFrame) -> str:
    """Which predictors are certainly important and certainly weak (rows of cx.charts.quadrants)."""
    urgent = rows[rows["quadrant"] == _("zuerst verbessern")]
    if len(urgent):
        return _("Wichtig und schwach, beides gesichert: {names}").format(names=listed(list(urgent["name"])))
    strong = rows[rows["quadrant"] == _("halten")]
    if len(strong):
        return _("Wichtig und stark, beides gesichert: {names}").format(names=listed(list(strong["name"])))
    return _("Nichts liegt gesichert zugleich über der mittleren Wichtigkeit und abseits der Leistungslinie")


def adjusted(frame: pd.DataFrame, outcome: str) -> str:
    """Which adjusted effects are real."""
    real = frame[frame["real"]]
    if real.empty:
        return _("Kein Effekt auf {outcome} ist gesichert").format(outcome=_of(outcome))
    strongest = real.loc[real["effect"].abs().idxmax()]
    if len(real) == 1:
        text = _("Gesichert ist ein Effekt: {name}, je Stufe {effect}")
    elif len(real) == len(frame):
        text = _("{all} Effekte sind gesichert, am größten {name}: je Stufe {effect}")
    else:
        text = _("Gesichert sind {k} von {n} Effekten, am größten {name}: je Stufe {effect}")
    return text.format(
        k=number(len(real)),
        n=number(len(frame)),
        all=all_of(len(frame)),
        name=words.aspect_name(strongest["predictor"]),
        effect=effect_size(outcome, strongest),
    )


def _of(outcome: str) -> str:
    names = {
        Outcome.NPS: _("den NPS"),
        Outcome.CSAT: _("die Zufriedenheit (CSAT)"),
        Outcome.CES: _("den CES"),
        Outcome.RATING: _("die Sterne"),
    }
    return names[Outcome(outcome)]


def contributions(frame: pd.DataFrame) -> str:
    """Where adjusted contribution and leave-out impact certainly disagree."""
    known = frame[frame["n"] >= N_UNCERTAIN].dropna(subset=["contribution", "impact_low"])
    apart = known[
        (known["impact_low"] > known["contribution_high"]) | (known["impact_high"] < known["contribution_low"])
    ]
    if apart.empty:
        return _("Bereinigt und durch Weglassen gerechnet liegt der Beitrag überall nahe beieinander")
    text = _("Weglassen und bereinigte Rechnung gehen auseinander: {names}")
    return text.format(names=names_of(apart))


def why_apart() -> str:
    """Why the leave-out impact and the adjusted effect differ."""
    return _(
        "Weglassen vergleicht alle Feedbacks mit denen, die ein Thema nicht nennen. Was dort zugleich genannt wird, wird mit angelastet: Wer "
        "über „Kontrolle“ klagt, klagt oft auch über „Lösung“. Die bereinigte Rechnung hält die anderen Themen fest. Richten Sie sich nach ihr."
    )


def sides(frame: pd.DataFrame) -> str:
    """Which predictors are certainly basic or exciting."""
    groups = [
        (_("Nur bei Versagen spürbar: {names}"), frame[frame["kind"] == Kind.BASIC]),
        (_("Begeistert, ohne erwartet zu werden: {names}"), frame[frame["kind"] == Kind.EXCITEMENT]),
    ]
    found = [text.format(names=names_of(members)) for text, members in groups if len(members)]
    return ". ".join(found) or _("Nichts ist gesichert nur Pflicht oder nur Begeisterung")


def what_if(row: Row, level: float, outcome: str, predictors: str) -> str:
    """The change of the outcome that goes with another level of a predictor."""
    value, low, high = effects.what_if(row, level)
    text = {
        Predictors.ITEMS: _("Läge „{name}“ bei {level} statt {now} von 100: {change} {where}"),
    }.get(
        Predictors(predictors),
        _("Wären {level} statt {now}\u00a0% der Nennungen von „{name}“ positiv: {change} {where}"),
    )
    return text.format(
        name=words.aspect_name(row["predictor"]),
        level=number(level),
        now=number(row["level"]),
        change=amount(outcome, value, low, high),
        where=_at(outcome),
    )


def _at(outcome: str) -> str:
    names = {
        Outcome.NPS: _("beim NPS"),
        Outcome.CSAT: _("bei der Zufriedenheit (CSAT)"),
        Outcome.CES: _("beim CES"),
        Outcome.RATING: _("in der Bewertung"),
    }
    return names[Outcome(outcome)]


def what_if_caution(row: Row) -> str:
    """That a what-if is association, and what it takes as fixed."""
    fixed = (
        _("Gleich bleibt, wie viele das Thema nennen ({share} der Feedbacks).").format(share=percent(row["reach"]))
        if row["reach"] < 1
        else ""
    )
    verdict = "" if row["real"] else _("Der Effekt ist nicht gesichert.")
    text = _("Das ist ein Zusammenhang, kein Beweis: Ob die Änderung die Ursache wäre, zeigt nur ein Versuch.")
    return " ".join(part for part in (verdict, text, fixed) if part)


def checks(found: Explained, outcome: str, predictors: str) -> list[tuple[str, str]]:
    """The checks of an analysis as headings with a sentence each."""
    frame = found.drivers
    listed_checks = [
        (_("Wie viel erklärt wird"), _explains(frame)),
        (_("Genug Feedbacks?"), _enough(frame, predictors)),
        (_("Lassen sich die Größen trennen?"), _separable(frame)),
        (
            _("Kehrt sich etwas um?"),
            suppressors(frame) or _("Nein: Für sich und neben den anderen zeigt alles in dieselbe Richtung."),
        ),
        (_("Mehr als Zufall?"), _above_noise(frame)),
        (_("Wer schreibt, wer nicht?"), commenting(found.commenting, outcome)),
    ]
    if predictors == Predictors.ITEMS:
        listed_checks.append((_("Unvollständige Antworten"), _incomplete(found)))
    if predictors == Predictors.TOUCHPOINTS:
        text = _(
            "Gerechnet wird mit den {k} meistgenannten Touchpoints. Was seltener genannt wird, zählt als nicht genannt."
        )
        listed_checks.append((_("Welche Touchpoints?"), text.format(k=number(DRIVER_TOUCHPOINTS))))
    return listed_checks


def _explains(frame: pd.DataFrame) -> str:
    row = frame.iloc[0]
    text = _(
        "{share} der Unterschiede bei {n} Feedbacks (R², 95\u00a0%: {bounds}\u00a0%). Der Rest hat Gründe, die hier nicht vorkommen."
    )
    bounds = interval(100 * row["r2_low"], 100 * row["r2_high"], 1)
    return text.format(share=percent(row["r2"], 1), n=number(row["base"]), bounds=bounds)


def _enough(frame: pd.DataFrame, predictors: str) -> str:
    base = int(frame.iloc[0]["base"])
    if base < DRIVERS_UNSURE:
        text = _("Nein: {n}. Unter {least} sind alle Wichtigkeiten nur ungefähr bekannt.")
        return text.format(n=number(base), least=number(DRIVERS_UNSURE))
    rare = frame[frame[["negative", "positive"]].min(axis=1) < N_UNCERTAIN]
    if predictors == Predictors.ITEMS or rare.empty:
        return _("Ja: {n}.").format(n=number(base))
    text = _("Im Ganzen ja ({n}), aber auf einer Seite weniger als {least} Nennungen: {names}.")
    return text.format(n=number(base), least=number(N_UNCERTAIN), names=names_of(rare))


def _separable(frame: pd.DataFrame) -> str:
    known = frame.dropna(subset=["vif"])
    close = known[(known["vif"] >= VIF_HIGH) | known["effect"].isna()]
    if close.empty:
        highest = known["vif"].max() if len(known) else float("nan")
        return _("Ja: höchster Varianzfaktor (VIF) {vif}; ab {limit} wird es eng.").format(
            vif=number(highest, 1), limit=number(VIF_HIGH)
        )
    text = _("Kaum: {names} gehen so eng mit anderen einher, dass ihre Effekte einzeln wenig sagen (VIF ab {limit}).")
    return text.format(names=names_of(close), limit=number(VIF_HIGH))


def _above_noise(frame: pd.DataFrame) -> str:
    below = frame[~frame["above_noise"].astype(bool)]
    noise = percent(frame.iloc[0]["noise"], 2)
    if below.empty:
        return _(
            "Alle erklären mehr als eine Zufallszahl, die in 95\u00a0% der Fälle höchstens {noise} erreicht."
        ).format(noise=noise)
    text = _("Nicht gesichert mehr als eine Zufallszahl (in 95\u00a0% der Fälle höchstens {noise}): {names}.")
    return text.format(noise=noise, names=names_of(below))


def commenting(found: Commenting, outcome: str) -> str:
    """How the outcome of feedback with read text differs from that of the other."""
    if min(found.read.n, found.other.n) < N_WITHHELD:
        return _("Nicht zu vergleichen: Auf einer Seite stehen weniger als {n} Feedbacks.").format(n=number(N_WITHHELD))
    counts = _("mit gelesenem Text n = {read}, ohne n = {other}").format(
        read=number(found.read.n), other=number(found.other.n)
    )
    size = amount(outcome, found.difference.value, found.difference.low, found.difference.high)
    if found.real:
        text = _("Wer schreibt, urteilt anders: {size} ({counts}). Was Texte sagen, gilt nicht für alle.")
    else:
        text = _("Kein gesicherter Unterschied: {size} ({counts}).")
    return text.format(size=size, counts=counts)


def _incomplete(found: Explained) -> str:
    text = ngettext(
        "{n} Feedback hat nicht alle dieser Fragen beantwortet und zählt nicht mit. Höchstens {k} Fragen werden gerechnet.",
        "{n} Feedbacks haben nicht alle dieser Fragen beantwortet und zählen nicht mit. Höchstens {k} Fragen werden gerechnet.",
        found.incomplete,
    )
    return text.format(n=number(found.incomplete), k=number(DRIVER_ITEMS))


def suppressors(frame: pd.DataFrame) -> str:
    """A warning where a predictor's correlation and its real effect have different signs; "" where there is none."""
    turned = frame[frame["real"] & (frame["correlation"] * frame["effect"] < 0)]
    if turned.empty:
        return ""
    text = _(
        "{names}: Für sich betrachtet und neben den anderen zeigt der Zusammenhang in verschiedene Richtungen (Suppressor). Lesen Sie "
        "hier nur den Effekt, nicht die Wichtigkeit."
    )
    return text.format(names=names_of(turned))


def sensitive(frame: pd.DataFrame) -> str:
    """Which effects change where not named counts as missing instead of as the middle."""
    known = frame.dropna(subset=["slope_low", "effect_low"])
    width = known["effect_high"] - known["effect_low"]
    moved = known[(known["slope"] - known["effect"]).abs() > SHIFT * width]
    if moved.empty:
        return _("Zählt „nicht genannt“ als fehlend statt als Mitte, ändert sich kein Effekt nennenswert.")
    text = _("Zählt „nicht genannt“ als fehlend statt als Mitte, ändern sich: {names}.")
    return text.format(names=names_of(moved))


def nothing(predictors: str) -> tuple[str, str]:
    """Why there are no drivers: a title and a sentence."""
    if predictors == Predictors.ITEMS:
        return (
            _("Zu dieser Auswahl gibt es zu wenige bewertete Umfragefragen"),
            _("Gebraucht werden mindestens {n} Feedbacks, die alle Fragen und das Ergebnis beantworten.").format(
                n=N_UNCERTAIN
            ),
        )
    text = _(
        "Gebraucht werden mindestens {n} Feedbacks mit Text und Antwort, und die Antworten müssen sich unterscheiden."
    )
    return importance(pd.DataFrame(), Outcome.NPS), text.format(n=N_UNCERTAIN)
