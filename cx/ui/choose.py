"""Choices that belong to one page; they stand in the address too (cx/ui/address.py)."""

import pandas as pd
import streamlit as st

from cx.analysis.pillars import Across
from cx.charts import words
from cx.charts.quadrants import Crosshair
from cx.language import _, current
from cx.model import taxonomy
from cx.model.kpi import Kpi, Outcome
from cx.model.limits import N_UNCERTAIN
from cx.model.taxonomy import LensKey
from cx.report import themes
from cx.ui import address
from cx.ui.address import View


def kpi() -> str:
    """The KPI whose months are shown."""
    chosen = st.segmented_control(
        _("Verlauf von"),
        list(map(str, Kpi)),
        key=address.KPI,
        format_func=words.kpi_name,
        required=True,
        label_visibility="collapsed",
    )
    return chosen or str(Kpi.NPS)


def view() -> str:
    """Whether all voices are listed, or those whose words and rating disagree."""
    names = {View.ALL: _("Alle Stimmen"), View.CONTRADICTIONS: _("Widersprüche")}
    chosen = st.segmented_control(
        _("Ansicht"),
        list(map(str, View)),
        key=address.VIEW,
        format_func=names.get,
        required=True,
        label_visibility="collapsed",
        on_change=address.first_page,
    )
    return chosen or str(View.ALL)


def outcome(levels: pd.DataFrame) -> str | None:
    """The outcome that is explained, of those that the selection holds; None where it holds none."""
    answered = set(levels.loc[levels["n"] > 0, "kpi"])
    possible = [str(outcome) for outcome in Outcome if str(outcome) in answered]
    if not possible:
        return None
    if st.session_state[address.OUTCOME] not in possible:
        st.session_state[address.OUTCOME] = possible[0]
    variants = levels.set_index("kpi")["variant"]
    return st.segmented_control(
        _("Was soll erklärt werden?"),
        possible,
        key=address.OUTCOME,
        format_func=lambda key: words.kpi_name(key, variants[key]),
        required=True,
        label_visibility="collapsed",
    )


def against(possible: tuple[str, ...]) -> str:
    """What the selection is held against, of what is possible for it."""
    if st.session_state[address.AGAINST] not in possible:
        st.session_state[address.AGAINST] = possible[0]
    chosen = st.segmented_control(
        _("Was wird verglichen?"),
        list(possible),
        key=address.AGAINST,
        format_func=themes.against_name,
        required=True,
        label_visibility="collapsed",
    )
    return chosen or possible[0]


def first_outcome(kpis: pd.DataFrame) -> str:
    """The outcome that an overview explains: NPS, else the next that has enough answers."""
    enough = set(kpis.loc[kpis["n"] >= N_UNCERTAIN, "kpi"])
    return next((str(outcome) for outcome in Outcome if str(outcome) in enough), str(Outcome.NPS))


def crosshair() -> str:
    """Where the map's vertical line stands."""
    names = {Crosshair.MIDDLE: _("Linie bei null"), Crosshair.MEAN: _("Linie beim Mittel")}
    chosen = st.segmented_control(
        _("Senkrechte Linie"),
        list(map(str, Crosshair)),
        key=address.CROSSHAIR,
        format_func=names.get,
        required=True,
        label_visibility="collapsed",
    )
    return chosen or str(Crosshair.MIDDLE)


def across() -> str:
    """What the touchpoints are crossed with."""
    names = {Across.PILLARS: _("Mit Säulen"), Across.CHANNELS: _("Mit Kanälen")}
    chosen = st.segmented_control(
        _("Touchpoints gekreuzt"),
        list(map(str, Across)),
        key=address.ACROSS,
        format_func=names.get,
        required=True,
        label_visibility="collapsed",
    )
    return chosen or str(Across.PILLARS)


def lens() -> str:
    """Through which model the mentions are seen."""
    model, language = taxonomy.load(), current()
    chosen = st.segmented_control(
        _("Modell"),
        list(map(str, LensKey)),
        key=address.LENS,
        format_func=lambda key: model.lens(key).name(language),
        required=True,
        label_visibility="collapsed",
    )
    return chosen or str(LensKey.MODULES)
