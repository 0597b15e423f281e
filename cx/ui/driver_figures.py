"""The charts of drivers; a click on one leads to the voices on a pillar or touchpoint."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from cx.charts import compiled, quadrants
from cx.charts.quadrants import Crosshair
from cx.language import NO_NUMBER, _
from cx.model.filter import Filter
from cx.model.kpi import Predictors
from cx.report import driver_tables
from cx.report import drivers as sentences
from cx.stats.drivers import Explained
from cx.ui import driver_choices, filters, markup
from cx.ui.figures import Figure, Picked, show, under


def importance(frame: pd.DataFrame, outcome: str, selection: Filter, predictors: str = Predictors.PILLARS) -> None:
    """Importance with ranks, and what mere chance reaches."""
    show(
        Figure(
            "drivers",
            sentences.importance(frame, outcome, predictors),
            sentences.explained(frame),
            compiled.rows("drivers", frame),
            partial(driver_tables.importances, frame),
            _question(outcome, predictors),
            "cx.charts.drivers(frame)",
            _lead(selection, predictors),
        ),
        selection,
    )


def importance_performance(
    frame: pd.DataFrame, crosshair: str, outcome: str, selection: Filter, predictors: str = Predictors.PILLARS
) -> None:
    """The map of importance and performance."""
    rows = quadrants.rows(frame, crosshair)
    where = _("beim Mittel") if crosshair == Crosshair.MEAN else _("bei null")
    show(
        Figure(
            "importance_performance",
            sentences.quadrants(rows),
            _("Senkrechte Linie {where}, waagerechte bei der mittleren Wichtigkeit").format(where=where),
            rows,
            partial(driver_tables.performance, frame),
            _question(outcome, predictors),
            f"cx.charts.importance_performance(frame, {str(crosshair)!r})",
            _lead(selection, predictors),
        ),
        selection,
    )


def effects(frame: pd.DataFrame, outcome: str, selection: Filter, predictors: str) -> None:
    """The adjusted effect per step."""
    steps = _("eine Stufe: negativ → nicht genannt → positiv")
    if predictors == Predictors.ITEMS:
        steps = _("eine Stufe: die halbe Skala")
    show(
        Figure(
            "driver_effects",
            sentences.adjusted(frame, outcome),
            _("Die anderen festgehalten; {steps}; {units}").format(steps=steps, units=sentences.in_units(outcome)),
            compiled.rows("driver_effects", frame),
            partial(driver_tables.effects, frame, outcome),
            _question(outcome, predictors),
            "cx.charts.driver_effects(frame)",
            _lead(selection, predictors),
        ),
        selection,
    )


def contributions(frame: pd.DataFrame, outcome: str, selection: Filter, predictors: str) -> None:
    """Adjusted contribution beside leave-out impact, and why they differ. Nothing for survey items: nobody leaves them out."""
    if predictors == Predictors.ITEMS:
        title = _("Beitrag und Weglassen gibt es nur für Texte")
        st.html(markup.section(title, _("Umfragefragen beantworten alle; da ist nichts wegzulassen.")))
        return
    show(
        Figure(
            "driver_contributions",
            sentences.contributions(frame),
            _("Was ein Thema zum Mittel beiträgt, {units}: ● bereinigt, ◇ durch Weglassen").format(
                units=sentences.in_units(outcome)
            ),
            compiled.rows("driver_contributions", frame),
            partial(driver_tables.contributions, frame, outcome),
            _question(outcome, predictors),
            "cx.charts.driver_contributions(frame)",
            _lead(selection, predictors),
        ),
        selection,
    )
    st.html(markup.grey(sentences.why_apart()))


def sides(frame: pd.DataFrame, outcome: str, selection: Filter, predictors: str) -> None:
    """What being named negatively costs and positively earns."""
    show(
        Figure(
            "driver_sides",
            sentences.sides(frame),
            _("Gegenüber „nicht genannt“, {units}: ● negativ genannt, ◇ positiv genannt").format(
                units=sentences.in_units(outcome)
            ),
            compiled.rows("driver_sides", frame),
            partial(driver_tables.sides, frame, outcome),
            _question(outcome, predictors),
            "cx.charts.driver_sides(frame)",
            _lead(selection, predictors),
        ),
        selection,
    )


def sensitivity(frame: pd.DataFrame, outcome: str, predictors: str) -> None:
    """The effects where not named counts as missing, folded away."""
    if predictors == Predictors.ITEMS:
        return
    with st.expander(_("Und wenn „nicht genannt“ als fehlend zählt?"), key="treiber_sensitivity"):
        st.html(markup.grey(sentences.sensitive(frame)))
        st.dataframe(
            driver_tables.sensitivity(frame, outcome),
            hide_index=True,
            placeholder=NO_NUMBER,
            key="treiber_sensitivity_table",
        )


def checks(found: Explained, outcome: str, predictors: str) -> None:
    """What the analysis rests on, in sentences."""
    title = _("Worauf die Treiber beruhen")
    st.html(markup.section(title, _("Prüfungen, die Sie vor jedem Schluss lesen sollten")))
    st.html(markup.points(sentences.checks(found, outcome, predictors)))


def what_if(frame: pd.DataFrame, outcome: str, selection: Filter, predictors: str) -> None:
    """A predictor and a slider: how the outcome would go along, with interval and caution."""
    movable = frame.dropna(subset=["effect_low", "level"])
    if movable.empty:
        st.html(markup.section(_("Nichts lässt sich verschieben: kein Effekt ist bestimmbar")))
        return
    row = driver_choices.moved(movable)
    label = _("Anteil positiver Nennungen, in Prozent")
    if predictors == Predictors.ITEMS:
        label = _("Mittel der Antworten, 0 … 100")
    level = driver_choices.level(label, round(row["level"]))
    title, note = sentences.what_if(row, level, outcome, predictors), sentences.what_if_caution(row)
    st.html(markup.section(title, note))
    table = partial(driver_tables.effects, frame, outcome)
    under(
        Figure("driver_effects", title, note, frame, table, _question(outcome, predictors), "frame", spot="_what_if"),
        selection,
    )


def nothing(predictors: str) -> None:
    """Too little data for drivers."""
    st.html(markup.section(*sentences.nothing(predictors)))


def caution() -> None:
    """What importance can tell and what it cannot."""
    text = _(
        "Wichtigkeit sagt, wie viel der Unterschiede zwischen Kunden mit einer Größe einhergeht. Sie sagt nicht, was geschieht, wenn Sie sie "
        "verbessern: Auch was keinen eigenen Effekt hat, kann wichtig aussehen, weil es mit anderem zusammen genannt wird. Ob ein "
        "Effekt gesichert ist, steht unter „Effekte“."
    )
    st.html(markup.grey(text))


def _question(outcome: str, predictors: str) -> str:
    further = "" if predictors == Predictors.PILLARS else f", {str(predictors)!r}"
    return f"ws.drivers({outcome!r}, selection{further})"


def _lead(selection: Filter, predictors: str) -> Callable[[Picked], None] | None:
    """To the voices on what was clicked; survey items have none."""
    if predictors == Predictors.ITEMS:
        return None
    return lambda picked: filters.lead("stimmen", replace(selection, **{str(predictors): (str(picked["key"]),)}))
