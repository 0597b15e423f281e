"""The figures of Themen: words of both sides with their intervals, and each word with the customers' own sentences."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from cx.analysis.themes import Contrast
from cx.charts import compiled, wording
from cx.charts.wording import Against, Side
from cx.language import _
from cx.model.filter import Filter
from cx.report import themes
from cx.ui import data, figures, filters, markup, voices
from cx.ui.figures import Figure

OPEN = 5  # words per side that stand with their sentences at once; the rest unfolds


def contrast(found: Contrast, against: str, selection: Filter) -> None:
    """The words of both sides as dots with intervals; a click leads to the voices with a word."""
    figures.show(
        Figure(
            "wording",
            themes.title(found.terms, against),
            themes.note(found.feedbacks_a, found.feedbacks_b, found.tested, found.every, against),
            compiled.rows("wording", found.terms),
            partial(themes.table, found.terms, against),
            f"ws.themes(selection, {against!r}).contrast.terms",
            f"cx.charts.distinctive_words(frame, {against!r})",
            lambda picked: _lead(selection, str(picked["key"])),
            kpi=against,
        ),
        selection,
    )


def quotes(found: Contrast, against: str, selection: Filter) -> None:
    """Each word of both sides with sentences, side a on the left."""
    left, right = st.columns(2, gap="large")
    for side, column, name in zip(Side, (left, right), wording.sides(against), strict=True):
        terms = found.terms[(found.terms["log_odds"] > 0) == (side == Side.A)]
        with column:
            if len(terms):
                st.html(markup.section(_("Häufiger {side}").format(side=name)))
            listed(found, terms.head(OPEN), selection, side, themes.figures)
            if len(terms) > OPEN:
                with st.expander(themes.further(len(terms) - OPEN)):
                    listed(found, terms.iloc[OPEN:], selection, f"{side}_more", themes.figures)


def rising(found: Contrast | None, against: str, selection: Filter) -> None:
    """Words that rise, each with its course by month and sentences; nothing where the chart above has said that there are none."""
    terms = found.terms if found else None
    if against == Against.BEFORE and terms is not None and terms.empty:
        return
    note = themes.period(data.latest(selection)) if found else ""
    st.html(markup.section(themes.rising(terms), note))
    if found is not None and terms is not None and len(terms):
        table, asked = partial(themes.table, terms, Against.BEFORE), f"ws.themes(selection, {against!r}).rising.terms"
        figures.under(
            Figure("wording", themes.rising(terms), note, terms, table, asked, "frame", spot="_rising"), selection
        )
        listed(found, terms, selection, "rising", themes.risen)


def listed(found: Contrast, terms: pd.DataFrame, selection: Filter, spot: str, line: Callable[[dict], str]) -> None:
    """Words with the sentences that hold them; `line` says the numbers of a row of `terms`. `spot` tells the lists of a page apart."""
    quotes: dict[str, list[dict]] = {word: [] for word in terms["word"]}
    for quote in found.quotes[found.quotes["word"].isin(quotes)].to_dict("records"):
        quotes[quote["word"]].append(quote)
    for place, row in enumerate(terms.to_dict("records")):
        with st.container(gap=None, key=f"terms_{spot}_{place}"):
            st.button(
                markup.literal(row["word"]),
                key=f"term_{spot}_{place}",
                type="tertiary",
                on_click=_lead,
                args=(selection, row["search"]),
            )
            quoted = [(quote["text"], _source(quote)) for quote in quotes[row["word"]]]
            st.html(markup.term(line(row), wording.course(row["months"]), quoted, row["search"]))


def _source(quote: dict) -> str:
    return " · ".join(part for part in (voices.when(quote), quote["channel"]) if isinstance(part, str))


def _lead(selection: Filter, word: str) -> None:
    filters.lead("stimmen", replace(selection, words=word))
