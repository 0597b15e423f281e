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
        "movements": _(
            "Verglichen werden die Kennzahlen und die sechs Säulen zweier Zeiträume, im Ganzen und je Kanal, jeweils Wert danach minus "
            "Wert davor. Genannt wird nur, was auf beiden Seiten mindestens 30 Antworten hat und über alle diese Vergleiche zusammen dem "
            "Verfahren von Benjamini und Hochberg (5 %) standhält; je Kanal die eine Änderung, die gemessen an ihrer Skala am größten ist."
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
            "Wichtigkeit: der Anteil der Unterschiede im Ergebnis, den eine Größe erklärt, gemittelt über alle Reihenfolgen, in "
            "denen sie dazukommen kann (LMG, gleich der Shapley-Zerlegung von R²); Intervall und Rang aus 1.000 "
            "Bootstrap-Ziehungen. Graues Band: bis dahin kommt eine bloße Zufallszahl in 95 % der Ziehungen. „ca.“: unter 2 % oder "
            "unter 100 Feedbacks, dort halten die Intervalle nicht, was sie versprechen. Gesichert heißt ein Effekt, der dem "
            "Verfahren von Benjamini und Hochberg über alles standhält, was diese Seite prüft. Wichtigkeit ist nie negativ und beweist "
            "keine Ursache."
        ),
        "driver_effects": _(
            "Änderung des Ergebnisses, wenn eine Größe eine Stufe höher liegt, die anderen festgehalten: lineare Regression. In Texten "
            "hat jede drei Zustände (negativ genannt, nicht genannt, positiv genannt), robuste Fehler HC3, p aus der t-Verteilung mit deren Freiheitsgraden. Umfragefragen gehen mit "
            "ihrer Skala von −1 bis +1 ein; ihre Fehler kommen aus dem Jackknife über 1.000 zufällige Teile der Antworten (CR3, bei "
            "Teilen zu einer Antwort HC3). Gesichert: Benjamini und Hochberg (5 %) über alle Effekte und den Vergleich von Feedback "
            "mit und ohne Text."
        ),
        "driver_contributions": _(
            "Bereinigt: Effekt mal Anteil (positiv minus negativ Nennende), Intervall nach der Delta-Methode. Durch Weglassen: das Mittel "
            "aller minus das Mittel derer, die das Thema nicht nennen, n(t)·(Mittel(t) − Mittel)/(N − n(t)), Intervall aus 1.000 "
            "Bootstrap-Ziehungen. Das Weglassen lastet einem Thema auch an, was nur mit ihm zusammen genannt wird."
        ),
        "driver_sides": _(
            "Regression mit zwei Merkmalen je Thema, negativ und positiv genannt, gegen nicht genannt (Brandt 1988), Fehler HC3. Asymmetrie: "
            "(Gewinn − Verlust)/(Gewinn + Verlust), Intervall nach Fieller. Unter −0,1 Basis, über 0,1 Begeisterung, dazwischen Leistung; "
            "reicht das Intervall über eine Grenze oder ist ein Vorzeichen verkehrt, bleibt es unentschieden."
        ),
        "importance_performance": _(
            "Waagerecht die Leistung (Polarität der Nennungen, bei Umfragefragen das Mittel der Antworten), senkrecht die Wichtigkeit. Die "
            "Ellipse reicht nach jeder Seite so weit wie das 95-%-Intervall. Die senkrechte Linie steht nach Ihrer Wahl bei null oder "
            "beim Mittel, die waagerechte bei der mittleren Wichtigkeit. Eine Lage wird nur benannt, wenn die Ellipse beide Linien nicht "
            "berührt und die Wichtigkeit nicht nur ungefähr bekannt ist. Andere Linien geben andere Felder."
        ),
        "weighting": _(
            "Gewichtet wird durch Raking (Deming & Stephan 1940): Reihum werden die Gewichte so gestreckt, dass jedes Merkmal die bekannten "
            "Anteile hat; abgeschnitten wird keines. Effektives n nach Kish: so viele gleich gewichtete Antworten wären ebenso viel wert. Intervalle: "
            "NPS (adjusted Wald) und CSAT (Wilson) auf dem effektiven n, Mittelwerte mit linearisierter Varianz. Die bekannten Anteile gelten "
            "als genau. Gewichte gleichen aus, wer antwortet, nicht, was nur die Zufriedenen oder nur die Verärgerten erzählen."
        ),
        "segments": _(
            "Je Segment und Messgröße der Wert mit 95-%-Intervall (NPS: adjusted Wald; CSAT: Wilson; sonst t). Geprüft wird jedes "
            "Segment gegen alle übrigen Feedbacks der Auswahl; zwei Segmente ohne gemeinsame Feedbacks gegeneinander. Farbe und Pfeil "
            "bekommt nur ein Unterschied, der auf beiden Seiten mindestens 30 Antworten hat und zusammen mit allen anderen Prüfungen "
            "dieser Seite dem Verfahren von Benjamini und Hochberg (5 %) standhält; bei Mittelwerten zählt von den p-Werten nach Welch und nach "
            "Student der größere. Der feine Strich ist der Wert der ganzen "
            "Auswahl. Bei Säulen ist n die Zahl der Feedbacks, die sie nennen, dahinter ihr Anteil an den Texten. Ein gespeichertes "
            "Segment wird mit dem Filter links gekreuzt: Es zählt, was beide auswählen."
        ),
        "consistency": _(
            "Streuung τ: wie weit die Mittelwerte einer Säule zwischen den Kanälen auseinanderliegen, nachdem abgezogen ist, was der "
            "Zufall erklärt (DerSimonian und Laird 1986), in Polarität. Intervall nach Viechtbauer (2007); es kann die Schätzung "
            "verfehlen. I²: welcher Anteil der beobachteten Unterschiede kein Zufall ist (Higgins und Thompson 2002). Kanäle mit "
            "weniger als 10 Nennungen bleiben draußen. Gesichert: Q-Test, zusammen mit allen Prüfungen dieser Seite nach Benjamini und "
            "Hochberg."
        ),
        "series": _(
            "Je Zeitschritt der Wert mit 95-%-Intervall (blasses Band); unter n = 10 eine Lücke, 10 bis 29 grau. Grenzen: Regelkarte für "
            "ungleiche n (X̄-Karte, verbreitert nach Laney 2002 um das, was Nachbarn mehr schwanken als der Zufall, und nach Chan und Cui "
            "2003 um die Schiefe der Antworten verschoben), nur für Zeitschritte mit mindestens 30 Antworten. Änderungen: die größte "
            "Differenz zweier Abschnitte, weiter geteilt (binäre Segmentierung), Zeitpunkt nach Hansen 2000; bei Monaten wird nach Wochen "
            "gesucht. Fehlalarme je Diagramm: höchstens 2,5 % für einzelne Punkte und 2,5 % für Änderungen, diese über alle Messgrößen nach "
            "Benjamini und Hochberg. Das gilt, wenn Nachbarn voneinander unabhängig sind: Saison, Trend und langsames Driften werden "
            "ebenfalls als Änderung gemeldet, und das Verfahren nennt keine Ursache. Die Größe wird am wahrscheinlichsten "
            "Zeitpunkt gemessen und deshalb eher über- als unterschätzt."
        ),
        "change_split": _(
            "Zerlegung nach Kitagawa (1955): Mischung ist, was sich ändert, weil andere Kanäle mehr oder weniger antworten (Änderung "
            "des Anteils × mittlerer Wert, gemessen am Gesamtmittel), Niveau, was sich in den Kanälen selbst ändert (mittlerer Anteil × "
            "Änderung des Werts). Beide ergeben zusammen die ganze Änderung. Intervalle nach der Delta-Methode aus den Streuungen der "
            "Anteile und Werte beider Zeiträume. Kanäle mit weniger als 10 Antworten in einem Zeitraum stehen zusammen als „übrige "
            "Kanäle“; sind auch das zu wenige, bleibt ihr Schritt leer: Er ist, was vom letzten Schritt bis „jetzt“ fehlt. Farbig ist "
            "nur, was nach Benjamini und Hochberg gesichert ist."
        ),
        "pillar_channels": _(
            "Je Zelle das Mittel über die Feedbacks des Kanals, die die Säule nennen, Intervall über die Feedbacks. Geprüft wird jede "
            "Zelle gegen dieselbe Säule in allen übrigen Feedbacks, wo beide Seiten mindestens 30 haben: mit der Streuung jeder Seite "
            "(Welch) und mit gemeinsamer (Student); der größere p-Wert gilt. Umrandet ist, was zusammen mit allen Monaten darunter dem "
            "Verfahren von Benjamini und Hochberg (5 %) standhält. Unter n = 30 ist eine Zelle "
            "grau, unter n = 10 leer."
        ),
        "pillar_months": _(
            "Sechs Spuren mit derselben Skala. Je Monat das Mittel über die Feedbacks, die die Säule nennen, mit 95-%-Intervall als Band; "
            "Monate unter n = 10 bleiben leer, 10 bis 29 sind grau. Ein großer Punkt heißt: gegen die übrigen Monate der Säule "
            "geprüft wie die Zellen der Tabelle darüber und zusammen mit ihr nach Benjamini und Hochberg (5 %) gesichert."
        ),
        "touchpoint_cells": _(
            "Mit Säulen: die Polarität der Säule in Aussagen, die Säule und Touchpoint zugleich nennen, je Feedback gemittelt, dann über "
            "die Feedbacks. Geprüft gegen die Feedbacks, die die Säule nennen, aber nicht an diesem Touchpoint. Mit Kanälen: die "
            "Polarität des Touchpoints im Kanal, geprüft gegen die übrigen Kanäle. Von den p-Werten nach Welch und nach Student gilt der "
            "größere. Umrandet: nach Benjamini und Hochberg (5 %) über alle "
            "Zellen gesichert. Unter n = 30 ist eine Zelle grau, unter n = 10 leer."
        ),
        "journey": _(
            "Eine Phase zählt alle Nennungen ihrer Touchpoints: je Feedback das Mittel der Polarität, dann das Mittel über die Feedbacks, "
            "Intervall über die Feedbacks. Der Anteil ist der an allen Feedbacks mit gelesenem Text. Vor, beim und nach dem Kauf nach "
            "Lemon und Verhoef (2016). Zwei Phasen heißen verschieden, wenn ihre Intervalle sich nicht berühren."
        ),
        "lens_groups": _(
            "Jeder Touchpoint gehört zu einer Gruppe (data/taxonomy.toml). Je Feedback das Mittel der Polarität aller Nennungen der "
            "Gruppe, dann das Mittel über die Feedbacks, Intervall über die Feedbacks. Zwei Gruppen heißen verschieden, wenn ihre "
            "Intervalle sich nicht berühren. Die Texte werden nicht neu bewertet."
        ),
        "lens_pair_groups": _(
            "Jedes Paar aus Säule und Touchpoint gehört zu einer Gruppe (data/taxonomy.toml). Eine Aussage bildet alle Paare ihrer Säulen "
            "und Touchpoints; fehlt eine Seite, zählt die andere allein. Die Polarität eines Paares ist die seiner Säule, ohne Säule die "
            "des Touchpoints. Je Feedback das Mittel über die Paare der Gruppe, dann über die Feedbacks. Zwei Gruppen heißen verschieden, "
            "wenn ihre Intervalle sich nicht berühren. Die Texte werden nicht neu bewertet."
        ),
        "lens_gap": _(
            "Wertwahrnehmung minus Wert-Erwartung, je über alle Feedbacks, die sie nennen. Wer beides nennt, steht auf beiden Seiten; das "
            "Intervall rechnet diese Überschneidung ein (Derrick, Toher und White 2017): Nennt niemand beides, ist es der Test von "
            "Welch, nennen alle beides, der gepaarte. Der Abstand vergleicht, wie über beides gesprochen wird, nicht was versprochen war."
        ),
        "lens_four_c": _(
            "Die vier C teilen die Touchpoints nach dem, was sie für Kunden leisten; quer steht, in wessen Hand sie liegen: eigen, "
            "Partner (Versand, Zahlung), andere (Rezensionen). Gerechnet wie die Phasen der Reise. Leere Felder: Dort liegt kein "
            "Touchpoint. Zwei C heißen verschieden, wenn ihre Intervalle sich nicht berühren."
        ),
        "lens_surfaces": _(
            "Oberfläche: Touchpoints, die eine einzelne digitale Oberfläche sind (UX). Ganzes: alle Touchpoints (CX), die Oberfläche "
            "eingeschlossen. Der Unterschied je Kanal hat ein Intervall, das die gemeinsamen Feedbacks einrechnet (Derrick, Toher und "
            "White 2017); gesichert heißt er nach Benjamini und Hochberg (5 %) über alle Kanäle. „Gute Oberfläche, schwaches Ganzes“ "
            "steht nur, wo er gesichert ist und beide Intervalle auf verschiedenen Seiten der Null liegen."
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
        "wording": _(
            "Gezählt werden Feedbacks, die ein Wort enthalten, nicht die Wörter: Wer eines zwanzigmal schreibt, ist trotzdem ein "
            "Kunde. Wörter zählen in ihrer Grundform, Zusammensetzungen als Ganzes und, mit „…“ davor, nach ihrem letzten Teil; "
            "Wortpaare nur, wenn sie klar öfter nebeneinander stehen als zufällig. Füllwörter, Zahlen und Platzhalter "
            "für persönliche Angaben zählen nicht, Wörter unter n = 10 auch nicht. „So viel mal häufiger“ ist das Verhältnis der "
            "Chancen, dass ein Feedback das Wort enthält; es ist zur Mitte gezogen, als hätten beide Seiten 100 Feedbacks mehr, die jedes Wort so "
            "oft enthalten wie alle zusammen (Monroe, Colaresi und Quinn 2008). Gezeigt wird nur, was über alle geprüften "
            "Wörter der Seite dem Verfahren von Benjamini und Hochberg (5 %) standhält, je Seite höchstens zehn. Die "
            "Stimmung ist die mittlere Polarität der Sätze mit dem Wort. Wer über etwas spricht, muss es nicht so meinen: Lesen Sie die Sätze."
        ),
        "result": _(
            "Was Ihre Abfrage liefert, so gezeichnet, wie es kommt: ohne Intervalle, ohne Prüfung und ohne Mindestzahl. Unterschiede, "
            "die Sie hier sehen, können Zufall sein. Fragen Sie immer auch die Anzahl ab, und nennen Sie gesichert nur, was die "
            "anderen Seiten so nennen."
        ),
    }
    return texts[figure]


def without_sql(question: str) -> str:
    """Why no query stands behind a figure; `question` is what it asks, with a workspace in it or without."""
    if "ws." in question:
        return _(
            "Aus der Datenbank kommen hier nur die Texte und Sterne. Gelesen, verglichen und gezählt wird in Python; eine Abfrage, die "
            "diese Zahlen ergibt, gibt es nicht."
        )
    return _(
        "Diese Zahlen stehen in keiner Datenbank: Sie werden beim Öffnen der Seite an Sätzen gemessen, die zu CX-Explorer gehören. Wie, "
        "zeigt „Python“."
    )
