"""What the columns of a survey ask: rating questions, key figures, free texts, names."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import real

from cx.ingest import key_figures, open_texts, people, scales, surveys
from cx.ingest.reading import open_exports
from cx.model import taxonomy
from cx.model.columns import Column, Field
from cx.model.kpi import CesVariant
from cx.model.survey import Question

ASKED = Path(__file__).with_name("survey_questions.tsv")
PILLARS_RIGHT = 0.88  # share of questions whose pillar is one that the list expects; measured .895
TOUCHPOINTS_RIGHT = 0.85  # measured .877

LIMESURVEY = """\
"Antwort ID";"Datum Abgeschickt";"Letzte Seite";"Start-Sprache";"Zufallsstartwert";"Datum gestartet";"Datum letzte Aktivität";"IP-Adresse";\
"Wie zufrieden sind Sie mit folgenden Punkten? [Freundlichkeit des Personals]";"Wie zufrieden sind Sie mit folgenden Punkten? [Preise]";\
"Wie zufrieden sind Sie mit folgenden Punkten? [Sonstiges]";"Wie wahrscheinlich ist es,\u00a0dass Sie uns weiterempfehlen?";\
"Wurde Ihr Anliegen gelöst?";"Hatten Sie Probleme bei der Bestellung?";"Was können wir besser machen?";"Wie alt sind Sie?";"In welcher Filiale waren Sie?"
"1";"2026-04-01 10:10:00";"3";"de";"123456";"2026-04-01 10:05:00";"2026-04-01 10:10:00";"10.0.0.1";"sehr zufrieden";"eher unzufrieden";"";"10 - sehr wahrscheinlich";"Ja";"Nein";"Mehr Kassen öffnen.";"34";"2"
"2";"2026-04-01 11:10:00";"3";"de";"223456";"2026-04-01 11:05:00";"2026-04-01 11:10:00";"10.0.0.2";"eher zufrieden";"teils/teils";"Die Parkplätze sind viel zu eng.";"7";"Nein";"Ja";"Nichts";"51";"1"
"3";"";"1";"de";"323456";"2026-04-01 12:05:00";"2026-04-01 12:06:00";"10.0.0.3";"eher zufrieden";"";"";"";"";"";"";"";""
"""  # fmt: skip
GOOGLE_FORMS = """\
Zeitstempel,E-Mail-Adresse,Wie bewerten Sie unseren Onlineshop? [Übersichtlichkeit],Wie bewerten Sie unseren Onlineshop? [Ladezeiten],Wie zufrieden sind Sie insgesamt mit uns?,Was hat Ihnen besonders gut gefallen?,Was hat Sie gestört?,Altersgruppe,Wie viele Bestellungen haben Sie getätigt?
2026/04/27 11:34:12 AM MEZ,a@example.org,5,2,4,Die große Auswahl.,Die lange Lieferzeit.,30-39,3
2026/04/28 11:34:12 AM MEZ,b@example.org,4,1,5,Der schnelle Versand.,,40-49,5
2026/04/28 12:34:12 AM MEZ,c@example.org,4,3,5,,Nichts davon.,40-49,1
"""  # fmt: skip
QUALTRICS = """\
StartDate,EndDate,Status,Progress,Finished,ResponseId,RecipientLastName,Q1_1,Q1_2,Q1_3,Q2,Q3,Q4
Anfangsdatum,Enddatum,Antworttyp,Aktueller Stand,Beendet,Antwort-ID,Nachname des Empfängers,Inwieweit stimmen Sie zu? - Die Beratung war kompetent.,Inwieweit stimmen Sie zu? - Ich musste lange warten.,Inwieweit stimmen Sie zu? - Das Personal war freundlich.,Das Unternehmen hat es mir leicht gemacht mein Anliegen zu klären. (1-7),Was führte zu Ihrer Bewertung?,Welches Produkt nutzen Sie?
"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""progress""}","{""ImportId"":""finished""}","{""ImportId"":""_recordId""}","{""ImportId"":""recipientLastName""}","{""ImportId"":""QID1_1""}","{""ImportId"":""QID1_2""}","{""ImportId"":""QID1_3""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3_TEXT""}","{""ImportId"":""QID4""}"
2026-04-01 10:05:00,2026-04-01 10:10:00,IP-Adresse,100,True,R_1,Meier,Stimme zu,Stimme eher nicht zu,Stimme voll zu,6,Alles ging schnell und einfach.,1
2026-04-01 10:05:00,2026-04-01 10:10:00,Umfragevorschau,100,True,R_2,Huber,Stimme voll zu,Stimme gar nicht zu,Stimme zu,7,Freundlicher Herr am Telefon.,2
"""  # fmt: skip


def export_of(text, name="umfrage.csv"):
    [export] = open_exports(text.encode(), name)
    return export


def column_of(wording, *answers):
    """A file with one question under this header, and an id."""
    cells = "".join(f'{line};"{answer}"\n' for line, answer in enumerate(answers))
    return export_of(f'Antwort-Nr;"{wording}"\n{cells}')


def ends(found):
    return {question.header: (question.worst, question.best) for question in found}


def aspects(found):
    return {question.header: (question.pillar, question.touchpoint) for question in found}


# --- whole surveys


def test_limesurvey():
    export = export_of(LIMESURVEY)
    personal, price, other = (
        f"Wie zufrieden sind Sie mit folgenden Punkten? [{each}]"
        for each in ("Freundlichkeit des Personals", "Preise", "Sonstiges")
    )
    recommended = "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?"
    assert key_figures.kpis(export, ()) == {Column.NPS: recommended}
    found = surveys.questions(export, {recommended})
    assert ends(found) == {
        personal: (1, 5),
        price: (1, 5),
        "Wurde Ihr Anliegen gelöst?": (0, 1),
        "Hatten Sie Probleme bei der Bestellung?": (1, 0),
    }
    assert aspects(found)[personal] == ("emotion", "staff")
    assert aspects(found)[price][1] == "price"
    assert aspects(found)["Wurde Ihr Anliegen gelöst?"][0] == "resolution"
    taken = {question.header for question in found}
    assert open_texts.texts(export, taken) == (
        (Field.OTHER, other),
        (Field.IMPROVEMENT, "Was können wir besser machen?"),
    )


def test_google_forms():
    export = export_of(GOOGLE_FORMS)
    overall = "Wie zufrieden sind Sie insgesamt mit uns?"
    assert key_figures.kpis(export, ()) == {Column.CSAT: overall}
    found = surveys.questions(export, {overall, "Zeitstempel"})
    assert list(ends(found).values()) == [(1, 5), (1, 5)]
    assert open_texts.texts(export, ()) == (
        (Field.POSITIVE, "Was hat Ihnen besonders gut gefallen?"),
        (Field.NEGATIVE, "Was hat Sie gestört?"),
    )


def test_qualtrics():
    export = export_of(QUALTRICS)
    assert key_figures.kpis(export, ()) == {Column.CES: "Q2"}
    found = surveys.questions(export, {"Q2"})
    assert ends(found) == {"Q1_1": (1, 6), "Q1_2": (6, 1), "Q1_3": (1, 6)}
    assert aspects(found)["Q1_3"] == ("emotion", "staff")
    assert found[0].wording == "Inwieweit stimmen Sie zu? - Die Beratung war kompetent."
    assert open_texts.texts(export, ()) == ((Field.OTHER, "Q3"),)
    assert people.names(export) == ("RecipientLastName",)


def test_answers_of_one_question_share_a_scale():
    """Nobody was unhappy with the staff: that answer exists all the same, as the column beside it shows."""
    found = surveys.questions(
        export_of("N;Wie zufrieden? [Personal];Wie zufrieden? [Preis]\n1;zufrieden;teils/teils\n2;zufrieden;sehr unzufrieden\n"), ()
    )  # fmt: skip
    assert ends(found) == {"Wie zufrieden? [Personal]": (1, 5), "Wie zufrieden? [Preis]": (1, 5)}
    assert dict(found[0].words)["zufrieden"] == dict(found[1].words)["zufrieden"] == 4


# --- which columns are rating questions


@pytest.mark.parametrize(
    ("wording", "answers"),
    [
        ("Wie alt sind Sie?", "34 51 19"),
        ("Alter", "3 5 9"),
        ("PLZ", "80331 10115"),
        ("Wieviele Leute gesehen?", "5 10"),
        ("Anzahl Bestellungen", "1 2 5"),
        ("Dauer (in Sekunden)", "38 51"),
        ("Total IT work experience in months?", "12 100"),
        ("About how many hours do you spend learning each week?", "5 10 8"),
        ("helpful_votes", "0 1 3"),
        ("Progress", "100 50"),
        ("Wie viele Personen leben in Ihrem Haushalt?", "1 2 4"),
        ("In welcher Filiale waren Sie?", "1 2 3"),
        ("Geschlecht", "1 2"),
        ("Wart ihr auf der Messe?", "Ja Nein"),
        ("Haben Sie ein Auto?", "Ja Nein"),
        ("Sind Sie mit der Verarbeitung Ihrer Daten einverstanden?", "Ja Nein"),
        ("Are you already working as a software developer?", "0 1"),
        ("Wie wichtig ist Ihnen der Preis?", "1 2 5"),
        ("Wie oft nutzen Sie unsere App?", "nie selten immer"),
        ("Q7", "1 2 3"),
        ("Jahr", "2025 2026"),
    ],
)
def test_no_rating_question(wording, answers):
    assert surveys.questions(column_of(wording, *answers.split()), ()) == ()


@pytest.mark.parametrize(
    ("wording", "answers", "scale"),
    [
        ("Freundlichkeit", "4 5 2", (1, 5)),
        ("Schulnote für die Beratung", "1 2 4", (6, 1)),
        ("Wie einfach war die Bestellung?", "1 7 4", (1, 7)),
        ("Wie zufrieden sind Sie mit der Dauer der Lieferung?", "1 5 4", (1, 5)),
        ("Wurde Ihr Anliegen gelöst?", "Ja Nein", (0, 1)),
        ("Wurde Ihr Problem gelöst?", "Ja Nein", (0, 1)),
        ("Gab es Schwierigkeiten?", "Ja Nein", (1, 0)),
        ("Haben Sie etwas nicht gefunden?", "Ja Nein", (1, 0)),
        ("Würden Sie uns weiterempfehlen?", "true false", (0, 1)),
        ("Wie oft war der Mitarbeiter unfreundlich?", "nie selten immer", (5, 1)),
        ("Wie oft wurden Sie freundlich bedient?", "nie selten immer", (1, 5)),
        ("How easy was it to find what you needed?", "1 5 3", (1, 5)),
        ("Wie hat Ihnen das Essen geschmeckt?", "😀 🙁 😡", (1, 4)),
    ],
)
def test_rating_question(wording, answers, scale):
    assert list(ends(surveys.questions(column_of(wording, *answers.split()), ())).values()) == [scale]


GOOD_STATEMENTS = """\
Die Mitarbeiter waren freundlich.|Mein Anliegen wurde schnell gelöst.|Ich fühlte mich ernst genommen.|Die Wartezeit war angemessen.|Die App ist einfach zu bedienen.
Ich hatte keine Probleme bei der Bestellung.|Es gab keine versteckten Kosten.|Die Lieferung kam pünktlich.|Ich würde jederzeit wieder bestellen.|Mein Problem wurde gelöst.
Ich vertraue dem Unternehmen.|Die Rechnung war verständlich.|Ich konnte alles selbst online erledigen.|Die Website ist übersichtlich.|Das Produkt hat meine Erwartungen übertroffen.
Das Personal kennt sich gut aus.|Ich musste nicht lange warten.|Der Chatbot hat mir geholfen.|Das Preis-Leistungs-Verhältnis stimmt.|Der Einkauf hat mir Spaß gemacht."""  # fmt: skip
BAD_STATEMENTS = """\
Die Mitarbeiter waren unfreundlich.|Ich musste lange warten.|Ich musste mein Anliegen mehrfach schildern.|Die Preise sind zu hoch.|Die App stürzt oft ab.
Es ist schwierig, jemanden zu erreichen.|Ich fühlte mich nicht ernst genommen.|Der Bestellvorgang ist umständlich.|Ich wurde mehrmals weiterverbunden.|Es gab zu viele Schritte.
Ich mache mir Sorgen um meine Daten.|Die Lieferung kam zu spät.|Ich war vom Produkt enttäuscht.|Die Website ist unübersichtlich.|Die Hotline ist schlecht erreichbar."""  # fmt: skip


def statements(listed):
    return [each for line in listed.split("\n") for each in line.split("|")]


def test_negative_statements_turn_the_scale_and_positive_ones_do_not():
    good, bad = statements(GOOD_STATEMENTS), statements(BAD_STATEMENTS)
    header = "Nr;" + ";".join(f'"Wie sehr stimmen Sie zu? [{each}]"' for each in [*good, *bad])
    cells = ";".join(["Stimme voll zu"] * len([*good, *bad]))
    found = surveys.questions(export_of(f"{header}\n1;{cells}\n2;{cells.replace('voll', 'eher nicht')}\n"), ())
    turned = [question.worst > question.best for question in found]
    assert len(turned) == len(good) + len(bad)
    assert [each for each, wrong in zip(good, turned, strict=False) if wrong] == []
    missed = [each for each, right in zip(bad, turned[len(good) :], strict=True) if not right]
    assert len(missed) <= 1, missed


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.sampled_from(["sehr zufrieden", "zufrieden", "teils/teils", "unzufrieden", "weiß nicht", "", "5", "1 - schlecht", "x y z"]), min_size=2, max_size=8),
    st.sampled_from(["Wie zufrieden sind Sie?", "Note", "Frage [Teil]", "Q1", ""]),
)  # fmt: skip
def test_scores_of_any_question_stay_on_its_scale(answers, wording):
    export = column_of(wording, *answers)
    for question in surveys.questions(export, ()):
        scores = scales.scores(export.head.cells[question.header], question).dropna()
        low, high = sorted((question.worst, question.best))
        words = {value for _word, value in question.words}
        assert low < high
        assert all(low <= value <= high for value in words)
        assert scores.between(low, high).mean() >= scales.KNOWN or scores.empty


# --- pillars and touchpoints


def read_expected():
    with ASKED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_pillar_and_touchpoint_of_typical_questions():
    rows = read_expected()
    found = surveys.aspects([row["wording"] for row in rows])
    right = [
        (pillar in row["pillar"].split("|"), touchpoint in row["touchpoint"].split("|"))
        for row, (pillar, touchpoint) in zip(rows, found, strict=True)
    ]
    pillars, touchpoints = (sum(column) / len(rows) for column in zip(*right, strict=True))
    print(f"\n{len(rows)} questions: pillar right {pillars:.3f}, touchpoint right {touchpoints:.3f}")
    assert len(rows) >= 80
    assert pillars >= PILLARS_RIGHT
    assert touchpoints >= TOUCHPOINTS_RIGHT


def test_expected_aspects_are_those_of_the_taxonomy():
    rows = read_expected()
    assert {each for row in rows for each in row["pillar"].split("|")} <= {*taxonomy.pillar_keys(), ""}
    assert {each for row in rows for each in row["touchpoint"].split("|")} <= {*taxonomy.touchpoint_keys(), ""}
    assert len({row["wording"] for row in rows}) == len(rows)


def test_question_as_a_statement():
    assert surveys.stated("Wie freundlich war die Beraterin?") == "die Beraterin war freundlich"
    assert surveys.stated("Wie zufrieden sind Sie mit der Lieferung?") == "der Lieferung"
    assert surveys.stated("Wurde Ihr Anliegen gelöst?") == "Wurde Ihr Anliegen gelöst"


def test_english_wordings_are_looked_up():
    assert surveys.aspects(["Staff", "Value for money", "How would you rate our delivery?"]) == [
        ("emotion", "staff"),
        ("", "price"),
        ("", "delivery"),
    ]


def test_no_wordings_have_no_aspects():
    assert surveys.aspects([]) == []
    assert surveys.aspects(["", "?"]) == [("", ""), ("", "")]


# --- key figures


def scale_of(wording, answers):
    return scales.recognise(wording, Counter(answers.split()))


@pytest.mark.parametrize(
    ("wording", "answers", "column"),
    [
        ("Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", "0 7 10", Column.NPS),
        ("Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", "1 7 10", Column.NPS),
        ("How likely are you to recommend us?", "0 9", Column.NPS),
        ("Weiterempfehlung auf einer Skala von 1 bis 10", "1 7 10", None),
        ("Würden Sie uns weiterempfehlen?", "1 3 5", None),
        ("Würden Sie uns weiterempfehlen?", "Ja Nein", None),
        ("Wie zufrieden sind Sie insgesamt mit uns?", "1 3 5", Column.CSAT),
        ("Gesamtzufriedenheit", "1 3 10", Column.CSAT),
        ("Overall, how satisfied are you with our company?", "1 3 5", Column.CSAT),
        ("Wie zufrieden sind Sie mit der Lieferung?", "1 3 5", None),
        ("Wie hoch war Ihr Aufwand, Ihr Anliegen zu klären?", "1 3 5", Column.CES),
        ("Es war einfach, mein Anliegen zu klären.", "1 3 7", Column.CES),
        ("Es war einfach, mein Anliegen zu klären.", "1 3 5", None),
        ("Wie einfach finden Sie unsere App?", "1 3 7", None),
    ],
)
def test_key_figure_of_a_question(wording, answers, column):
    assert key_figures.kpi(wording, scale_of(wording, answers)) == column


@pytest.mark.parametrize(
    ("wording", "answers", "variant"),
    [
        ("Wie viel Aufwand mussten Sie betreiben, um Ihr Anliegen zu klären?", "1 3 5", CesVariant.V1),
        ("How much effort did you personally have to put forth to handle your request?", "1 3 5", CesVariant.V1),
        ("The company made it easy for me to handle my issue.", "1 3 7", CesVariant.V2),
        ("Das Unternehmen hat es mir leicht gemacht, mein Anliegen zu erledigen.", "1 3 7", CesVariant.V2),
        ("Das Unternehmen hat es mir leicht gemacht, mein Anliegen zu erledigen.", "1 3 5", None),
        ("Wie viel Aufwand mussten Sie betreiben, um Ihr Anliegen zu klären?", "1 3 7", None),
        ("Wie hoch war Ihr Aufwand? (1 = sehr hoch, 5 = sehr gering)", "1 3 5", None),
        ("Wie zufrieden sind Sie?", "1 3 5", None),
    ],
)
def test_ces_variants_are_kept_apart_by_wording(wording, answers, variant):
    assert key_figures.ces_variant(wording, scale_of(wording, answers)) == variant


def test_key_figures_take_the_first_column_csat_also_in_words():
    export = export_of(
        "N;Gesamtzufriedenheit;Weiterempfehlen Sie uns?;Weiterempfehlen Sie das Produkt?\n"
        "1;sehr zufrieden;10;9\n2;zufrieden;0;3\n"
    )
    csat = {Column.CSAT: "Gesamtzufriedenheit"}
    assert key_figures.kpis(export, ()) == csat | {Column.NPS: "Weiterempfehlen Sie uns?"}
    assert key_figures.kpis(export, {"Weiterempfehlen Sie uns?"}) == csat | {
        Column.NPS: "Weiterempfehlen Sie das Produkt?"
    }


# --- texts and names


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        ("Was hat Ihnen gefallen?", Field.POSITIVE),
        ("Pro", Field.POSITIVE),
        ("pros", Field.POSITIVE),
        ("Vorteile", Field.POSITIVE),
        ("Positive review", Field.POSITIVE),
        ("liked", Field.POSITIVE),
        ("What did you like most?", Field.POSITIVE),
        ("Contra", Field.NEGATIVE),
        ("cons", Field.NEGATIVE),
        ("Nachteile", Field.NEGATIVE),
        ("Negative review", Field.NEGATIVE),
        ("Was hat Ihnen nicht gefallen?", Field.NEGATIVE),
        ("Was hat Sie gestört?", Field.NEGATIVE),
        ("Was können wir besser machen?", Field.IMPROVEMENT),
        ("Verbesserungsvorschläge", Field.IMPROVEMENT),
        ("suggestions", Field.IMPROVEMENT),
        ("Haben Sie Anregungen?", Field.IMPROVEMENT),
        ("Was wünschen Sie sich?", Field.IMPROVEMENT),
        ("Kommentar", Field.OTHER),
        ("Warum haben Sie diese Note gegeben?", Field.OTHER),
        ("Welche Punkte? [Sonstiges]", Field.OTHER),
    ],
)
def test_what_a_text_answers(wording, field):
    assert open_texts.field_of(wording) == field


def test_columns_that_hold_no_answers_in_own_words():
    export = export_of(
        "Adresse;E-Mail;Link;Filiale;Datum;Nutzername;Kommentar;Altersgruppe;Mehrfachauswahl\n"
        'Am Markt 1, 80331 München;a@b.de;https://a.de/b;Filiale am Alten Markt;3. April 2026;Max Muster;Alles war gut;30 bis 39 Jahre;"Bus;Bahn;"\n'
        'Am Markt 2, 80331 München;b@b.de;https://a.de/c;Filiale am Bahnhof Ost;4. April 2026;Eva Muster;Zu teuer;40 bis 49 Jahre;"Bus;"\n'
    )
    assert open_texts.texts(export, ()) == ((Field.OTHER, "Kommentar"),)


def test_labels_that_come_again_and_again_are_no_texts():
    rows = "".join(f"{n};{('Ich bin Kunde der Bank', 'Ich bin kein Kunde mehr')[n % 2]}\n" for n in range(40))
    assert open_texts.texts(export_of("N;Was trifft auf Sie zu\n" + rows), ()) == ()


@pytest.mark.parametrize(
    "header",
    ["Vorname", "Nachname", "first_name", "last_name", "Name", "Reviewer Name", "displayName", "user name", "userName",
     "author", "Autor", "RecipientLastName", "Review Username", "Guest name", "Kundenname", "Wie ist dein Vorname?", "reviewer_displayName",
     "Nachname des Empfängers", "Ansprechpartner"],
)  # fmt: skip
def test_names_of_people(header):
    assert people.names(column_of(header, "Eva", "Max")) == (header,)


@pytest.mark.parametrize(
    "header", ["Produktname", "App Name", "Webshop Name", "Name der Klinik", "Location Name", "package name", "Filialname", "Dateiname", "Namensänderung gewünscht?", "Kommentar"]
)  # fmt: skip
def test_names_of_things_are_no_names(header):
    assert people.names(column_of(header, "Eva", "Max")) == ()


# --- real exports


def real_export(name):
    [export] = open_exports(real(name), name)
    return export


def test_surveymonkey():
    """82 questions on agreement or awareness, 50 choices and facts, one comment and one "[Sonstiges]" in own words."""
    export = real_export("surveymonkey_2headers_de.csv")
    found = surveys.questions(export, ())
    assert {(question.worst, question.best) for question in found} == {(1, 6), (6, 1)}
    assert len(found) == 82
    turned = {question.wording for question in found if question.worst > question.best}
    assert any("umständlicher" in wording for wording in turned)
    assert not any("Spaß" in wording for wording in turned)
    assert not any(
        "Alter in Jahren" in q.wording or "Ihr Geschlecht" in q.wording or "Prime Video" in q.wording for q in found
    )
    assert [field for field, _header in open_texts.texts(export, {question.header for question in found})] == [
        Field.OTHER,
        Field.IMPROVEMENT,
    ]
    assert people.names(export) == ("first_name", "last_name")
    for question in found:
        cells = export.head.cells[question.header]
        assert scales.scores(cells, question).notna().equals(~scales.is_missing(cells))


def test_typeform_asks_one_rating_question():
    export = real_export("typeform_raw_fcc2016_first300.csv")
    assert list(ends(surveys.questions(export, ())).items()) == [
        ("Based on your experience, would you recommend this bootcamp to your friends?", (0, 1))
    ]
    assert open_texts.texts(export, ()) == ()


def test_microsoft_forms():
    export = real_export("microsoft_forms_de_semicolon.csv")
    assert [question.wording for question in surveys.questions(export, ())] == [
        "How much liked you the specific topic?.Messe Satisfaction",
        "How much liked you the specific topic?.Python Skills Satisfaction",
    ]
    assert people.names(export) == ("Name", "Wie ist dein Vorname?")


def test_kununu_has_texts_for_and_against():
    export = real_export("kununu_scrape_de_utf8bom.csv")
    found = open_texts.texts(export, {"title"})
    assert found[:3] == ((Field.POSITIVE, "pros"), (Field.NEGATIVE, "cons"), (Field.IMPROVEMENT, "suggestions"))
    assert len(found) == 16
    assert surveys.questions(export, ()) == (
        Question("recommendation", "recommendation", 1, 2, surveys.questions(export, ())[0].words, "", "loyalty"),
    )


def test_facts_of_later_rows_widen_a_scale(monkeypatch):
    """An answer that comes after the first rows counts for the scale."""
    export = column_of("Freundlichkeit des Personals", "3", "4")
    facts = export.facts["Freundlichkeit des Personals"]
    monkeypatch.setitem(export.facts, "Freundlichkeit des Personals", type(facts)(distinct=("3", "4", "9")))
    assert list(ends(surveys.questions(export, ())).values()) == [(1, 10)]
