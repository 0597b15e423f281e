"""What the views of cx/store/views.sql hold, in words for people."""

import pandas as pd

from cx.language import _

SELECTION = "auswahl"
WHOLE = "feedback"  # the view that the selection is a part of


def described(columns: pd.DataFrame) -> pd.DataFrame:
    """`columns` (view, column, type) with `description`, and a first row per view with column "" that describes the view itself."""
    views = pd.DataFrame({"view": columns["view"].unique(), "column": "", "type": ""})
    rows = pd.concat([views, columns], ignore_index=True)
    order = rows["view"].map({view: place for place, view in enumerate(views["view"])})
    rows = rows.loc[order.sort_values(kind="stable").index].reset_index(drop=True)
    return rows.assign(
        description=[_description(view, column) for view, column in zip(rows["view"], rows["column"], strict=True)]
    )


def _description(view: str, column: str) -> str:
    if not column:
        return _views()[view]
    return _columns()[WHOLE if view == SELECTION else view][column]


def _views() -> dict[str, str]:
    return {
        "auswahl": _("Das Feedback, das der Filter dieser Seite auswählt. Spalten wie feedback"),
        "feedback": _("Eine Zeile je Antwort oder Bewertung, die zählt"),
        "verbatim": _("Die freien Texte eines Feedbacks, persönliche Angaben ersetzt"),
        "statement": _("Sätze und Satzteile der Texte, mit ihrem Wert"),
        "mention": _("Welche Säule oder welchen Touchpoint eine Aussage nennt"),
        "answer": _("Antworten auf die Fragen einer Umfrage"),
        "question": _("Die Fragen der Umfragen"),
        "batch": _("Die Uploads, aus denen die Daten stammen"),
    }


def _columns() -> dict[str, dict[str, str]]:
    polarity = _("Polarität, −1 (negativ) bis 1 (positiv)")
    label = _("Stimmung: negative, neutral, positive, mixed")
    pillar = _("Säule: Mittel der Nennungen im Text, −1 bis 1; leer: nicht genannt")
    feedback = _("Kennung des Feedbacks (feedback.id)")
    place = _("Lage im Text, in Zeichen ab 0")
    return {
        "feedback": {
            "id": _("Kennung"),
            "batch": _("Upload (batch.id)"),
            "kind": _("Art: Umfrage oder Bewertung"),
            "source": _("Quelle"),
            "channel": _("Kanal"),
            "submitted_at": _("Zeitpunkt; leer: ohne Datum"),
            "date_precision": _("Wie genau der Zeitpunkt bekannt ist"),
            "customer": _("Kunde: Anfang des Pseudonyms; gleich heißt fast sicher derselbe Kunde"),
            "product": _("Produkt"),
            "location": _("Ort"),
            "language": _("Sprache"),
            "rating": _("Sterne, 1 bis 5"),
            "rating_native": _("Bewertung, wie sie in der Datei steht"),
            "rating_low": _("schlechteste Stufe der Bewertung in der Datei"),
            "rating_high": _("beste Stufe der Bewertung in der Datei"),
            "nps": _("Weiterempfehlung, 0 bis 10"),
            "csat": _("Zufriedenheit auf der Skala der Datei, hoch ist gut"),
            "csat_high": _("beste Stufe der Zufriedenheit"),
            "ces": _("Customer Effort Score"),
            "ces_variant": _("Fassung des CES: 1.0 oder 2.0"),
            "reply": _("Antwort des Unternehmens"),
            "polarity": _("Polarität des ganzen Feedbacks, −1 bis 1; leer: kein Text oder andere Sprache"),
            "label": label,
            **dict.fromkeys(("effort", "emotion", "expectation", "control", "trust", "resolution"), pillar),
            "touchpoints": _("Genannte Touchpoints: Summe der Polaritäten (total) und Zahl der Nennungen (mentions)"),
            "pairs": _(
                "Säulen und Touchpoints, die eine Aussage zusammen nennt; leerer Text: keine Säule, kein Touchpoint"
            ),
            "phases": _("Phasen der Reise: Summe und Zahl wie bei den Touchpoints, aus denen sie bestehen"),
            "live": _("immer wahr: Ältere Fassungen und zurückgenommene Uploads stehen hier nicht"),
        },
        "verbatim": {
            "id": _("Kennung"),
            "feedback": feedback,
            "field": _("Feld: title, text …"),
            "ordinal": _("Nummer des Textes im Feld"),
            "question": _("Was gefragt war; leer: keine Frage"),
            "text": _("Text, persönliche Angaben ersetzt"),
        },
        "statement": {
            "id": _("Kennung"),
            "verbatim": _("Text (verbatim.id)"),
            "feedback": feedback,
            "ordinal": _("Nummer im Text"),
            "start": place,
            "stop": place,
            "polarity": polarity,
            "label": label,
        },
        "mention": {
            "statement": _("Aussage (statement.id)"),
            "feedback": feedback,
            "dimension": _("pillar oder touchpoint"),
            "aspect": _("Schlüssel der Säule oder des Touchpoints"),
            "polarity": polarity,
            "label": label,
            "evidence": _("Wörter, an denen die Nennung erkannt wurde"),
        },
        "answer": {
            "feedback": feedback,
            "question": _("Frage (question.id)"),
            "native": _("Antwort, wie sie in der Datei steht"),
            "score": _("Antwort, −1 (schlechteste) bis 1 (beste)"),
        },
        "question": {
            "id": _("Kennung"),
            "batch": _("Upload (batch.id)"),
            "wording": _("Wortlaut"),
            "worst": _("schlechteste Antwort"),
            "best": _("beste Antwort"),
            "pillar": _("Säule, nach der gefragt wird; leer: keine"),
            "touchpoint": _("Touchpoint, nach dem gefragt wird; leer: keiner"),
        },
        "batch": {
            "id": _("Kennung"),
            "demo": _("Fiktive Demodaten"),
            "source": _("Quelle"),
            "imported_at": _("Zeitpunkt des Imports (UTC)"),
        },
    }
