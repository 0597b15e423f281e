"""What stands behind „Methode": the formula in words, and what the number cannot tell."""

from cx.language import _


def text(figure: str) -> str:
    """The method of a figure ("tiles", "kpi_trend", "pillars", "touchpoints", "drivers", "importance_performance")."""
    texts = {
        "tiles": _(
            "NPS: Anteil 9–10 minus Anteil 0–6, Intervall adjusted Wald (Rocks 2016). CSAT: Anteil der oberen zwei Stufen, "
            "Intervall nach Wilson. CES, Sterne und Stimmung: Mittelwert mit t-Intervall. Eine Änderung heißt gesichert, wenn "
            "sie auf beiden Seiten mindestens 30 Antworten hat und zusammen mit den anderen Kennzahlen dem Verfahren von "
            "Benjamini und Hochberg (5 %) standhält. Unter n = 10 steht keine Zahl."
        ),
        "kpi_trend": _(
            "Je Monat der Wert und sein 95-%-Intervall. Monate unter n = 10 bleiben leer, 10 bis 29 sind grau. Nebeneinander "
            "liegende Monate dürfen Sie nicht einzeln vergleichen: Bei vielen Monaten weicht immer einer zufällig ab."
        ),
        "pillars": _(
            "Je Feedback das Mittel der Polarität aller Nennungen einer Säule (−1 bis +1), dann das Mittel über die Feedbacks, "
            "Intervall über die Feedbacks. Wer eine Säule nicht nennt, zählt nicht mit: Der Wert sagt, wie über sie gesprochen "
            "wird, nicht wie alle sie erleben."
        ),
        "touchpoints": _(
            "Gerechnet wie die Säulen: je Feedback das Mittel der Polarität der Nennungen, dann das Mittel über die Feedbacks. "
            "Gezeigt werden die meistgenannten Touchpoints."
        ),
        "drivers": _(
            "Wichtigkeit: der Anteil der Unterschiede im Ergebnis, den eine Säule erklärt, gemittelt über alle Reihenfolgen, in "
            "denen sie dazukommen kann (LMG, gleich der Shapley-Zerlegung von R²); Intervall und Rang aus 1.000 "
            "Bootstrap-Ziehungen. Effekt: Änderung des Ergebnisses, wenn die Säule eine Stufe besser genannt wird (negativ → "
            "nicht genannt → positiv), die anderen festgehalten (lineare Regression, robuste Fehler HC3). Gesichert: nach "
            "Benjamini und Hochberg über die sechs Säulen. Wichtigkeit ist nie negativ und beweist keine Ursache."
        ),
        "importance_performance": _(
            "Waagerecht die Polarität der Nennungen, senkrecht die Wichtigkeit, beide mit 95-%-Intervall. Die senkrechte Linie "
            "steht nach Ihrer Wahl bei null oder beim Mittel der Säulen, die waagerechte bei der mittleren Wichtigkeit. Eine "
            "Lage wird nur benannt, wenn beide Intervalle ihre Linie nicht berühren. Andere Linien geben andere Felder."
        ),
    }
    return texts[figure]
