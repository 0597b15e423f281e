"""The sentence over every chart: what its numbers carry, and nothing more. Frames of the Workspace in, one sentence out."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cx.charts import words
from cx.language import _, day, interval, month, number
from cx.model.filter import Filter
from cx.model.kpi import Kpi
from cx.model.limits import N_UNCERTAIN, N_WITHHELD
from cx.model.period import end_of_month

Row = Mapping[str, Any] | pd.Series


def listed(names: list[str]) -> str:
    """ "A", "A und B", "A, B und C"."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} und {last}").format(first=", ".join(names[:-1]), last=names[-1])


def all_of(n: int) -> str:
    """ "Beide", "Alle 6": how a sentence about all of several begins."""
    return _("Beide") if n == 2 else _("Alle {n}").format(n=number(n))


def pillars(frame: pd.DataFrame) -> str:
    """Which pillars are judged negative or positive on average, by intervals that clear 0."""
    return _scores(frame, "pillar", _("Säulen"), _("{n} Säulen"))


def touchpoints(frame: pd.DataFrame) -> str:
    """The same of touchpoints."""
    return _scores(frame, "touchpoint", _("Touchpoints"), _("{n} Touchpoints"))


def _scores(frame: pd.DataFrame, key: str, plural: str, counted: str) -> str:
    sure = frame[frame["n"] >= N_UNCERTAIN]
    if sure.empty:
        return _("Für eine Aussage über {plural} sind es zu wenige Texte").format(plural=plural)
    negative, positive = sure[sure["high"] < 0], sure[sure["low"] > 0]
    if len(negative):
        return _end(sure.sort_values("value"), negative, key, counted, len(frame), lowest=True)
    if len(positive):
        return _end(sure.sort_values("value", ascending=False), positive, key, counted, len(frame), lowest=False)
    return _("{plural}: im Mittel gesichert weder über noch unter null").format(plural=plural)


def _end(ranked: pd.DataFrame, clear: pd.DataFrame, key: str, counted: str, shown: int, *, lowest: bool) -> str:
    """The first of `ranked` where its interval lies apart from the second's; else how many of those shown are `clear` of zero."""
    first, second = ranked.iloc[0], ranked.iloc[min(1, len(ranked) - 1)]
    name = words.aspect_name(first[key])
    if first["high"] < second["low"] or first["low"] > second["high"]:
        text = _("Am schlechtesten beurteilt: {name}") if lowest else _("Am besten beurteilt: {name}")
        return text.format(name=name) + " " + _bracket("", first)
    if len(clear) == 1:
        text = _("Im Mittel negativ beurteilt: {name}") if lowest else _("Im Mittel positiv beurteilt: {name}")
        return text.format(name=name) + " " + _bracket("", first)
    if len(clear) == shown:
        text = (
            _("{all} im Mittel negativ beurteilt ({values})")
            if lowest
            else _("{all} im Mittel positiv beurteilt ({values})")
        )
        values = words.bounds("", clear["value"].min(), clear["value"].max())
        return text.format(all=counted.format(n=all_of(shown)), values=values)
    text = (
        _("{k} von {counted} gesichert negativ beurteilt, darunter {name}")
        if lowest
        else _("{k} von {counted} gesichert positiv beurteilt, darunter {name}")
    )
    counts = {"k": number(len(clear)), "counted": counted.format(n=number(shown))}
    return text.format(**counts, name=name) + " " + _bracket("", first)


def _bracket(measure: str, row: Row) -> str:
    return _("({value}; 95\u00a0%: {bounds})").format(
        value=words.value(measure, row["value"]), bounds=words.bounds(measure, row["low"], row["high"])
    )


