"""A sentence of the visitor's own, opened word by word: how its score comes about, as sums that re-add exactly."""

import pandas as pd
import streamlit as st

from cx import language
from cx.charts import words
from cx.language import _
from cx.model.kpi import Label
from cx.text import languages
from cx.ui import address, data, markup
from cx.ui.markup import Chip, Mark

TEXT = "methode_text"
LONGEST = 1_000  # characters
MARKED = 0.1  # of the weightiest word: what adds less is in the sum, but not underlined


def examples() -> dict[str, str]:
    """Sentences to begin with, by what they show. They stay German in every language: German is what is read."""
    return {
        _("Lob und Tadel"): "Sehr freundliches Personal, aber die Lieferung kam zwei Wochen zu spät.",
        _("Verneinung"): "Der Kundenservice war nicht gerade hilfreich.",
        _("Wortbildung"): "Problemlos bestellt, Traumservice und ein unschlagbarer Preis!",
        _("Frage"): "Kann ich die Rechnung auch in Raten zahlen?",
        _("Ironie"): "Na super, schon wieder eine Stunde in der Warteschleife.",
    }


@st.fragment
def example() -> None:
    """The field, and under it everything that was read."""
    language.use(st.session_state[address.LANGUAGE])  # a fragment runs without app.py
    shown = examples()
    st.session_state.setdefault(TEXT, next(iter(shown.values())))
    st.text_input(
        _("Ein Satz zum Nachrechnen"), key=TEXT, max_chars=LONGEST, icon=":material/edit:", label_visibility="collapsed"
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="methode_examples"):
        st.caption(_("Zum Beispiel:"), width="content")
        for place, (name, sentence) in enumerate(shown.items()):
            st.button(name, key=f"methode_example_{place}", type="tertiary", on_click=_take, args=(sentence,))
    _show(st.session_state[TEXT])


def _take(sentence: str) -> None:
    st.session_state[TEXT] = sentence


def _show(text: str) -> None:
    if not text.strip():
        st.html(markup.grey(_("Schreiben Sie einen Satz, wie Kunden ihn schreiben.")))
        return
    sentiment, analysed, parts = data.reading(text)
    if sentiment["label"][0] is None:
        st.html(markup.grey(_("Das ist kein Deutsch und wird deshalb nicht gelesen: {name}.").format(name=_name(text))))
        return
    judging = parts[(parts["dimension"] == "polarity") & (parts["contribution"] != 0)]
    added = judging.groupby(["start", "stop"], as_index=False)["contribution"].sum()
    size = added["contribution"].abs()
    marks = [Mark(*mark) for mark in added[size >= MARKED * size.max()].itertuples(index=False)]
    direction, found = data.sums(text)
    st.html(markup.verdict(text, marks, direction, _chips(analysed)))
    for reading in found:
        chips = [Chip(words.label_name(reading.label), reading.label)]
        st.html(markup.reading(reading, reading.text if len(found) > 1 else "", chips))
    st.html(
        markup.grey(
            _(
                "Jede Summe geht ohne Rest auf; gezeigt sind gerundete Zahlen. Eine Aussage wertet, und ein Thema gilt als genannt, "
                "wenn die Summe null erreicht. Der Ausgangswert kommt von der Aussage als Ganzem: wie stark sie wertet, ob sie fragt, "
                "und wie viel es für ein Thema braucht."
            )
        )
    )


def _chips(analysed: pd.DataFrame) -> list[Chip]:
    """The pillars and touchpoints that are named anywhere, coloured by their mean polarity."""
    named = analysed[analysed["dimension"] != ""]
    means = named.groupby(["dimension", "aspect"], sort=False)["aspect_polarity"].mean()
    ranked = sorted(means.items(), key=lambda item: item[0][0])  # pillars first
    return [
        Chip(words.aspect_name(aspect), _side(value), outlined=dimension == "touchpoint")
        for (dimension, aspect), value in ranked
    ]


def _side(value: float) -> str:
    if value == 0:
        return ""
    return str(Label.POSITIVE if value > 0 else Label.NEGATIVE)


def _name(text: str) -> str:
    return languages.name(data.language_of(text), language.current())
