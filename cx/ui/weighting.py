"""Known shares chosen by the visitor, the weights that follow, and the key figures without and with them."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cx.analysis.weighting import Weighting
from cx.charts import compiled
from cx.errors import AskError
from cx.language import _, number
from cx.model import targets as known
from cx.model.filter import Filter
from cx.model.targets import Dimension, Targets
from cx.report import weighting as told
from cx.stats.weights import EXTREME
from cx.ui import address, data, figures, markup
from cx.ui.figures import Figure
from cx.ui.markup import Cell

CHOSEN = "gewichtung_dimensions"
LEAST, MOST = 2, 30  # values of a dimension: one cannot be weighted, more are no form to fill in
COLUMNS = 2  # as many as a phone has room for
STEP = 0.1
UNMOVED = 0.01  # between the weights: the shares are those of the selection, but for rounding


def chosen(selection: Filter) -> Targets | None:
    """The shares as they stand on the screen, in percent; None where they are not complete, with a sentence that says what is missing."""
    parts = data.composition(selection)
    values = {str(dimension): parts[parts["dimension"] == str(dimension)] for dimension in Dimension}
    possible = [name for name, rows in values.items() if LEAST <= len(rows) <= MOST]
    if not possible:
        st.html(markup.section(_("Hier gibt es nichts zu gewichten"), _nothing(values)))
        return None
    st.html(
        markup.section(
            _("Wie sich Ihre Kundschaft wirklich verteilt"),
            _("Vorgegeben sind die Anteile in der Auswahl. Tragen Sie ein, was Sie besser wissen."),
        )
    )
    sampled = {name: _rounded(values[name].set_index("value")["share"]) for name in possible}
    said = {name: _shares(name, sampled[name]) for name in _dimensions(possible)}
    st.session_state[address.WEIGHTS] = {} if said == {possible[0]: sampled[possible[0]]} else said
    address.write(selection)  # the entry script has written it before the fields were read
    complete = [known.missing(shares) == 0 for shares in said.values()]
    return said if said and all(complete) else None


def _nothing(values: dict[str, pd.DataFrame]) -> str:
    if any(len(rows) > MOST for rows in values.values()):
        return _("Alle Merkmale haben mehr als {n} Werte. Engen Sie die Auswahl ein.").format(n=number(MOST))
    return _("Kanal, Produkt und Ort haben in dieser Auswahl nur einen Wert oder keinen.")


def _dimensions(possible: list[str]) -> list[str]:
    """Which dimensions are weighted: at first those of the address, else the first that is possible."""
    before = [name for name in st.session_state[address.WEIGHTS] if name in possible]
    kept = [name for name in st.session_state.get(CHOSEN, before or possible[:1]) if name in possible]
    st.session_state[CHOSEN] = kept
    named = st.pills(_("Gewichten nach"), possible, key=CHOSEN, format_func=told.dimension_name, selection_mode="multi")
    return [name for name in possible if name in named]


def _shares(dimension: str, sampled: dict[str, float]) -> dict[str, float]:
    """A field per value, in the order of frequency; what they sum to where that is not the whole. What is no share counts 0."""
    before = st.session_state[address.WEIGHTS].get(dimension, {})
    said = {}
    with st.container(key=f"grid_{dimension}", gap="small"):
        for row in _rows(list(sampled.items())):
            for place, (value, share) in zip(st.columns(COLUMNS), row, strict=False):
                before_or_sampled = before.get(value, 0.0 if before else share)
                said[value] = _share(place, f"gewichtung_{dimension}_{value}", value, before_or_sampled)
    if lacks := known.missing(said):
        st.html(markup.section(told.shares(lacks), _("Je Merkmal müssen es zusammen 100 % sein.")))
    return said


def _rows(pairs: list[tuple[str, float]]) -> list[list[tuple[str, float]]]:
    """Rows of COLUMNS, so that a phone keeps the order."""
    return [pairs[start : start + COLUMNS] for start in range(0, len(pairs), COLUMNS)]


def _share(place: DeltaGenerator, key: str, value: str, share: float) -> float:
    st.session_state.setdefault(key, number(share, 1))
    typed = place.text_input(_("{value}, in %").format(value=markup.literal(value)), key=key)
    found = known.percent_of(typed)
    if found is None:
        place.html(markup.grey(_("Bitte eine Zahl von 0 bis 100.")))
    return found or 0.0


def _rounded(shares: pd.Series) -> dict[str, float]:
    """Shares in percent to one decimal that are whole together: where rounding does not, the largest rests are rounded up."""
    tenths = shares * known.WHOLE / STEP
    rounded = (tenths.round() * STEP).round(1).to_dict()
    if not known.missing(rounded):
        return rounded
    whole = tenths // 1
    whole[(tenths - whole).nlargest(round(known.WHOLE / STEP - whole.sum())).index] += 1
    return (whole * STEP).round(1).to_dict()


def asked(targets: Targets, selection: Filter) -> Weighting | None:
    """The answer of the workspace; None where no weights meet the shares, with the reason."""
    try:
        return data.weighted(targets, selection)
    except AskError as error:
        st.html(markup.section(_("Keine Gewichte"), str(error)))
        return None


def compared(found: Weighting, targets: Targets, selection: Filter) -> None:
    """The key figures without and with weights."""
    figures.show(
        Figure(
            "weighting",
            told.unmoved() if found.largest - found.smallest < UNMOVED else told.finding(found.kpis),
            told.cost(found.n, found.effective_n),
            compiled.rows("weighting", found.kpis),
            told.kpis(found.kpis),
            f"ws.weighted({targets!r}, selection).kpis",
            "cx.charts.weighted(frame)",
        ),
        selection,
    )


def weights(found: Weighting) -> None:
    """The weight of every value, visible; extreme ones shaded and said."""
    st.html(markup.section(_("Gewichte"), told.span(found.smallest, found.largest)))
    with st.container(key="weights"):
        for dimension, rows in found.values.groupby("dimension", sort=False):
            head = [told.dimension_name(dimension), "n", _("Auswahl"), _("bekannt"), _("Gewicht")]
            st.html(markup.table(head, [_row(row) for row in rows.to_dict("records")]))
    if text := told.warning(found.values, found.largest):
        st.html(markup.notice(text))


def _row(row: dict) -> tuple[str, list[Cell]]:
    *plain, weight = told.weight_cells(row)
    shade = 1.0 if row["weight"] > EXTREME else None
    return row["value"], [*map(Cell, plain), Cell(weight, share=shade)]