def trend(kpis: pd.DataFrame, kpi: str, compared: tuple[Filter, Filter] | None) -> str:
    """How the KPI changed against the period before; only a real change is called one."""
    row = kpis.set_index("kpi").loc[kpi]
    name = words.kpi_name(kpi, row["variant"])
    if row["n"] < N_WITHHELD:
        return _("{name}: n zu klein für eine Aussage").format(name=name)
    if compared is None or pd.isna(row["change"]):
        return _("{name} im Verlauf: {value}, 95\u00a0%: {bounds}").format(
            name=name, value=words.value(kpi, row["value"]), bounds=words.bounds(kpi, row["low"], row["high"])
        )
    if not row["real"]:
        return _("{name}: keine gesicherte Änderung gegenüber dem Zeitraum davor").format(name=name)
    text = _("{name} ist um {size} gestiegen") if row["change"] > 0 else _("{name} ist um {size} gefallen")
    size = change_size(kpi, abs(row["change"]))
    return text.format(name=name, size=size) + " " + _("(95\u00a0%: {bounds})").format(bounds=change_bounds(kpi, row))


def change_size(measure: str, amount: float) -> str:
    """A change without its sign, with its unit: "6 Punkte", "0,31"."""
    digits = words.style(measure).digits
    if measure == Kpi.NPS:
        return _("{amount} Punkte").format(amount=number(amount, 1))
    if measure == Kpi.CSAT:
        return _("{amount} Prozentpunkte").format(amount=number(amount, 1))
    return number(amount, max(digits, 2))


def change_bounds(measure: str, row: Row) -> str:
    """The interval of a change: "−10,2 … −2,1"."""
    digits = 1 if measure in (Kpi.NPS, Kpi.CSAT) else 2
    return interval(row["change_low"], row["change_high"], digits, signed=True).replace(" ", "\u00a0")


def is_better(measure: str, change: float, variant: str = "") -> bool:
    """Whether a change is a good one: up, but for CES 1.0, where low is good."""
    return words.is_better(measure, change, variant)


def movement(row: Row) -> str:
    """One real movement (row of `Workspace.movements`) as a sentence."""
    measure = row["measure"]
    before, after = words.pair(measure, row["before"], row["after"])
    text = (
        _("{where}{name} um {size} gestiegen, von {before} auf {after} (95\u00a0%: {bounds}; n = {n})")
        if row["change"] > 0
        else _("{where}{name} um {size} gefallen, von {before} auf {after} (95\u00a0%: {bounds}; n = {n})")
    )
    return text.format(
        where=f"{row['part']}: " if row["part"] else "",
        name=words.measure_name(measure),
        before=before,
        after=after,
        size=change_size(measure, abs(row["change"])),
        bounds=change_bounds(measure, row),
        n=number(row["n"]),
    )


def moved(frame: pd.DataFrame) -> pd.DataFrame:
    """The real movements (columns of `Workspace.movements`) as they are written, under their headings."""
    headings = [_("Kanal"), _("Kennzahl"), _("davor"), _("jetzt"), _("Änderung"), _("95\u00a0%"), "n"]
    return pd.DataFrame(
        [
            (
                row["part"] or _("alle Kanäle"),
                words.measure_name(row["measure"]),
                *words.pair(row["measure"], row["before"], row["after"]),
                ("+" if row["change"] > 0 else "−") + change_size(row["measure"], abs(row["change"])),
                change_bounds(row["measure"], row),
                number(row["n"]),
            )
            for row in frame.to_dict("records")
        ],
        columns=headings,
    )


def compared(pair: tuple[Filter, Filter] | None) -> str:
    """Which period the changes are measured against."""
    if pair is None:
        return _("Für einen Vergleich fehlt ein Zeitraum davor (nötig sind sechs volle Monate).")
    now, before = (_span(part) for part in pair)
    return _("Verglichen: {now} mit {before}").format(now=now, before=before)


def _span(part: Filter) -> str:
    return span(part.start, part.end)


def span(start: object, end: object) -> str:
    """ "Aug 2026 – Okt 2026" for whole months, else days."""
    if start is None and end is None:
        return _("ohne Datum")
    whole = start is not None and end is not None and start.day == 1 and end == end_of_month(end)
    if whole and (start.year, start.month) == (end.year, end.month):
        return month(start)
    if start == end:
        return day(start)
    if whole:
        return f"{month(start, long=False)} – {month(end, long=False)}"
    if start is None or end is None:
        return _("bis {day}").format(day=day(end)) if start is None else _("ab {day}").format(day=day(start))
    return f"{day(start)} – {day(end)}"
