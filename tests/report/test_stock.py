"""The figures of the data stock agree with counting by hand."""

from dataclasses import replace

import pytest

from cx.ingest.importing import import_export, undo
from cx.ingest.reading import read_table
from cx.ingest.rights import erase_customer, retain
from cx.model.columns import Column, Mapping
from cx.report.stock import Stock, stock
from cx.store import Store

KEY = b"k" * 32
CHOSEN = Mapping(
    columns=(
        (Column.TEXT, "Kommentar"),
        (Column.RATING, "Sterne"),
        (Column.DATE, "Datum"),
        (Column.CHANNEL, "Kanal"),
        (Column.CUSTOMER, "Kunde"),
    ),
    source="Umfrage",
)
HEADER = "Kunde;Kommentar;Sterne;Datum;Kanal\n"
ROWS = (
    "Ada;Alles gut gelaufen.;5;07.01.2020;Web\n"
    "Bo;Alles gut gelaufen.;4;08.01.2020;Web\n"
    "Cem;Niemand rief zurück, ich bin enttäuscht.;1;;\n"
    "Dana;The parcel arrived two days late and nobody told me.;2;09.01.1999;\n"
    "Emil;;5;01.01.2090;\n"
    "Finn;;neun;;\n"
)


def brought(store: Store, rows: str = ROWS, mapping: Mapping = CHOSEN) -> None:
    import_export(store, read_table((HEADER + rows).encode(), "a.csv"), mapping, KEY)


@pytest.fixture
def filled() -> Store:
    store = Store()
    brought(store)
    return store


def only(found: Stock) -> dict:
    [row] = found.uploads.to_dict("records")
    return row


def test_every_figure_of_an_upload(filled: Store) -> None:
    row = only(stock(filled))
    counts = ("rows", "added", "updated", "duplicates", "rejected", "left_out", "n")
    assert [row[name] for name in counts] == [6, 5, 0, 0, 1, 0, 5]
    shares = ("text", "rating", "nps", "date", "channel", "product", "location", "star_only")
    assert [row[f"{name}_share"] for name in shares] == [0.8, 1, 0, 0.8, 0.4, 0, 0, 0.2]
    assert (row["before_2000"], row["in_future"], row["text_deleted"]) == (1, 1, 0)
    assert (row["same_text"], row["same_text_share"]) == (2, 0.5)
    assert row["languages"] == {"de": 3, "en": 1}
    assert row["text_median"] == (len("Alles gut gelaufen.") + len("Niemand rief zurück, ich bin enttäuscht.")) / 2
    assert (row["source"], row["file_name"], row["undone"]) == ("Umfrage", "a.csv", False)
    assert row["privacy_rules"]


def test_what_was_masked_is_told_by_kind() -> None:
    store = Store()
    brought(store, "Ada;Schreiben Sie an ada@example.org oder bo@example.org.;5;07.01.2020;Web\n")
    assert only(stock(store))["masked"]["email"] == 2
    assert stock(store).total["masked"]["email"] == 2


def test_the_whole_is_what_counts_now(filled: Store) -> None:
    brought(filled, "Gül;Die App stürzt ab.;1;10.01.2020;App\n", replace(CHOSEN, source="Store"))
    found = stock(filled)
    assert found.uploads["batch"].tolist() == [2, 1]
    assert (found.total["n"], found.total["rows"], found.total["rejected"]) == (6, 7, 1)
    undo(filled, 1)
    found = stock(filled)
    assert found.uploads["undone"].tolist() == [False, True]
    assert found.uploads["n"].tolist() == [1, 5]
    assert (found.total["n"], found.total["rows"], found.total["text_share"]) == (1, 1, 1)
    assert found.total["languages"] == {"de": 1}


def test_a_text_that_was_deleted_makes_no_star_only_review(filled: Store) -> None:
    retain(filled, 1)
    row = only(stock(filled))
    assert (row["text_deleted"], row["star_only"], row["with_text"]) == (3, 1, 1)  # the undated one stays


def test_an_upload_of_which_nothing_is_left_holds_zero() -> None:
    store = Store()
    brought(store, "Ada;Gut.;5;07.01.2020;Web\n")
    erase_customer(store, KEY, "Ada")
    row = only(stock(store))
    assert (row["added"], row["n"], row["languages"]) == (1, 0, {})
    assert row["text_share"] != row["text_share"]


def test_without_uploads_there_is_nothing() -> None:
    found = stock(Store())
    assert found.uploads.empty
    assert (found.total["n"], found.total["rows"], found.total["masked"]) == (0, 0, {})
