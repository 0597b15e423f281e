"""The figures of Kanäle: segments beside each other, consistency, a change in steps."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from cx.analysis.segments import Comparison
from cx.charts import compiled
from cx.language import _
from cx.model.filter import Filter
from cx.model.kpi import Kpi
from cx.report import findings, segment_tables
from cx.report import segments as told
from cx.ui import address, data, figures, filters, markup, segments
from cx.ui.figures import Figure, Picked

WARNED = 3  # reversals that are written out


def compared(found: Comparison, selection: Filter) -> None:
    """KPIs and pillars of every segment side by side; a sentence where there are not two."""
    if segments.too_few(str(found.by), len(found.segments), found.left_out):
        return
    reversals(found)
    left, right = st.columns(2, gap="large")
    with left:
        differences(found, "kpis", selection)
    with right:
        differences(found, "pillars", selection)


def differences(found: Comparison, group: str, selection: Filter) -> None:
    """KPIs ("kpis") or pillars ("pillars") of every segment; a click leads to the Lagebild or the voices of one."""
    frame = _named(found)
    figures.show(
        Figure(
            "segments",
            told.differences(frame, group, pairwise=found.pairwise),
            told.tested_against(len(found.segments), found.found, pairwise=found.pairwise, shared=found.shared),
            compiled.rows("segments", frame, group),
            lambda: segment_tables.differences(frame, group),
            _question(found) + ".differences",
            f"cx.charts.segment_differences(frame, {group!r})",
            lambda picked: _lead(found, picked),
            spot=f"_{group}",
        ),
        selection,
    )


def _named(found: Comparison) -> pd.DataFrame:
    by = str(found.by)
    return found.differences.assign(name=[segments.name(by, key) for key in found.differences["segment"]])


def _lead(found: Comparison, picked: Picked) -> None:
    chosen = {segment.key: segment.selection for segment in found.segments}[str(picked["segment"])]
    measure = str(picked["measure"])
    if measure in list(Kpi):
        filters.lead("lagebild", chosen, **{address.KPI: measure})
    else:
        filters.lead("stimmen", replace(chosen, pillars=(measure,), touchpoints=(), lens_groups=(), labels=()))


def _question(found: Comparison, kpi: str = Kpi.NPS) -> str:
    keys = tuple(st.session_state[address.PARTS])
    return f"ws.compare({str(found.by)!r}, selection, {keys!r}, {str(kpi)!r})"


def reversals(found: Comparison) -> None:
    """A warning for the measures by which a segment differs the other way within the channels, the strongest reversals first."""
    for row in found.reversals.head(WARNED).to_dict("records"):
        first, second = (row[side] and segments.name(str(found.by), row[side]) for side in ("segment", "other"))
        st.warning(
            markup.literal(told.reversal(pd.Series(row), first, second, found.variant)), icon=":material/swap_vert:"
        )
    if (more := len(found.reversals) - WARNED) > 0:
        st.html(markup.grey(told.more_reversals(more)))


def consistency(found: Comparison, selection: Filter) -> None:
    """The spread of each pillar between channels; a click leads to the voices on one. A sentence where there are not two channels."""
    if (found.consistency["channels"] < segments.LEAST).all():
        st.html(markup.section(*told.one_channel()))
        return
    figures.show(
        Figure(
            "consistency",
            told.consistency(found.consistency),
            _("Unterschiede zwischen den Kanälen der Auswahl, der Zufall abgezogen"),
            compiled.rows("consistency", found.consistency),
            lambda: segment_tables.consistency(found.consistency),
            _question(found) + ".consistency",
            "cx.charts.channel_consistency(frame)",
            lambda picked: filters.lead("stimmen", replace(selection, pillars=(str(picked["key"]),))),
        ),
        selection,
    )
    text = _(
        "±0,10 heißt: Die Werte der Kanäle liegen typischerweise 0,10 Polarität über oder unter ihrem gemeinsamen Mittel. Bei ±0 "
        "erleben die Kunden die Säule in jedem Kanal gleich, soweit die Daten reichen."
    )
    st.html(markup.grey(text))


def split(found: Comparison, kpi: str, selection: Filter) -> None:
    """The change of a KPI in steps, with a warning where the whole has another sign than the channels."""
    if found.split is None:
        known = data.compared(selection)
        note = told.too_few_in_a_period() if known else findings.compared(None)
        st.html(markup.section(told.no_split(kpi, found.variant), note))
        return
    parts, variant = found.split.parts, found.variant
    if found.split.reversed:
        st.warning(markup.literal(told.split_reversed(parts, kpi)), icon=":material/swap_vert:")
    figures.show(
        Figure(
            "change_split",
            told.split(parts, kpi, variant),
            f"{findings.compared(found.split.periods)} · {told.split_note(parts, kpi)}",
            compiled.rows("change_split", parts, kpi, variant),
            lambda: segment_tables.split(parts, kpi),
            _question(found, kpi) + ".split.parts",
            f"cx.charts.change_split(frame, {kpi!r}, {variant!r})",
            kpi=kpi,
        ),
        selection,
    )
