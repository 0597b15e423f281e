"""The numbers behind heat maps, months, the journey and lenses as tables for people."""

import pandas as pd
from pandas.io.formats.style import Styler

from cx.charts import heat, lenses, stations, words
from cx.language import NO_NUMBER, _, current, month, number, percent
from cx.model import taxonomy
from cx.model.limits import N_WITHHELD
from cx.model.taxonomy import Lens


def pillars(frame: pd.DataFrame, heading: str) -> Styler:
    """`PillarMap.channels` or `.months`: score, bounds, n, rest, difference, verdict."""
    parts = [part if isinstance(part, str) else month(part) for part in frame["part"]]
    return _cells(frame, _("Säule"), [words.aspect_name(key) for key in frame["pillar"]], heading, parts)


def touchpoints(frame: pd.DataFrame, heading: str) -> Styler:
    """`TouchpointMap.cells` in the same way."""
    names = [words.aspect_name(key) for key in frame["touchpoint"]]
    return _cells(frame, _("Touchpoint"), names, heading, [words.aspect_name(part) for part in frame["part"]])


def _cells(frame: pd.DataFrame, first: str, names: list[str], second: str, parts: list[str]) -> Styler:
    rows = [
        (name, part, *_level(row), number(row["n"]), *_rest(row))
        for name, part, row in zip(names, parts, frame.to_dict("records"), strict=True)
    ]
    headings = [first, second, _("Polarität"), _("95\u00a0%"), "n", _("übrige"), _("Unterschied"), _("Urteil")]
    return pd.DataFrame(rows, columns=headings).style


def _level(row: dict) -> tuple[str, str]:
    if row["n"] < N_WITHHELD:
        return words.too_few(), ""
    return words.value("", row["value"]), words.bounds("", row["low"], row["high"])


def _rest(row: dict) -> tuple[str, str, str]:
    if min(row["n"], row["n_rest"]) < N_WITHHELD:
        return NO_NUMBER, NO_NUMBER, ""
    bounds = words.bounds("", row["difference_low"], row["difference_high"])
    verdict = _("gesichert") if row["real"] else _("nicht gesichert")
    return words.value("", row["rest"]), f"{words.value('', row['difference'])} ({bounds})", verdict


def journey(phases: pd.DataFrame, touchpoints_named: pd.DataFrame) -> Styler:
    """The journey: phase or touchpoint, when, score, bounds, share, n."""
    model, language = taxonomy.load(), current()
    phase_of = {touchpoint.key: touchpoint.phase for touchpoint in model.touchpoints}
    listed = pd.concat([phases, touchpoints_named], ignore_index=True).to_dict("records")
    rows = []
    for row in listed:
        phase = model.phase(phase_of.get(row["key"], row["key"]))
        name = words.aspect_name(row["key"]) if row["key"] in phase_of else _("ganze Phase")
        stage = stations.stage_name(phase.stage)
        rows.append((phase.name(language), stage, name, *_level(row), percent(row["share"], 1), number(row["n"])))
    headings = [_("Phase"), _("Wann"), _("Touchpoint"), _("Polarität"), _("95\u00a0%"), _("Anteil"), "n"]
    return pd.DataFrame(rows, columns=headings).style


def groups(frame: pd.DataFrame, lens: Lens) -> Styler:
    """The groups of a lens: score, bounds, share, n."""
    language = current()
    rows = [
        (lens.group(row["group"]).name(language), *_level(row), percent(row["share"], 1), number(row["n"]))
        for row in frame.to_dict("records")
    ]
    headings = [lens.name(language), _("Polarität"), _("95\u00a0%"), _("Anteil"), "n"]
    return pd.DataFrame(rows, columns=headings).style


def four_c(frame: pd.DataFrame) -> Styler:
    """The four Cs by who controls them: the cells of the heat map, empty ones left out."""
    rows = heat.four_c_rows(frame).query("base != '0'")
    table = rows[["row_name", "column_name", "text", "bounds", "base"]]
    return table.set_axis(["4C", _("in der Hand von"), _("Polarität"), _("95\u00a0%"), "n"], axis=1).style


def surfaces(frame: pd.DataFrame, difference: pd.DataFrame) -> Styler:
    """Surface and whole of every channel: scores, difference, verdict, n of both."""
    rows = lenses.channel_rows(frame, difference)
    table = rows[["name", "surface_text", "whole_text", "difference", "note", "base"]]
    headings = [
        _("Kanal"), _("Oberfläche (UX)"), _("Ganzes (CX)"), _("Unterschied"), _("Urteil"), _("n Oberfläche · Ganzes"),
    ]  # fmt: skip
    return table.set_axis(headings, axis=1).style


def assignment(lens: Lens) -> pd.DataFrame:
    """Which pair belongs where: touchpoints down, pillars across, the group's name in the cell."""
    language = current()
    pairs = pd.DataFrame(lens.pairs)
    names = {group.key: group.name(language) for group in lens.groups}
    table = pairs.assign(group=pairs["group"].map(names).fillna(NO_NUMBER)).pivot(
        index="touchpoint", columns="pillar", values="group"
    )
    table = table.reindex(index=[*taxonomy.touchpoint_keys(), ""], columns=[*taxonomy.pillar_keys(), ""])
    down = [words.aspect_name(key) if key else _("ohne Touchpoint") for key in table.index]
    across = [words.aspect_name(key) if key else _("ohne Säule") for key in table.columns]
    return table.set_axis(down, axis=0).set_axis(across, axis=1).fillna("").rename_axis(_("Touchpoint")).reset_index()
