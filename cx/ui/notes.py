"""What stands beside the figures of a page: tables, warnings, and why something cannot be shown."""

import pandas as pd
import streamlit as st

from cx.language import _
from cx.model.limits import N_UNCERTAIN
from cx.report import findings, tables
from cx.ui import markup


def importance() -> None:
    """What importance can tell and what it cannot."""
    text = _(
        "Wichtigkeit sagt, wie viel der Unterschiede zwischen Kunden mit einer Säule einhergeht. Sie sagt nicht, was "
        "geschieht, wenn Sie die Säule verbessern: Auch eine Säule ohne eigenen Effekt kann wichtig aussehen, weil sie "
        "mit einer anderen zusammen genannt wird. Ob ein Effekt gesichert ist, steht in der Tabelle."
    )
    st.html(markup.grey(text))


def effects(frame: pd.DataFrame, outcome: str, name: str) -> None:
    """The adjusted effect of each pillar, with its interval and verdict."""
    title = _("Effekt je Säule, die anderen festgehalten")
    note = _("Änderung bei {outcome}; eine Stufe: negativ → nicht genannt → positiv").format(outcome=name)
    st.html(markup.section(title, note))
    st.dataframe(tables.effects(frame, outcome), hide_index=True, key="treiber_effects")


def suppressors(frame: pd.DataFrame) -> None:
    """A warning where correlation and effect point to different sides."""
    if text := findings.suppressors(frame):
        st.warning(text, icon=":material/swap_horiz:")


def no_outcome() -> None:
    """Nothing that could be explained."""
    st.html(
        markup.section(
            _("In dieser Auswahl gibt es weder NPS noch CSAT, CES oder Sterne"),
            _("Treiber erklären eine Bewertung. Laden Sie Daten mit einer davon oder wählen Sie einen anderen Kanal."),
        )
    )


def too_few_for_drivers(outcome: str) -> None:
    """Too little data for drivers."""
    text = _(
        "Gebraucht werden mindestens {n} Feedbacks mit Text und Antwort, und die Antworten müssen sich unterscheiden."
    )
    st.html(markup.section(findings.drivers(pd.DataFrame(), outcome), text.format(n=N_UNCERTAIN)))


def no_text() -> None:
    """Feedback without words."""
    st.html(
        markup.section(
            _("Zu dieser Auswahl gibt es Bewertungen, aber keine Aussagen"),
            _("Die Kennzahlen stehen im Lagebild. Für Stimmen wählen Sie einen Kanal, in dem auch geschrieben wird."),
        )
    )
