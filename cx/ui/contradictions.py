"""Feedback whose words and rating disagree: how many, which, and what may be the reason."""

import pandas as pd
import streamlit as st

from cx.charts import words
from cx.language import _, interval, ngettext, number
from cx.model.limits import N_WITHHELD
from cx.ui import markup, voices
from cx.ui.markup import Chip

LONGEST = 600  # characters of a text in the list; the dialog has the whole
PERCENT = 100


def share(found: pd.Series) -> str:
    """ "24 Widersprüche, 1,4 % (95 %: 1,2 … 1,5 %) von 1.781 Feedbacks mit gelesenem Text und Bewertung"."""
    n, base = int(found["n"]), int(found["base"])
    counted = ngettext("{n} Widerspruch", "{n} Widersprüche", n).format(n=number(n))
    of = _("von {base} Feedbacks mit gelesenem Text und Bewertung").format(base=number(base))
    if base < N_WITHHELD:
        return f"{counted} {of}"
    value, low, high = (PERCENT * found[name] for name in ("value", "low", "high"))
    text = _("{counted}: {share}\u00a0% (95\u00a0%: {bounds}) {of}")
    return text.format(
        counted=counted, share=number(value, 1), bounds=interval(low, high, 1).replace(" ", "\u00a0"), of=of
    )


def note() -> None:
    """How to read the list."""
    text = _(
        "Wörter und Bewertung weisen deutlich in verschiedene Richtungen, die stärksten Fälle zuerst. Entweder passt die "
        "Bewertung nicht zum Text, oder der Text ist falsch gelesen: Dann berichtigen Sie ihn unter „Alle Stimmen“."
    )
    st.html(markup.grey(text))


def none() -> None:
    """Nothing contradicts itself."""
    st.html(
        markup.section(
            _("In dieser Auswahl widersprechen sich Wörter und Bewertung nirgends deutlich"),
            _("Verglichen werden Sterne, sonst NPS oder CSAT, mit dem gelesenen Text."),
        )
    )


def show(found: pd.DataFrame) -> None:
    """The texts with marked words, the rating beside what was read, and a likely cause."""
    marks = voices.marked(found)
    for position, row in enumerate(found.to_dict("records")):
        with st.container(horizontal=True, wrap=False, gap="small", key=f"voice_{position}"):
            text = row["text"] if len(row["text"]) <= LONGEST else row["text"][:LONGEST] + " …"
            st.html(markup.voice(text, marks[position], voices.meta(row), _chips(row), row["label"]))
            voices.open_button(position, row)


def _chips(row: dict) -> list[Chip]:
    rated, worded = ("positive", "negative") if row["rated"] > 0 else ("negative", "positive")
    polarity = number(row["polarity"], 2, signed=True)
    said = _("Text {label} ({polarity})").format(label=words.label_name(row["label"]), polarity=polarity)
    cause = words.cause_name(row["cause"])
    return [Chip(_rating(row), rated), Chip(said, worded), *([Chip(cause, outlined=True)] if cause else [])]


def _rating(row: dict) -> str:
    if not pd.isna(row["rating"]):
        return _("{stars} von 5 Sternen").format(stars=number(row["rating"], 0 if row["rating"] % 1 == 0 else 1))
    if not pd.isna(row["nps"]):
        return _("NPS {value} von 10").format(value=number(row["nps"]))
    return _("CSAT {value} von {high}").format(value=number(row["csat"]), high=number(row["csat_high"]))
