"""The figures of Säulen and Touchpoints: heat maps, months, the journey."""

from dataclasses import replace

import pandas as pd

from cx.analysis.pillars import Across, PillarMap, TouchpointMap
from cx.charts import compiled
from cx.language import _, number
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.report import contrast_tables, contrasts
from cx.ui import figures, filters, notes
from cx.ui.figures import Figure

COURSE = 2  # months of a pillar that make one


def channels(found: PillarMap, selection: Filter) -> None:
    """Pillars by channel; a click leads to the voices of a cell."""
    figures.show(
        Figure(
            "pillar_channels",
            contrasts.channels(found.channels),
            _tested(_("umrandet: gesichert anders als die Säule in den übrigen Kanälen"), found.channels),
            compiled.rows("pillar_channels", found.channels),
            lambda: contrast_tables.pillars(found.channels, _("Kanal")),
            "ws.pillar_map(selection)",
            "cx.charts.pillar_channels(frame.channels)",
            lambda picked: _lead(selection, pillar=picked["row"], channel=picked["column"]),
        ),
        selection,
    )


def months(found: PillarMap, selection: Filter) -> None:
    """The six pillars over time; a click leads to the voices of a month. Only a sentence where no pillar has two months to show."""
    rows = compiled.rows("pillar_months", found.months)
    if rows.groupby("row")["y"].count().max() < COURSE:
        notes.few_months(contrasts.months(found.months))
        return
    figures.show(
        Figure(
            "pillar_months",
            contrasts.months(found.months),
            _tested(_("großer Punkt: gesichert anders als die Säule in den übrigen Monaten"), found.months),
            rows,
            lambda: contrast_tables.pillars(found.months, _("Monat")),
            "ws.pillar_map(selection)",
            "cx.charts.pillar_months(frame.months)",
            lambda picked: _lead(figures.month(selection, picked["part"]), pillar=picked["row"]),
        ),
        selection,
    )


def _tested(marked: str, frame: pd.DataFrame) -> str:
    tests = int(frame["p"].notna().sum())
    return _("Polarität, möglich sind −1 … +1; {marked}; {n} Vergleiche geprüft").format(marked=marked, n=number(tests))


def _lead(selection: Filter, *, pillar: object = "", touchpoint: object = "", channel: object = "") -> None:
    named = {"pillars": pillar, "touchpoints": touchpoint, "channels": channel}
    filters.lead("stimmen", replace(selection, **{field: (str(key),) for field, key in named.items() if key}))


def journey(found: TouchpointMap, across: str, selection: Filter) -> None:
    """Phases with their touchpoints from discovering to staying; a click leads to the voices of one."""
    base = int(found.phases["base"].max()) if len(found.phases) else 0
    figures.show(
        Figure(
            "journey",
            contrasts.phases(found.phases),
            _("Anteil an n = {n} Feedbacks mit gelesenem Text; Polarität, möglich sind −1 … +1").format(n=number(base)),
            compiled.rows("journey", found.phases, found.touchpoints),
            lambda: contrast_tables.journey(found.phases, found.touchpoints),
            f"ws.touchpoint_map(selection, {str(across)!r})",
            "cx.charts.journey(frame.phases, frame.touchpoints)",
            lambda picked: filters.lead("stimmen", _station(selection, str(picked["key"]))),
        ),
        selection,
    )


def _station(selection: Filter, key: str) -> Filter:
    points = tuple(point.key for point in taxonomy.load().touchpoints if key in (point.key, point.phase))
    return replace(selection, touchpoints=points)


def touchpoints(found: TouchpointMap, across: str, selection: Filter) -> None:
    """Touchpoints by pillar or channel; a click leads to the voices of a cell."""
    by_channel = across == Across.CHANNELS
    marked = (
        _("umrandet: gesichert anders als der Touchpoint in den übrigen Kanälen; „·“: n zu klein")
        if by_channel
        else _("Säule in Aussagen, die beides nennen; umrandet: gesichert anders als die Säule sonst; „·“: n zu klein")
    )
    figures.show(
        Figure(
            "touchpoint_cells",
            contrasts.cells(found.cells, across),
            _tested(marked, found.cells),
            compiled.rows("touchpoint_cells", found.cells),
            lambda: contrast_tables.touchpoints(found.cells, _("Kanal") if by_channel else _("Säule")),
            f"ws.touchpoint_map(selection, {str(across)!r})",
            "cx.charts.touchpoint_cells(frame.cells)",
            lambda picked: _lead(
                selection, touchpoint=picked["row"], **{"channel" if by_channel else "pillar": picked["column"]}
            ),
        ),
        selection,
    )
