"""Files of layouts nobody knows, mapped by clicks, several at once; nothing personal on the screen."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import serving
from tests.browser.reading import SECONDS, settled
from tests.browser.test_journey import facts, import_reviews, load

Visitor = Callable[..., Page]
MAIL = "erika.muster@example.org"
TWELVE = (
    "Lfd;Haus;Eingang;Gast;Mailkontakt;Eindruck;Wertung in Zahlen;Bereich;Saison;Zimmer;Anlass;Bearbeiter\n"
    f"1;Seeblick;03.02.2026;Erika Muster;{MAIL};Das Frühstück war kalt, schreiben Sie an {MAIL};2;Restaurant;Winter;12;Urlaub;ab\n"
    f"2;Seeblick;04.02.2026;Erika Muster;{MAIL};Sehr freundlicher Empfang am Abend;5;Empfang;Winter;14;Urlaub;ab\n"
)
MATRIX = (
    "Zeitpunkt,Bitte bewerten Sie [Freundlichkeit der Mitarbeiter],Bitte bewerten Sie [Wartezeit],Was sollen wir besser machen?,Mail\n"
    f"05.02.2026 10:00,stimme voll zu,stimme eher nicht zu,Mehr Personal an der Kasse am Samstag,{MAIL}\n"
    f"05.02.2026 11:00,stimme eher zu,teils/teils,Die Wege im Lager sind zu lang für uns,{MAIL}\n"
    f"05.02.2026 12:00,stimme gar nicht zu,stimme voll zu,Bitte wieder eine Telefonnummer angeben,{MAIL}\n"
)
NAMELESS = f",Was uns Gäste sagten,Sternchen\n0,Alles bestens gelaufen und gern wieder,5\n1,Leider zu laut und {MAIL} antwortet nicht,1\n"
LAYOUTS = {"zwoelf.csv": TWELVE, "matrix.csv": MATRIX, "ohne_namen.csv": NAMELESS}


@pytest.fixture(scope="module")
def shared_app(demo_copied: Callable[[], Path]) -> Iterator[str]:
    """The address of one app for these tests: each imports files of its own."""
    with serving.served(demo_copied()) as address:
        yield address


def choose(page: Page, column: str, header: str) -> None:
    """Say which header stands for a meaning."""
    box = page.locator(f"[class*='st-key-map_{column}_'] [data-testid=stSelectbox]")
    box.click()
    page.get_by_role("option", name=header, exact=True).click()
    settled(page)


def import_now(page: Page) -> None:
    """Click, and wait for the last report."""
    page.get_by_role("button", name=re.compile(r"importieren")).click()
    expect(page.get_by_text("Import abgeschlossen").last).to_be_visible(timeout=SECONDS)
    settled(page)


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_unknown_layout_is_imported_after_two_choices_at_most(
    shared_app: str, visitor: Visitor, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_text(LAYOUTS[name], encoding="utf-8")
    page = visitor()
    load(page, shared_app, file)
    expect(page.get_by_text(f"Erkannt: {name}")).to_be_visible(timeout=SECONDS)
    settled(page)
    assert MAIL not in page.content()
    if name == "zwoelf.csv":
        choose(page, "text", "Eindruck")
        choose(page, "rating", "Wertung in Zahlen")
    assert MAIL not in page.content()
    import_now(page)
    told = facts(page)
    assert told["Neu"] == told["Zeilen der Datei"] == str(LAYOUTS[name].count("\n") - 1)
    for place in ("stimmen", "datenbestand"):
        page.goto(f"{shared_app}/{place}")
        settled(page)
        assert MAIL not in page.content()


def test_a_file_without_headers_shows_nobodys_address(shared_app: str, visitor: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "ohne_kopf.csv"
    file.write_text(
        f"{MAIL};Das Paket kam zu spät an;2\nandere@example.org;Alles gut, gern wieder;5\n", encoding="utf-8"
    )
    page = visitor()
    load(page, shared_app, file)
    expect(page.get_by_text("Erkannt: ohne_kopf.csv")).to_be_visible(timeout=SECONDS)
    settled(page)
    assert MAIL not in page.content()
    assert "andere@example.org" not in page.content()


def test_two_files_at_once_have_a_report_each(shared_app: str, visitor: Visitor, tmp_path: Path) -> None:
    for name in ("matrix.csv", "ohne_namen.csv"):
        later = LAYOUTS[name].replace("05.02.2026", "06.02.2026").replace("gern wieder", "gern erneut")
        (tmp_path / name).write_text(later, encoding="utf-8")
    page = visitor()
    page.goto(f"{shared_app}/daten_laden")
    settled(page)
    page.locator("input[type=file]").set_input_files([tmp_path / "matrix.csv", tmp_path / "ohne_namen.csv"])
    expect(page.get_by_role("button", name="2 Dateien mit 5 Zeilen importieren")).to_be_visible(timeout=SECONDS)
    settled(page)
    import_now(page)
    expect(page.get_by_text("Import abgeschlossen:")).to_have_count(2)
    with page.expect_download(timeout=SECONDS) as waiting:
        page.get_by_role("button", name="Neue Zeilen").last.click()
    lines = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Zeile;")
    assert lines[1].startswith("2;0;Alles bestens")


def test_a_person_is_found_and_erased(shared_app: str, visitor: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "gaeste.csv"
    file.write_text(
        f"Kunde;Kommentar;Sterne\n{MAIL};Das Zimmer war sauber;5\nandere;Zu laut am Abend;2\n", encoding="utf-8"
    )
    page = visitor()
    load(page, shared_app, file)
    expect(page.get_by_text("Erkannt: gaeste.csv")).to_be_visible(timeout=SECONDS)
    settled(page)
    import_now(page)
    page.goto(f"{shared_app}/datenbestand")
    settled(page)
    page.get_by_role("textbox", name="Wer?").fill(MAIL)
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("button", name="Alles über diese Person löschen").click(timeout=SECONDS)
    page.get_by_role("button", name="Ja, endgültig löschen").click(timeout=SECONDS)
    expect(page.get_by_text("Person gelöscht").first.or_(page.get_by_text("Gelöscht").first)).to_be_visible(
        timeout=SECONDS
    )
    page.goto(f"{shared_app}/stimmen?words=Zimmer")
    settled(page)
    expect(page.get_by_text("Das Zimmer war sauber")).to_have_count(0)


def test_personal_data_are_nowhere_on_the_screen(shared_app: str, visitor: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "kontakt.csv"
    file.write_text(
        "Text;Sterne\nRufen Sie mich bitte an: 030 12345678, erika.muster@example.org;3\nAlles gut;5\n",
        encoding="utf-8",
    )
    page = visitor()
    import_reviews(page, shared_app, file, "Google")
    assert "E-Mail-Adresse" in facts(page)["Ersetzte persönliche Angaben"]
    page.goto(f"{shared_app}/stimmen?words=Rufen")
    settled(page)
    expect(page.locator(".cx-voice-text").first).to_contain_text("Rufen Sie mich bitte an")
    assert "12345678" not in page.content()
    assert "erika.muster" not in page.content()


def test_a_button_that_cannot_be_used_yet_is_readable(shared_app: str, visitor: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "unklar.csv"
    file.write_text("Haus;Zimmer\nSeeblick;12\nBergblick;14\n", encoding="utf-8")
    page = visitor()
    load(page, shared_app, file)
    button = page.get_by_role("button", name=re.compile("Zeilen importieren"))
    expect(button).to_be_disabled(timeout=SECONDS)
    settled(page)
    page_ground = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert button.locator("p").evaluate("label => getComputedStyle(label).color") != page_ground
