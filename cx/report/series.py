"""The sentences and the table of Zeitverlauf: a shift or an unusual interval where one is real, else that there is none."""

from datetime import date

import pandas as pd
from pandas.io.formats.style import Styler

from cx.charts import words
from cx.charts.series import interval_name
from cx.language import NO_NUMBER, _, day, interval, month, ngettext, number
from cx.model.kpi import Kpi
from cx.model.limits import N_WITHHELD
from cx.model.step import Step
from cx.report import findings
from cx.stats.series import Event, Series, Shift, end_of

THIRDS = (10, 20)  # days of a month that its beginning and its middle last to


def name(measure: str, variant: str = "") -> str:
    """The name of a KPI, with its variant, or of a pillar."""
    return words.kpi_name(measure, variant) if measure in list(Kpi) else words.aspect_name(measure)


def title(found: Series) -> str:
    """The latest shift; else the latest unusual interval; else that nothing stands out."""
    measure = name(found.measure, found.variant if found.measure == Kpi.CES else "")
    if found.shifts:
        return shifted(measure, found.measure, found.shifts[-1], found.tested)
    outside = found.points[found.points["outside"]]
    if len(outside):
        return _unusual(measure, outside, found)
    if found.points["limit_low"].isna().all():
        return _("{name}: für Grenzen und Änderungen sind es zu wenige Antworten").format(name=measure)
    return _("{name}: keine gesicherte Änderung, kein Punkt außerhalb der Grenzen").format(name=measure)


def shifted(name: str, measure: str, shift: Shift, tested: Step) -> str:
    """ "NPS: seit Anfang August 2026 niedriger (−14 Punkte; 95 %: −20 … −8)" """
    text = (
        _("{name}: seit {when} höher ({size}; 95\u00a0%: {bounds})")
        if shift.change.value > 0
        else _("{name}: seit {when} niedriger ({size}; 95\u00a0%: {bounds})")
    )
    change, digits = shift.change, _digits(measure, shift.change.value)
    return text.format(
        name=name,
        when=moment(shift.start, tested),
        size=_size(measure, change.value),
        bounds=interval(change.low, change.high, digits, signed=True).replace(" ", "\u00a0"),
    )


def _unusual(name: str, outside: pd.DataFrame, found: Series) -> str:
    row = outside.iloc[-1]
    text = (
        _("{name}: {when} ungewöhnlich hoch ({value}; Grenzen {bounds})")
        if row["value"] > row["centre"]
        else _("{name}: {when} ungewöhnlich niedrig ({value}; Grenzen {bounds})")
    )
    said = text.format(
        name=name,
        when=interval_name(row["start"], found.step),
        value=words.value(found.measure, row["value"]),
        bounds=words.bounds(found.measure, row["limit_low"], row["limit_high"]),
    )
    more = len(outside) - 1
    return said + (
        ngettext(", dazu {n} weiterer Punkt", ", dazu {n} weitere Punkte", more).format(n=number(more)) if more else ""
    )


def moment(start: date, step: Step) -> str:
    """ "Anfang August 2026"; by month "August 2026", by day the day."""
    if step == Step.MONTH:
        return month(start)
    if step == Step.DAY:
        return day(start)
    place = (
        _("Anfang {month}")
        if start.day <= THIRDS[0]
        else _("Mitte {month}")
        if start.day <= THIRDS[1]
        else _("Ende {month}")
    )
    return place.format(month=month(start))


def _size(measure: str, amount: float) -> str:
    units = {Kpi.NPS: _("{amount} Punkte"), Kpi.CSAT: _("{amount} Prozentpunkte")}
    return units.get(measure, "{amount}").format(amount=number(amount, _digits(measure, amount), signed=True))


def _digits(measure: str, amount: float) -> int:
    """Whole points, tenths where these would leave nothing of the amount; two decimals of everything else."""
    if measure in (Kpi.NPS, Kpi.CSAT):
        return 0 if round(amount) else 1
    return 2


def note(found: Series) -> str:
    """Answers, intervals, the dates of the shifts, what is left out."""
    steps = {Step.DAY: _("nach Tagen"), Step.WEEK: _("nach Wochen"), Step.MONTH: _("nach Monaten")}
    parts = [_("n = {n}").format(n=number(found.points["n"].sum())), steps[found.step]]
    parts += [dated(shift, found) for shift in found.shifts]
    if found.left_out:
        parts.append(
            ngettext(
                "{n} Feedback ohne dafür genaues Datum fehlt",
                "{n} Feedbacks ohne dafür genaues Datum fehlen",
                found.left_out,
            ).format(n=number(found.left_out))
        )
    return " · ".join(parts)


def dated(shift: Shift, found: Series) -> str:
    """From which level to which, and between which days (95 %)."""
    before, after = words.pair(found.measure, shift.change.before.value, shift.change.after.value)
    return _("{before} → {after}, Beginn zwischen {first} und {last} (95\u00a0%)").format(
        before=before,
        after=after,
        first=day(shift.earliest),
        last=day(end_of(shift.latest, found.tested)),
    )


def elsewhere(measure: str, shifts: tuple[Shift, ...], found: Series) -> str:
    """The clearest shift of another measure."""
    shown = min(shifts, key=lambda shift: shift.change.p)
    return shifted(name(measure, found.variant if measure == Kpi.CES else ""), measure, shown, found.tested)


def event_name(event: Event, found: Series) -> str:
    """ "Änderung Anfang August 2026", "März 2026"."""
    if event.shift is None:
        return interval_name(pd.Timestamp(event.start), found.step)
    return _("Änderung {when}").format(when=moment(event.start, found.tested))


def event_note(event: Event) -> str:
    """Which days are held against which."""
    return _("Danach: {after}. Davor: {before}.").format(
        after=findings.span(event.after.start, event.after.end),
        before=findings.span(event.before.start, event.before.end),
    )


def table(found: Series) -> Styler:
    """Every interval: value, bounds, n, limits, mark."""
    rows = [
        (
            interval_name(row["start"], found.step),
            *_shown(row, found.measure),
            number(row["n"]),
            NO_NUMBER
            if pd.isna(row["limit_low"])
            else words.bounds(found.measure, row["limit_low"], row["limit_high"]),
            _("außerhalb") if row["outside"] else "",
        )
        for row in found.points.to_dict("records")
    ]
    headings = [_("Zeit"), name(found.measure, found.variant), _("95\u00a0%"), "n", _("Grenzen"), _("Urteil")]
    if found.measure != Kpi.CES:
        headings[1] = name(found.measure)
    return pd.DataFrame(rows, columns=headings).style


def _shown(row: dict, measure: str) -> tuple[str, str]:
    if row["n"] < N_WITHHELD:
        return NO_NUMBER, NO_NUMBER
    return words.value(measure, row["value"]), words.bounds(measure, row["low"], row["high"])
