"""What stands behind „Methode": the formula in words, and what the number cannot tell."""

from cx.language import _


def text(figure: str) -> str:
    """The method of a figure, by the name that cx.charts.compiled knows it by ("tiles": the key figures)."""
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
        "weighting": _(
            "Gewichtet wird durch Raking (Deming & Stephan 1940): Reihum werden die Gewichte so gestreckt, dass jedes Merkmal die bekannten "
            "Anteile hat; abgeschnitten wird keines. Effektives n nach Kish: so viele gleich gewichtete Antworten wären ebenso viel wert. Intervalle: "
            "NPS (adjusted Wald) und CSAT (Wilson) auf dem effektiven n, Mittelwerte mit linearisierter Varianz. Die bekannten Anteile gelten "
            "als genau. Gewichte gleichen aus, wer antwortet, nicht, was nur die Zufriedenen oder nur die Verärgerten erzählen."
        ),
        "engines": _(
            "Richtige Stimmung: Anteil der Texte mit richtiger Stimmung, Intervall nach Wilson. F1 einer Stimmung: "
            "harmonisches Mittel aus Genauigkeit (wie viel von dem, was so gelesen wurde, so gemeint ist) und Trefferquote "
            "(wie viel von dem, was so gemeint ist, so gelesen wurde). Makro-F1: Mittel über die drei Stimmungen; Intervalle aus "
            "1.000 Bootstrap-Ziehungen der Texte. AUC: wie oft ein guter Text eine höhere Polarität hat als ein schlechter, "
            "Intervall nach DeLong (1988). Gemischte Texte zählen als neutral, nicht gelesene als falsch."
        ),
        "confusion": _(
            "Jede Zelle zählt Texte: in der Zeile, was gemeint ist, in der Spalte, was gelesen wurde. Auf der Diagonale steht, was "
            "stimmt. Die Farbe zeigt den Anteil an der Zeile."
        ),
        "found_aspects": _(
            "Je Säule oder Touchpoint über die von Hand beurteilten Prüfsätze: Trefferquote ist der Anteil der gemeinten, die "
            "gefunden wurden, Genauigkeit der Anteil der gefundenen, die gemeint waren (beide mit Intervall nach Wilson), F1 ihr "
            "harmonisches Mittel. Über alle: jede Paarung von Aussage und Thema zählt einmal (Mikro-F1). Intervalle von F1 aus "
            "1.000 Bootstrap-Ziehungen der Aussagen. Zum Vergleich: Zwei sorgfältige Menschen kamen untereinander auf etwa 0,94, an "
            "360 anderen Aussagen."
        ),
        "phenomena": _(
            "Sätze, die für je eine Schwierigkeit des Deutschen geschrieben wurden. Richtig ist ein Satz, wenn seine Stimmung "
            "(negativ, neutral, gemischt, positiv) genau getroffen ist. Intervall nach Wilson. Die Sätze häufen das Schwere; wie "
            "gut gewöhnliche Rückmeldungen gelesen werden, sagen sie nicht."
        ),
    }
    return texts[figure]
