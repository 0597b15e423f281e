"""Everything about one customer as one file: whole, readable, and harmless in a spreadsheet."""

import io
import json
import zipfile

import pandas as pd
import pytest

from cx import language
from cx.errors import AskError
from cx.ingest.importing import import_export
from cx.ingest.reading import read_table
from cx.ingest.rights import customer_data
from cx.model.columns import Column, Mapping
from cx.report.personal import customer_file
from cx.store import Store

KEY = b"k" * 32
CHOSEN = Mapping(
    columns=((Column.TEXT, "Kommentar"), (Column.RATING, "Sterne"), (Column.DATE, "Datum"), (Column.CUSTOMER, "Kunde")),
    source="Umfrage",
)
LONG = "Die Beratung war sehr freundlich. " * 1_200
CSV = (
    "Kunde;Kommentar;Sterne;Datum\n"
    "Ada;=1+1 ist das Ergebnis, und die Lieferung kam zu spät.;4;07.01.2026\n"
    f"Ada;{LONG};5;08.01.2026\n"
    "Ada;;neun;\n"
)
SHEETS = ["Feedback", "Texte", "Antworten", "Aussagen", "Berichtigungen", "Zurückgewiesene Zeilen"]


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    store = Store()
    import_export(store, read_table(CSV.encode(), "a.csv"), CHOSEN, KEY)
    return customer_data(store, KEY, "Ada").tables()


def test_json_holds_everything_under_german_names(tables: dict[str, pd.DataFrame]) -> None:
    found = json.loads(customer_file(tables, "json"))
    assert list(found) == SHEETS
    assert [row["Sterne"] for row in found["Feedback"]] == [4, 5]
    assert found["Feedback"][0]["Datum"].startswith("2026-01-07")
    assert found["Feedback"][0]["Art"] == "Bewertung"
    assert [row["Text"] for row in found["Texte"]][1] == LONG.strip() or found["Texte"][1]["Text"] == LONG
    assert found["Texte"][0]["Text"].startswith("=1+1")  # JSON runs no formulas
    assert {"Stimmung", "Säule oder Touchpoint", "Wörter dazu"} <= set(found["Aussagen"][0])
    assert {row["Zelle"] for row in found["Zurückgewiesene Zeilen"] if row["Spalte"] == "Sterne"} == {"neun"}


def test_csv_is_an_archive_of_tables_with_formulas_neutralised(tables: dict[str, pd.DataFrame]) -> None:
    with zipfile.ZipFile(io.BytesIO(customer_file(tables, "csv"))) as archive:
        assert archive.namelist() == [f"{name}.csv" for name in SHEETS]
        texts = archive.read("Texte.csv").decode("utf-8-sig")
        feedback = archive.read("Feedback.csv").decode("utf-8-sig")
    assert "'=1+1" in texts
    assert ";=1+1" not in texts
    assert "07.01.2026" in feedback


def test_a_workbook_says_where_a_text_is_cut(tables: dict[str, pd.DataFrame]) -> None:
    book = pd.read_excel(io.BytesIO(customer_file(tables, "xlsx")), sheet_name=None, engine="calamine")
    assert list(book) == SHEETS
    texts = book["Texte"]["Text"]
    assert texts[0].startswith("'=1+1")
    assert texts[1].endswith("(gekürzt; vollständig in der JSON-Datei)")


def test_every_column_is_named(tables: dict[str, pd.DataFrame]) -> None:
    told = json.loads(customer_file(tables, "json"))
    assert any(told.values())
    for rows in told.values():
        for row in rows:
            assert not [name for name in row if "_" in name]


def test_it_speaks_english_too(tables: dict[str, pd.DataFrame]) -> None:
    language.use("en")
    assert json.loads(customer_file(tables, "json"))


def test_another_form_is_refused(tables: dict[str, pd.DataFrame]) -> None:
    with pytest.raises(AskError, match="pdf"):
        customer_file(tables, "pdf")
