"""What columns mean, guessed from headers and values."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from ingest_files import OWN_EXPORT, real, table_of

from cx.ingest import presets
from cx.ingest.evidence import words_of
from cx.ingest.mapping import Need, needs, propose, source_of
from cx.ingest.reading import Export, open_exports
from cx.model.columns import Column, Field, Mapping
from cx.model.kpi import CesVariant

REAL = {
    "google_reviews_de_cp1252_semicolon.csv": {
        "text": "Bewertung",
        "rating": "Sternebewertung",
        "date": "Datum der Bewertung",
        "location": "Name der Klinik",
    },
    "trustpilot_scrape_de_insurance_utf8bom.csv": {
        "text": "text",
        "title": "title",
        "rating": "rating",
        "date": "date",
        "customer": "name",
        "source_id": "review_url",
    },
    "appstore_reviews_de_diga.csv": {
        "text": "review",
        "title": "title",
        "rating": "rating",
        "date": "date",
        "product": "app_id",
        "customer": "userName",
        "reply": "developerResponse",
    },
    "google_play_reviews_utf16le_bom.csv": {
        "text": "Review Text",
        "title": "Review Title",
        "rating": "Star Rating",
        "date": "Review Submit Date and Time",
        "product": "Package Name",
        "language": "Reviewer Language",
        "source_id": "Review Link",
        "reply": "Developer Reply Text",
    },
    "kundenfeedback_beispiel.xlsx": {"text": "feedback", "date": "date"},
    "verivox_scores_0_100_quoted.csv": {
        "title": "rts_title",
        "rating": "rts_scoring_service",
        "date": "rts_date_of_change",
        "product": "rts_provider",
    },
    "kununu_scrape_de_utf8bom.csv": {"title": "title", "rating": "rating", "date": "date", "location": "location"},
    "microsoft_forms_de_semicolon.csv": {
        "date": "Fertigstellungszeit",
        "customer": "E-Mail",
        "started": "Startzeit",
    },
    "qualtrics_3headers_de_labels.csv": {
        "text": "Q2",
        "date": "RecordedDate",
        "language": "UserLanguage",
        "customer": "ExternalReference",
        "source_id": "ResponseId",
        "status": "Status",
        "finished": "Finished",
        "started": "StartDate",
        "duration": "Duration (in seconds)",
    },
    "surveymonkey_2headers_de.csv": {
        "date": "date_modified",
        "customer": "email_address",
        "source_id": "respondent_id",
        "started": "date_created",
    },
    "typeform_raw_fcc2016_first300.csv": {
        "date": "Submit Date (UTC)",
        "source_id": "#",
        "started": "Start Date (UTC)",
    },
}
FURTHER = {
    "kununu_scrape_de_utf8bom.csv": {
        Field.POSITIVE: 1,
        Field.NEGATIVE: 1,
        Field.IMPROVEMENT: 1,
        Field.OTHER: 13,
    },
    "surveymonkey_2headers_de.csv": {Field.IMPROVEMENT: 1},
}
NAMES = {
    "microsoft_forms_de_semicolon.csv": ("Name", "Wie ist dein Vorname?"),
    "qualtrics_3headers_de_labels.csv": ("RecipientLastName", "RecipientFirstName"),
    "surveymonkey_2headers_de.csv": ("first_name", "last_name"),
}
UNKNOWN = ("kundenfeedback_beispiel.xlsx", "verivox_scores_0_100_quoted.csv")
SOURCES = {
    "google_reviews_de_cp1252_semicolon.csv": "Google",
    "trustpilot_scrape_de_insurance_utf8bom.csv": "Trustpilot",
    "appstore_reviews_de_diga.csv": "App Store",
    "google_play_reviews_utf16le_bom.csv": "Google Play",
    "kundenfeedback_beispiel.xlsx": "Kundenfeedback beispiel",
    "verivox_scores_0_100_quoted.csv": "Verivox",
    "kununu_scrape_de_utf8bom.csv": "kununu",
    "microsoft_forms_de_semicolon.csv": "Microsoft Forms",
    "qualtrics_3headers_de_labels.csv": "Qualtrics",
    "surveymonkey_2headers_de.csv": "SurveyMonkey",
    "typeform_raw_fcc2016_first300.csv": "Typeform",
}
SURVEYS = ("Microsoft Forms", "Qualtrics", "SurveyMonkey", "Typeform")


@cache
def opened(name: str) -> Export:
    [export] = open_exports(real(name), name)
    return export


@cache
def proposed(name: str) -> Mapping:
    return propose(opened(name))


def named(mapping: Mapping) -> dict[str, str]:
    return {str(column): header for column, header in mapping.columns}


@pytest.mark.parametrize("name", REAL)
def test_real_exports_are_mapped(name: str) -> None:
    found = proposed(name)
    assert named(found) == REAL[name]
    assert found.source == SOURCES[name]
    assert found.channel == (None if name in UNKNOWN else "Umfrage" if found.source in SURVEYS else found.source)
    assert found.rating_scale == ((0, 100) if "verivox" in name else (1, 5))
    assert found.day_first is (name != "surveymonkey_2headers_de.csv")


@pytest.mark.parametrize("name", REAL)
def test_further_texts_of_real_exports(name: str) -> None:
    found = proposed(name)
    assert Counter(said for said, _header in found.texts) >= Counter(FURTHER.get(name, {}))
    if name in NAMES:
        assert found.names == NAMES[name]


def test_real_surveys_have_rating_questions() -> None:
    [kununu] = proposed("kununu_scrape_de_utf8bom.csv").questions
    assert (kununu.header, kununu.worst, kununu.best, len(kununu.words)) == ("recommendation", 0, 1, 2)
    assert len(proposed("surveymonkey_2headers_de.csv").questions) > 50
    assert proposed("google_play_reviews_utf16le_bom.csv").questions == ()


@pytest.mark.parametrize("name", REAL)
def test_no_column_means_two_things(name: str) -> None:
    found = proposed(name)
    headers = [header for _column, header in (*found.columns, *found.texts)]
    headers += [question.header for question in found.questions]
    assert len(headers) == len(set(headers))


@pytest.mark.parametrize("name", REAL)
def test_a_proposal_is_always_the_same(name: str) -> None:
    assert propose(opened(name)) == proposed(name)


@pytest.mark.parametrize("name", REAL)
def test_what_real_exports_do_not_say_is_asked(name: str) -> None:
    table = opened(name)
    found = set(needs(table, proposed(name)))
    missing = {Need.CHANNEL} if name in UNKNOWN else set()
    assert found == missing | ({Need.EXPORT_DATE} if "google_reviews" in name else set())


def test_the_own_example_is_mapped_like_the_google_file() -> None:
    [table] = open_exports(OWN_EXPORT, OWN_EXPORT.name)
    found = propose(table)
    assert named(found) == REAL["google_reviews_de_cp1252_semicolon.csv"] | {"location": "Name der Filiale"}
    assert needs(table, found) == {Need.EXPORT_DATE}
    assert needs(table, replace(found, export_date=date(2026, 3, 31))) == frozenset()
    assert needs(table, replace(found, channel=None)) == {Need.EXPORT_DATE, Need.CHANNEL}


GERMAN = """Antwort-ID;Eingegangen am;Kanal;Quelle;Produkt;Filiale;Kundennummer;Weiterempfehlung;Zufriedenheit;Aufwand;Sterne;Überschrift;Kommentar;Antwort des Unternehmens
A-1;01.02.2026;E-Mail;Umfrage;Sofa;Kassel;K-1;9;4;6;5;Gut;Die Lieferung kam sehr pünktlich an.;Vielen Dank dafür
A-2;02.02.2026;Telefon;Umfrage;Tisch;Kassel;K-2;0;1;7;1;Schlecht;Niemand hat jemals zurückgerufen, schade.;Das tut uns leid
A-3;03.02.2026;E-Mail;Umfrage;Sofa;Göttingen;K-3;10;5;2;4;Naja;Der Preis ist in Ordnung, die Beratung auch.;
"""
ENGLISH = """Response ID,Created at,Channel,Platform,Product,Store,Customer ID,NPS,CSAT,CES,Stars,Headline,Comment,Reply
A-1,2026-02-01,email,Survey,Sofa,Kassel,C-1,9,4,6,5,Good,The delivery arrived right on time.,Thank you very much
A-2,2026-02-02,phone,Survey,Table,Kassel,C-2,0,1,7,1,Bad,Nobody ever called me back about it.,We are really sorry
A-3,2026-02-03,email,Survey,Sofa,Goettingen,C-3,10,5,2,4,Okay,The price is fine and so is the advice.,
"""


@pytest.mark.parametrize("text", [GERMAN, ENGLISH])
def test_german_and_english_headers_name_every_meaning(text: str) -> None:
    table = table_of(text)
    found = dict(propose(table).columns)
    order = [
        "SOURCE_ID",
        "DATE",
        "CHANNEL",
        "SOURCE",
        "PRODUCT",
        "LOCATION",
        "CUSTOMER",
        "NPS",
        "CSAT",
        "CES",
        "RATING",
        "TITLE",
        "TEXT",
        "REPLY",
    ]  # of the columns in the file
    assert found == {Column[name]: header for name, header in zip(order, table.headers, strict=True)}
    assert needs(table, propose(table)) == frozenset()


def test_silent_headers_are_read_from_their_values() -> None:
    rows = "\n".join(
        f"{n:02d}.03.2026;{nps};{stars};{channel};Die Antwort Nummer {n} war ein ganzer Satz über das Erlebnis."
        for n, (nps, stars, channel) in enumerate(
            [(0, 1, "E-Mail"), (10, 5, "Chat"), (7, 4, "Telefon"), (9, 5, "Chat"), (3, 2, "E-Mail"), (8, 3, "Chat")],
            start=1,
        )
    )
    found = named(propose(table_of(f"F1;F2;F3;F4;F5\n{rows}\n")))
    assert found == {"date": "F1", "nps": "F2", "rating": "F3", "channel": "F4", "text": "F5"}


def test_no_one_of_several_rated_questions_is_the_whole() -> None:
    rows = [f"{n % 5 + 1};{n // 2 % 5 + 1};{5 - n % 4};Ein ganzer Satz über den Besuch Nummer {n}" for n in range(10)]

    def of(header: str) -> Mapping:
        return propose(table_of("\n".join([header, *rows]) + "\n"))

    parts = of("Freundlichkeit;Sauberkeit;Q1;Kommentar")
    assert named(parts) == {"rating": "Q1", "text": "Kommentar"}
    parts = of("Freundlichkeit;Sauberkeit;Wartezeit;Kommentar")
    assert named(parts) == {"text": "Kommentar"}
    assert [question.header for question in parts.questions] == ["Freundlichkeit", "Sauberkeit", "Wartezeit"]
    assert named(of("Freundlichkeit;Gesamtbewertung;Sauberkeit;Kommentar"))["rating"] == "Gesamtbewertung"
    assert named(of("Freundlichkeit;x;y;Kommentar"))["rating"] == "Freundlichkeit"


def test_a_question_as_header_is_a_text_when_the_answers_are() -> None:
    table = table_of("Was war los?;X\nDer Bus kam wieder nicht pünktlich an;1\nAlles in Ordnung, wie immer eben;2\n")
    assert named(propose(table))["text"] == "Was war los?"


@pytest.mark.parametrize(
    ("header", "cells", "column"),
    [
        ("Anzahl Bewertungen", ["12", "3", "5"], "rating"),
        ("Likes", ["1", "4", "5"], "rating"),
        ("Bewertungsdatum", ["01.02.2026", "02.02.2026", "03.02.2026"], "rating"),
        ("Kundenzufriedenheit", ["4", "5", "1"], "customer"),
        ("Produktname", ["Sofa", "Sofa", "Tisch"], "customer"),
        ("isEdited", ["True", "False", "True"], "date"),
        (
            "Kundenservice Kommentar",
            ["Das war sehr gut gelöst", "Nie wieder hier kaufen", "Na ja, geht so"],
            "customer",
        ),
        ("App Version", ["4.2.0", "4.2.1", "4.3.0"], "product"),
    ],
)
def test_false_friends_are_left_alone(header: str, cells: list[str], column: str) -> None:
    found = named(propose(table_of(f"{header};Text\n" + "".join(f"{cell};Ein Satz dazu\n" for cell in cells))))
    assert found.get(column) != header


def test_a_running_number_is_no_id_of_the_source() -> None:
    running = table_of("ID;Text\n" + "".join(f"{n};Ein Satz dazu {n}\n" for n in range(1, 6)))
    real_ids = table_of("ID;Text\n" + "".join(f"{n * 7919};Ein Satz dazu {n}\n" for n in range(1, 6)))
    assert "source_id" not in named(propose(running))
    assert named(propose(real_ids))["source_id"] == "ID"


def test_a_letter_read_as_one_column_is_no_feedback() -> None:
    table = table_of(
        "Sehr geehrte Damen und Herren\nich wollte Ihnen heute einmal schreiben\nwie es mir erging bei Ihnen\n"
    )
    assert propose(table).columns == ()
    assert needs(table, propose(table)) == {Need.USABLE, Need.CHANNEL}


@pytest.mark.parametrize(
    ("header", "cells", "scale"),
    [
        ("Sterne", "1 2 5 4", (1, 5)),
        ("Sterne", "0 2 5 4", (0, 5)),
        ("Score", "1 7 10 4", (1, 10)),
        ("Score", "0 7 10 4", (0, 10)),
        ("Score", "20 70 100 40", (0, 100)),
        ("Bewertung", "3/10 4/10 5/10 4/10", (1, 10)),
        ("Schulnote", "1 2 6 3", (6, 1)),
        ("Rating (0-10)", "3 4 5 5", (0, 10)),
    ],
)
def test_the_scale_of_a_rating(header: str, cells: str, scale: tuple[float, float]) -> None:
    table = table_of(f"{header};Text\n" + "".join(f"{cell};Ein Satz dazu\n" for cell in cells.split()))
    assert propose(table).rating_scale == scale


def test_a_rare_ten_widens_the_scale() -> None:
    table = table_of("Score;Text\n" + "5;Ein Satz dazu\n" * 3_000 + "10;Ein Satz dazu\n")
    assert propose(table).rating_scale == (1, 10)


def test_scales_of_surveys() -> None:
    table = table_of("CSAT;CES;Text\n7;5;Ein Satz dazu\n1;1;Ein Satz dazu\n")
    assert (propose(table).csat_scale, propose(table).ces_variant) == ((1, 7), CesVariant.V1)
    table = table_of("CSAT;CES;Text\n4;7;Ein Satz dazu\n1;1;Ein Satz dazu\n")
    assert (propose(table).csat_scale, propose(table).ces_variant) == ((1, 5), CesVariant.V2)


@pytest.mark.parametrize(
    ("cells", "first"),
    [("04/27/2026 04/01/2026", False), ("27/04/2026 01/04/2026", True), ("04/03/2026 05/06/2026", True)],
)
def test_the_order_of_day_and_month(cells: str, first: bool) -> None:
    table = table_of("Datum;Text\n" + "".join(f"{cell};Ein Satz dazu\n" for cell in cells.split()))
    assert propose(table).day_first is first


@pytest.mark.parametrize(
    ("cells", "first", "asked"),
    [
        ("03/04/2026 05/06/2026", True, True),
        ("03-04-2026 5-6-26", True, True),
        ("03/04/2026|10:15|PM 05/06/2026|1:15|AM", False, True),
        ("03/04/2026 05/27/2026", False, False),
        ("03/04/2026 27/05/2026", True, False),
        ("03.04.2026 05.06.2026", True, False),
        ("2026-04-03 2026-06-05", True, False),
    ],
)
def test_the_order_is_asked_for_where_both_are_possible(cells: str, first: bool, asked: bool) -> None:
    rows = "".join(f"{cell.replace('|', ' ')};Ein Satz dazu\n" for cell in cells.split())
    table = table_of(f"Datum;Text\n{rows}")
    found = propose(table)
    assert found.day_first is first
    assert (Need.DAY_ORDER in needs(table, found)) is asked


def test_one_date_far_down_the_file_tells_the_order() -> None:
    table = table_of("Datum;Text\n" + "03/04/2026;Ein Satz dazu\n" * 25_000 + "04/27/2026;Ein Satz dazu\n")
    assert propose(table).day_first is False
    assert Need.DAY_ORDER not in needs(table, propose(table))


def test_a_preset_that_knows_the_order_spares_the_question() -> None:
    text = "Respondent ID,Collector ID,Start Date,End Date,Frage?\n1,2,03/04/2026,03/04/2026,Das war alles sehr gut\n"
    found = propose(table_of(text))
    assert (found.preset, found.day_first) == ("surveymonkey", False)
    assert Need.DAY_ORDER not in needs(table_of(text), found)
    turned = table_of(text.replace("03/04/2026", "27/04/2026"))
    assert propose(turned).day_first is True  # the column itself knows better


@pytest.mark.parametrize("header", ["survey.response.answered_at", "Answered At", "completed_at"])
def test_the_moment_of_an_answer_is_a_date(header: str) -> None:
    rows = "".join(f"2026-03-{day:02d}T08:15:00Z;Ein Satz dazu\n" for day in range(1, 20))
    found = named(propose(table_of(f"{header};survey.response.comment\n{rows}")))
    assert found["date"] == header


def test_one_relative_date_anywhere_asks_for_the_day_of_the_export() -> None:
    table = table_of("Datum;Text\n" + "07.01.2026;Ein Satz dazu\n" * 25_000 + "gestern;Ein Satz dazu\n")
    assert Need.EXPORT_DATE in needs(table, propose(table))


def test_a_preset_can_be_asked_for() -> None:
    table = table_of("Feedback,Rating,Comment\nDas war sehr gut bei euch,5,Danke dafür\n")
    assert propose(table).preset == ""
    found = propose(table, presets.get("ekomi"))
    assert (found.preset, found.source) == ("ekomi", "eKomi")
    assert named(found) == {"text": "Feedback", "rating": "Rating", "reply": "Comment"}


def test_what_a_preset_leaves_open_is_filled_where_headers_are_clear() -> None:
    head = "Review Id,Review Content,Review Stars,Review Created (UTC),Filiale,Weiterempfehlung,F7"
    rows = "".join(f"r{n},Das war gut,5,2026-01-0{n},Kassel,9,0\n" for n in range(1, 9))
    found = named(propose(table_of(f"{head}\n{rows}")))
    assert (found["location"], found["nps"]) == ("Filiale", "Weiterempfehlung")
    assert "F7" not in found.values()


def test_a_number_that_repeats_is_no_id_even_where_a_preset_says_so() -> None:
    head = "date,order_id,rating,feedback,comment"
    once = table_of(f"{head}\n" + "".join(f"1718445600,{n * 7919},5,Gut gemacht,\n" for n in range(1, 9)))
    twice = table_of(f"{head}\n" + "".join(f"1718445600,{n // 2 * 7919},5,Gut gemacht,\n" for n in range(2, 10)))
    assert (propose(once).preset, propose(twice).preset) == ("ekomi", "ekomi")
    assert named(propose(once))["source_id"] == "order_id"
    assert "source_id" not in named(propose(twice))


def test_a_mixed_column_of_scores_is_left_for_the_user() -> None:
    head = "id,person,survey_type,score,comment,permalink,created_at"
    rows = "".join(f"a{n}x,p{n},{kind},{n},Gut gemacht,x,1718445600\n" for n, kind in enumerate(["nps", "csat"] * 4))
    found = propose(table_of(f"{head}\n{rows}"))
    assert found.preset == "delighted"
    assert "score" not in found.used()


QUESTIONS = """Zeitstempel;Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen? (0-10);Wie zufrieden sind Sie mit uns insgesamt?;\
Das Unternehmen hat es mir leicht gemacht, mein Anliegen zu lösen. (1 bis 7);Wie zufrieden sind Sie? [Lieferung];Wie zufrieden sind Sie? [Beratung];\
Was hat Ihnen gefallen?;Was können wir besser machen?;In welcher Filiale waren Sie?
"""


def test_a_survey_has_key_figures_questions_and_texts() -> None:
    rows = "".join(
        f"0{n}.03.2026 10:00:00;{nps};{csat};{ces};{1 + n % 5};{5 - n % 5};Die Beratung {n} war gut und freundlich;"
        f"Der Versand Nummer {n} dauert zu lange;{'Kassel' if n % 2 else 'Bonn'}\n"
        for n, (nps, csat, ces) in enumerate(
            [(0, 1, 7), (10, 5, 1), (9, 4, 6), (7, 2, 5), (3, 3, 3), (8, 5, 2)], start=1
        )
    )
    table = table_of(QUESTIONS + rows)
    found = propose(table)
    nps, csat, ces, delivery, advice, liked, better, _shop = table.headers[1:]
    assert (found.preset, found.channel) == ("google_forms", "Umfrage")
    assert named(found) == {"nps": nps, "csat": csat, "ces": ces, "date": "Zeitstempel"}
    assert (found.csat_scale, found.ces_variant) == ((1, 5), CesVariant.V2)
    assert [question.header for question in found.questions] == [delivery, advice]
    assert found.texts == ((Field.POSITIVE, liked), (Field.IMPROVEMENT, better))


def test_the_source_is_named_by_file_headers_or_links_else_the_file() -> None:
    text = "Text;Link\nEin Satz dazu;https://de.trustpilot.com/reviews/1\n"
    assert source_of(table_of(text, "export.csv")) == "Trustpilot"
    assert source_of(table_of(text, "google_maps.csv")) == "Google"
    assert source_of(table_of("Text;X\na;b\n", "C:\\Daten\\umfrage_q1-2026.csv")) == "Umfrage q1 2026"
    assert source_of(table_of("Text;X\na;b\n", "")) == "Import"


def test_header_words() -> None:
    assert words_of("reviewCreated_UTC (2)") == "review created utc"
    assert words_of("App-Bewertung\u00a0(1–5)") == "app bewertung 1 5"
