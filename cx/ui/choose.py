"""Choices that belong to one page; they stand in the address too (cx/ui/address.py)."""

from collections.abc import Callable, Iterable
from typing import Literal

import pandas as pd
import streamlit as st

from cx.analysis.pillars import Across
from cx.charts import words
from cx.charts.quadrants import Crosshair
from cx.language import _, current
from cx.model import taxonomy
from cx.model.kpi import Kpi, Outcome
from cx.model.limits import N_UNCERTAIN, N_WITHHELD
from cx.model.taxonomy import LensKey
from cx.report import themes
from cx.ui import address
from cx.ui.address import View


def one_of(
    label: str,
    possible: Iterable[str],
    key: str,
    name: Callable[[str], str | None],
    *,
    on_change: Callable[[], None] | None = None,
    label_visibility: Literal["visible", "collapsed"] = "collapsed",
) -> str:
    """The chosen word of `possible`, the first where the address or the browser says none of them. A collapsed label is for screen readers."""
    options = list(map(str, possible))
    if st.session_state[key] not in options:
        st.session_state[key] = options[0]
    chosen = st.segmented_control(
        label,
        options,
        key=key,
        format_func=name,
        required=True,
        label_visibility=label_visibility,
        on_change=on_change,
    )
    return chosen or options[0]


def answered(levels: pd.DataFrame, kpis: Iterable[str]) -> list[str]:
    """Those of `kpis` that the selection holds answers of (`levels`: kpi, n)."""
    known = set(levels.loc[levels["n"] > 0, "kpi"])
    return [str(kpi) for kpi in kpis if str(kpi) in known]


def kpi(levels: pd.DataFrame) -> str:
    """The KPI whose course or change is shown: of those with enough answers for any number, else of those with some, else of all."""
    variants, enough = dict(zip(levels["kpi"], levels["variant"], strict=True)), levels[levels["n"] >= N_WITHHELD]
    possible = answered(enough, Kpi) or answered(levels, Kpi) or Kpi
    return one_of(_("Verlauf von"), possible, address.KPI, lambda key: words.kpi_name(key, variants.get(key, "")))


def view() -> str:
    """Whether all voices are listed, or those whose words and rating disagree."""
    names = {View.ALL: _("Alle Stimmen"), View.CONTRADICTIONS: _("Widersprüche")}
    return one_of(_("Ansicht"), View, address.VIEW, names.get, on_change=address.first_page)


def outcome(levels: pd.DataFrame) -> str:
    """The outcome that is explained: of those with enough answers to be explained, else of those with some, which must be one at least."""
    enough, variants = levels[levels["n"] >= N_UNCERTAIN], levels.set_index("kpi")["variant"]
    possible = answered(enough, Outcome) or answered(levels, Outcome)
    question = _("Was soll erklärt werden?")
    return one_of(question, possible, address.OUTCOME, lambda key: words.kpi_name(key, variants[key]))


def against(possible: tuple[str, ...]) -> str:
    """What the selection is held against, of what is possible for it."""
    return one_of(_("Was wird verglichen?"), possible, address.AGAINST, themes.against_name)


def first_outcome(kpis: pd.DataFrame) -> str:
    """The outcome that an overview explains: NPS, else the next that has enough answers."""
    enough = set(kpis.loc[kpis["n"] >= N_UNCERTAIN, "kpi"])
    return next((str(outcome) for outcome in Outcome if str(outcome) in enough), str(Outcome.NPS))


def crosshair() -> str:
    """Where the map's vertical line stands."""
    names = {Crosshair.MIDDLE: _("Linie bei null"), Crosshair.MEAN: _("Linie beim Mittel")}
    return one_of(_("Senkrechte Linie"), Crosshair, address.CROSSHAIR, names.get)


def across() -> str:
    """What the touchpoints are crossed with."""
    names = {Across.PILLARS: _("Mit Säulen"), Across.CHANNELS: _("Mit Kanälen")}
    return one_of(_("Touchpoints gekreuzt"), Across, address.ACROSS, names.get)


def lens() -> str:
    """Through which model the mentions are seen."""
    model, language = taxonomy.load(), current()
    return one_of(_("Modell"), LensKey, address.LENS, lambda key: model.lens(key).name(language))
