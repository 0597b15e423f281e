"""Datenbestand in a browser: the dialogs that change the stock, and the files that are handed out."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

import cx
from tests.browser import serving
from tests.browser.reading import SECONDS, overflow, settled
from tests.browser.test_journey import facts, load

Visitor = Callable[..., Page]
MAIL = "erika.muster@example.org"
GUESTS = (
    "Kunde;Kommentar;Sterne;Datum\n"
    f"{MAIL};Das Zimmer war sauber;5;01.02.2020\n{MAIL};Der Empfang war muffig;2;02.02.2020\nandere;Zu laut;2;03.02.2020\n"
)
AGAIN = (
    "Kunde;Kommentar;Sterne;Datum\n"
    f"{MAIL};Das Zimmer war sauber;5;01.02.2020\nneue;Alles bestens;5;04.02.2020\n;;viel;05.02.2020\n"
)


@pytest.fixture(scope="module")
def guests_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("guests") / "cx.duckdb"
    workspace = cx.open(path)
    workspace.import_file(GUESTS.encode(), name="gaeste.csv")
    workspace.close()
    with serving.served(path) as address:
        yield address


def downloaded(page: Page, name: str) -> bytes:
    """The file behind a button."""
    with page.expect_download(timeout=SECONDS) as waiting:
        page.get_by_role("button", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def stock(page: Page, app: str) -> Page:
    page.goto(f"{app}/datenbestand")
    return settled(page)


def test_rows_of_every_outcome_are_downloaded_with_line_and_cells(
    guests_app: str, visitor: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "nochmal.csv"
    file.write_text(AGAIN, encoding="utf-8")
    page = visitor()
    load(page, guests_app, file)
    expect(page.get_by_text("Erkannt: nochmal.csv")).to_be_visible(timeout=SECONDS)
    settled(page)
    page.get_by_role("button", name="3 Zeilen importieren").click()
    expect(page.get_by_text("Import abgeschlossen")).to_be_visible(timeout=SECONDS)
    settled(page)
    told = facts(page)
    assert [told[name] for name in ("Neu", "Unverändert", "Zurückgewiesen")] == ["1", "1", "1"]
    tables = {
        name: downloaded(page, name).decode("utf-8-sig").splitlines()
        for name in ("Neue Zeilen", "Unveränderte Zeilen", "Zurückgewiesene Zeilen")
    }
    assert tables["Neue Zeilen"] == ["Zeile;Kunde;Kommentar;Sterne;Datum", "3;neue;Alles bestens;5;04.02.2020"]
    assert tables["Unveränderte Zeilen"][1] == f"2;{MAIL};Das Zimmer war sauber;5;01.02.2020"
    assert tables["Zurückgewiesene Zeilen"][0] == "Zeile;Grund;Kunde;Kommentar;Sterne;Datum"
    assert tables["Zurückgewiesene Zeilen"][1].startswith("4;")
    assert tables["Zurückgewiesene Zeilen"][1].endswith(";;;viel;05.02.2020")


def test_an_upload_goes_comes_back_and_is_deleted_for_good(guests_app: str, visitor: Visitor) -> None:
    page = stock(visitor(), guests_app)
    newest = page.locator("[class*='st-key-upload_']").filter(has_text="nochmal.csv")
    for confirmed in ("redo", "purge"):
        newest.get_by_role("button", name="Zurücknehmen").click()
        page.get_by_role("dialog").get_by_role("button", name="Ja, zurücknehmen").click()
        expect(page.get_by_text("nochmal.csv (zurückgenommen)").first).to_be_visible(timeout=SECONDS)
        settled(page)
        if confirmed == "redo":
            newest.get_by_role("button", name="Wiederherstellen").click()
            expect(page.get_by_text("nochmal.csv (zurückgenommen)")).to_have_count(0, timeout=SECONDS)
            settled(page)
    newest.get_by_role("button", name="Endgültig löschen").click()
    page.get_by_role("dialog").get_by_role("button", name="Ja, endgültig löschen").click()
    expect(newest).to_have_count(0, timeout=SECONDS)


def test_a_person_is_handed_out(guests_app: str, visitor: Visitor) -> None:
    page = stock(visitor(), guests_app)
    page.get_by_role("textbox", name="Wer?").fill(MAIL)
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_role("button", name="Auskunft als JSON")).to_be_visible(timeout=SECONDS)
    settled(page)
    told = json.loads(downloaded(page, "Auskunft als JSON"))
    assert {each["Text"] for each in told["Texte"]} == {"Das Zimmer war sauber", "Der Empfang war muffig"}
    sheets = pd.read_excel(io.BytesIO(downloaded(page, "Auskunft als Excel")), sheet_name=None, engine="calamine")
    assert "Das Zimmer war sauber" in "\n".join(sheet.to_csv() for sheet in sheets.values())


def test_texts_end_after_a_time_and_scores_stay(guests_app: str, visitor: Visitor) -> None:
    page = stock(visitor(width=390), guests_app)
    assert overflow(page) <= 0
    page.get_by_role("button", name="Texte löschen …").click()
    page.get_by_role("dialog").get_by_role("button", name="Ja, Texte löschen").click()
    expect(page.get_by_text("Feedbacks sind jetzt ohne Text").first).to_be_visible(timeout=SECONDS)
    page.goto(f"{guests_app}/stimmen")
    settled(page)
    expect(page.get_by_text("Zu laut")).to_have_count(0)
