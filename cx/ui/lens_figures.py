"""The figures of Modelle: what each lens shows, and which pair it puts where."""

from dataclasses import replace

import streamlit as st

from cx.analysis import lenses
from cx.analysis.lenses import LensView
from cx.charts import compiled
from cx.charts.lenses import GAP
from cx.language import _, current, number
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.model.taxonomy import LensKey
from cx.report import contrast_tables, contrasts
from cx.ui import figures, filters, markup
from cx.ui.figures import Figure, Picked


def show(found: LensView, selection: Filter) -> None:
    """The figures of a lens, then which pair of pillar and touchpoint belongs to which group."""
    shown = {LensKey.VALUE: _value, LensKey.FOUR_C: _four_c, LensKey.UX: _surfaces}
    shown.get(LensKey(found.key), _described_groups)(found, selection)
    _assigned(found.key)


def _described_groups(found: LensView, selection: Filter) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        _groups(found, selection)
    with right:
        _described(found.key)


def _groups(found: LensView, selection: Filter) -> None:
    lens = taxonomy.load().lens(found.key)
    by_place = lens.judged_by == "touchpoint"
    name = "lens_groups" if by_place else "lens_pair_groups"
    figures.show(
        Figure(
            name,
            contrasts.groups(found.groups, found.key),
            _base(found),
            compiled.rows(name, found.groups, found.key),
            lambda: contrast_tables.groups(found.groups, lens),
            f"ws.lens({found.key!r}, selection)",
            f"cx.charts.lens_groups(frame.groups, {found.key!r})",
            lambda picked: _lead(selection, found.key, picked),
        ),
        selection,
    )


def _value(found: LensView, selection: Filter) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        _groups(found, selection)
    with right:
        figures.show(
            Figure(
                "lens_gap",
                contrasts.gap(found.difference),
                _shared(found),
                compiled.rows("lens_gap", found.groups, found.difference),
                lambda: contrast_tables.groups(found.groups, taxonomy.load().lens(found.key)),
                f"ws.lens({found.key!r}, selection)",
                "cx.charts.lens_gap(frame.groups, frame.difference)",
                lambda picked: _lead(selection, found.key, picked),
            ),
            selection,
        )
    _described(found.key)


def _shared(found: LensView) -> str:
    n = int(found.difference["n"].sum())
    return _("Verglichen über alle Feedbacks; n = {n} nennen beides, das Intervall rechnet es ein").format(n=number(n))


def _four_c(found: LensView, selection: Filter) -> None:
    figures.show(
        Figure(
            "lens_four_c",
            contrasts.four_c(found.groups),
            _base(found),
            compiled.rows("lens_four_c", found.groups),
            lambda: contrast_tables.four_c(found.groups),
            f"ws.lens({found.key!r}, selection)",
            "cx.charts.lens_four_c(frame.groups)",
            lambda picked: _lead(selection, found.key, {"key": f"{picked['row']}{lenses.CROSSED}{picked['column']}"}),
        ),
        selection,
    )


def _surfaces(found: LensView, selection: Filter) -> None:
    figures.show(
        Figure(
            "lens_surfaces",
            contrasts.surfaces(found.difference),
            _("Punkt: Oberfläche (UX); Quadrat: Ganzes (CX, alle Touchpoints); Polarität mit 95-%-Intervall"),
            compiled.rows("lens_surfaces", found.groups, found.difference),
            lambda: contrast_tables.surfaces(found.groups, found.difference),
            f"ws.lens({found.key!r}, selection)",
            "cx.charts.lens_surfaces(frame.groups, frame.difference)",
            lambda picked: filters.lead("stimmen", _on_surface(selection, str(picked["key"]))),
        ),
        selection,
    )


def _on_surface(selection: Filter, channel: str) -> Filter:
    return replace(lenses.leading(selection, LensKey.UX, lenses.SURFACE), channels=(channel,))


def _lead(selection: Filter, key: str, picked: Picked) -> None:
    group = str(picked["key"])
    groups = lenses.COMPARED[LensKey.VALUE] if group == GAP else (group,)
    filters.lead("stimmen", lenses.leading(selection, key, *groups))


def _base(found: LensView) -> str:
    base = int(found.groups["base"].max()) if len(found.groups) else 0
    return _("n = {n} Feedbacks mit gelesenem Text; Polarität, möglich sind −1 … +1").format(n=number(base))


def _described(key: str) -> None:
    """What belongs to each group, in a few words."""
    lens, language = taxonomy.load().lens(key), current()
    points = [(group.name(language), group.described(language)) for group in lens.groups if group.described(language)]
    if points:
        st.html(markup.points(points))


def _assigned(key: str) -> None:
    lens = taxonomy.load().lens(key)
    with st.expander(_("Welche Säule an welchem Touchpoint wohin gehört")):
        st.html(markup.grey(_("Die Zuordnung steht in data/taxonomy.toml und lässt sich dort ändern.")))
        st.dataframe(contrast_tables.assignment(lens), hide_index=True, key=f"assignment_{key}")


def nothing() -> None:
    """No text that names a pillar or touchpoint."""
    st.html(
        markup.section(
            _("In dieser Auswahl nennt kein Text eine Säule oder einen Touchpoint"),
            _("Wählen Sie einen Kanal, in dem geschrieben wird, oder einen längeren Zeitraum."),
        )
    )
