"""What columns mean, guessed from headers and values."""

from dataclasses import replace
from datetime import date

import pytest
from ingest_files import OWN_EXPORT, real, table_of

from cx.ingest.mapping import Need, needs, propose, source_of, words_of
from cx.ingest.reading import read_table
from cx.model.columns import Column, Mapping
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
}
SOURCES = {
    "google_reviews_de_cp1252_semicolon.csv": "Google",
    "trustpilot_scrape_de_insurance_utf8bom.csv": "Trustpilot",
    "appstore_reviews_de_diga.csv": "App Store",
    "google_play_reviews_utf16le_bom.csv": "Google Play",
    "kundenfeedback_beispiel.xlsx": "Kundenfeedback beispiel",
    "verivox_scores_0_100_quoted.csv": "Verivox",
}


def named(mapping: Mapping) -> dict[str, str]:
    return {str(column): header for column, header in mapping.columns}


@pytest.mark.parametrize("name", REAL)
def test_real_exports_are_mapped(name: str) -> None:
    found = propose(read_table(real(name), name))
    assert named(found) == REAL[name]
    assert found.source == SOURCES[name]
    assert found.channel is None
    assert found.rating_scale == ((0, 100) if "verivox" in name else (1, 5))


def test_what_real_exports_do_not_say_is_asked() -> None:
    found = {name: needs(table, propose(table)) for name in REAL if (table := read_table(real(name), name)) is not None}
    google = found.pop("google_reviews_de_cp1252_semicolon.csv")
    assert google == {Need.CHANNEL, Need.EXPORT_DATE}
    assert set(found.values()) == {frozenset({Need.CHANNEL})}


def test_the_own_example_is_mapped_like_the_google_file() -> None:
    table = read_table(OWN_EXPORT, OWN_EXPORT.name)
    found = propose(table)
    assert named(found) == REAL["google_reviews_de_cp1252_semicolon.csv"] | {"location": "Name der Filiale"}
    assert needs(table, found) == {Need.CHANNEL, Need.EXPORT_DATE}
    assert needs(table, replace(found, channel="Google", export_date=date(2026, 3, 31))) == frozenset()


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


def test_the_source_is_named_by_file_headers_or_links_else_the_file() -> None:
    text = "Text;Link\nEin Satz dazu;https://de.trustpilot.com/reviews/1\n"
    assert source_of(table_of(text, "export.csv")) == "Trustpilot"
    assert source_of(table_of(text, "google_maps.csv")) == "Google"
    assert source_of(table_of("Text;X\na;b\n", "C:\\Daten\\umfrage_q1-2026.csv")) == "Umfrage q1 2026"
    assert source_of(table_of("Text;X\na;b\n", "")) == "Import"


def test_header_words() -> None:
    assert words_of("reviewCreated_UTC (2)") == "review created utc"
    assert words_of("App-Bewertung\u00a0(1–5)") == "app bewertung 1 5"
