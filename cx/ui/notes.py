"""What stands beside the figures of a page: tables, warnings, and why something cannot be shown."""

import streamlit as st

from cx.language import _, number
from cx.model.limits import N_UNCERTAIN, N_WITHHELD
from cx.ui import markup


def no_outcome(elsewhere: bool) -> None:
    """Nothing that could be explained. elsewhere: in other feedback there is."""
    title, note = (
        _("In dieser Auswahl gibt es weder NPS noch CSAT, CES oder Sterne"),
        _("Treiber erklären eine Bewertung. Ohne Filter gibt es eine."),
    )
    if not elsewhere:
        title, note = (
            _("Ihre Daten enthalten weder NPS noch CSAT, CES oder Sterne"),
            _("Treiber erklären eine Bewertung. Ordnen Sie beim Laden eine Spalte zu, die eine davon enthält."),
        )
    st.html(markup.section(title, note))


def no_predictors() -> None:
    """Nothing to explain an outcome with."""
    st.html(
        markup.section(
            _("Hier gibt es nichts, was die Bewertung erklären könnte"),
            _("Treiber brauchen mindestens {n} gelesene Texte oder bewertete Fragen einer Umfrage.").format(
                n=N_UNCERTAIN
            ),
        )
    )


def no_dates() -> None:
    """Nothing that could be put in order of time."""
    st.html(
        markup.section(
            _("In dieser Auswahl hat kein Feedback ein Datum"),
            _(
                "Ein Verlauf braucht Datumsangaben. Ordnen Sie beim Laden eine Spalte mit Datum zu oder wählen Sie anderes Feedback."
            ),
        )
    )


def limits() -> None:
    """What a score from words cannot do, said plainly."""
    st.html(
        markup.points(
            [
                (
                    _("Ironie"),
                    _(
                        "„Das habt ihr ja wieder wunderbar hinbekommen.“ wird als Lob gelesen. Spott wird nur erkannt, wo ihn feste "
                        "Wendungen („na super“), Emojis oder ein Missstand im selben Satz verraten."
                    ),
                ),
                (
                    _("Dialekt und Jugendsprache"),
                    _(
                        "Gelesen wird Standarddeutsch mit gängigen Kurzformen und Tippfehlern. Der Tadel in „Des war fei ned so doll.“ "
                        "geht verloren."
                    ),
                ),
                (
                    _("Fremde Rede"),
                    _(
                        "„Der Verkäufer meinte, das sei ein hervorragendes Gerät.“ Wer spricht, wird nicht unterschieden: Was jemand "
                        "anderes lobt oder verspricht, zählt wie die eigene Meinung."
                    ),
                ),
                (
                    _("Was zwischen den Sätzen steht"),
                    _(
                        "Jede Aussage wird für sich gelesen. Worauf sich „das“ oder „dort“ bezieht und was zwei Sätze zuvor "
                        "genannt wurde, weiß sie nicht."
                    ),
                ),
                (
                    _("Fragen, Wünsche, Bedingungen"),
                    _(
                        "„Hätte man mich angerufen, wäre ich zufrieden.“ Solche Sätze werden leiser gewertet, aber nicht umgekehrt: "
                        "Dieser gilt als Lob. Eine Frage kann Vorwurf sein oder bloße Frage."
                    ),
                ),
                (
                    _("Tatsachen mit Gewicht"),
                    _(
                        "„Der Akku hält zwei Tage“ ist bei einem Telefon ein Lob, bei einer Uhr vielleicht ein Mangel. Ob eine Tatsache "
                        "gut oder schlecht ist, weiß nur, wer das Angebot kennt."
                    ),
                ),
                (
                    _("Andere Branchen"),
                    _(
                        "Säulen und Touchpoints sind an Handel, Gastronomie, Reise, Versicherung und ähnlichen Branchen gelernt. In "
                        "einer fremden Branche wird weniger davon gefunden."
                    ),
                ),
                (
                    _("Kurze und seltene Texte"),
                    _(
                        "Ein Produktname, ein „wie immer“, ein Wort, das niemand sonst benutzt: Wo nichts Bekanntes steht, gilt ein Text "
                        "als neutral. Das zieht Mittelwerte in Richtung null."
                    ),
                ),
                (
                    _("Einzelne Menschen"),
                    _(
                        "Wie oft ein einzelner Satz falsch gelesen wird, steht oben. Im Mittel vieler Feedbacks hebt sich manches auf, beim "
                        "einzelnen nicht: Lesen Sie nach, bevor Sie handeln, und berichtigen Sie in „Stimmen“, was falsch ist."
                    ),
                ),
            ]
        )
    )


def no_text() -> None:
    """Feedback without words."""
    st.html(
        markup.section(
            _("Zu dieser Auswahl gibt es Bewertungen, aber keine Aussagen"),
            _("Die Kennzahlen stehen im Lagebild. Für Stimmen wählen Sie einen Kanal, in dem auch geschrieben wird."),
        )
    )


def few_months(title: str) -> None:
    """No pillar has two months that could be joined to a course."""
    text = _(
        "Ein Monat zählt ab {n} Texten zu einer Säule. Wie die Säulen im Ganzen beurteilt werden, steht im Lagebild."
    )
    st.html(markup.section(title, text.format(n=number(N_WITHHELD))))


def no_parts() -> None:
    """Texts that name pillars, without channel and date."""
    st.html(
        markup.section(
            _("Diesem Feedback fehlen Kanal und Datum"),
            _(
                "Säulen nach Kanal und Monat brauchen eines von beiden. Wie sie im Ganzen beurteilt werden, steht im Lagebild."
            ),
        )
    )
