"""From an export file to a shared link, as a marketer goes."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.reading import SECONDS, go_to, headline, rerun, settled, tiles

Visitor = Callable[..., Page]
ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "data" / "bewertungen_cp1252.csv"
REAL = ROOT.parent / "shared" / "data" / "exports" / "google_reviews_de_cp1252_semicolon.csv"
EXPORT = REAL if REAL.exists() else OWN
EXPORTED_ON = date(2026, 11, 20)


def load(page: Page, app: str, file: Path | dict) -> None:
    """Open the page for files and give it one."""
    page.goto(f"{app}/daten_laden")
    settled(page)
    page.locator("input[type=file]").set_input_files(file)


def import_reviews(page: Page, app: str, file: Path, channel: str) -> None:
    """Upload, name the channel of all rows and the day of the export, import."""
    load(page, app, file)
    expect(page.get_by_text(f"Erkannt: {file.name}")).to_be_visible(timeout=SECONDS)
    settled(page)
    box = page.get_by_role("combobox", name=re.compile("Kanal aller Zeilen"))
    if box.count():  # a layout that was confirmed before knows its channel
        box.fill(channel)
        box.press("Enter")
        settled(page)
    day = page.get_by_test_id("stDateInput").get_by_role("textbox").first
    if day.count():
        day.fill(f"{EXPORTED_ON:%d.%m.%Y}")
        day.press("Enter")
    settled(page)
    page.get_by_role("button", name=re.compile(r"Zeilen importieren")).click()
    expect(page.get_by_text("Import abgeschlossen")).to_be_visible(timeout=SECONDS)
    settled(page)


def facts(page: Page) -> dict[str, str]:
    """The report of an import: name and value."""
    names, values = (page.locator(f".cx-facts {part}").all_inner_texts() for part in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def n_of(line: str) -> int:
    """The n of a page's grey line."""
    return int(re.search(r"n = ([\d.]+)", line).group(1).replace(".", ""))


def choose(page: Page, box: str, value: str) -> None:
    """Pick a value in a box of the filter bar."""
    with rerun(page):
        field = page.get_by_test_id("stSidebar").get_by_role("combobox", name=re.compile(f"{box}"))
        field.fill(value)
        page.get_by_role("option", name=value, exact=True).click()


def test_from_an_export_to_a_shared_link(own_app: str, visitor: Visitor) -> None:
    page = visitor()
    import_reviews(page, own_app, EXPORT, "Google")
    report = facts(page)
    added = int(report["Neu"].replace(".", ""))
    assert added > 0
    expect(page.get_by_text("Die Demodaten sind jetzt entfernt.")).to_be_visible()

    page.get_by_role("link", name="Zum Lagebild").click()
    settled(page)
    page.wait_for_function("document.querySelector('.cx-head h1')?.innerText === 'Lagebild'")
    assert n_of(headline(page)) == added, "the demo is gone, and only what was imported counts"
    expect(page.get_by_text("Fiktive Demodaten")).to_have_count(0)

    choose(page, "Kanal", "Google")
    assert "channels=Google" in page.url
    assert "Kanal: Google" in headline(page)
    assert n_of(headline(page)) == added

    with rerun(page):
        click_first_row(page, "chart_pillars")
    assert headline(page).startswith("Stimmen")
    assert "pillars=" in page.url
    assert "Kanal: Google" in headline(page)
    voices = page.locator(".cx-voice-text")
    expect(voices.first).to_be_visible()

    other = visitor()
    other.goto(page.url)
    settled(other)
    assert headline(other) == headline(page)
    assert other.locator(".cx-voice-text").all_inner_texts() == voices.all_inner_texts()


def click_first_row(page: Page, chart: str) -> None:
    """Click the first row of a chart; the whole row takes the click."""
    row = page.locator(f".st-key-{chart} svg.marks .mark-rect path[aria-label]").first
    row.evaluate("row => row.scrollIntoView({block: 'center'})")
    row.click()


def test_a_link_to_the_overview_shows_the_same_numbers(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(app)
    settled(page)
    whole = tiles(page)
    choose(page, "Kanal", "Telefon")
    assert tiles(page) != whole
    other = visitor()
    other.goto(page.url)
    settled(other)
    assert headline(other) == headline(page)
    assert tiles(other) == tiles(page)


def test_the_filter_stays_on_the_way_through_the_pages(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/?channels=Filiale")
    settled(page)
    n = n_of(headline(page))
    for name in ("Treiber", "Stimmen", "Datenbestand", "Lagebild"):
        with rerun(page):
            go_to(page, name)
        assert headline(page).startswith(name)
        assert "channels=Filiale" in page.url
        assert (
            page.get_by_test_id("stMultiSelect").count() == 0 if name == "Datenbestand" else n_of(headline(page)) == n
        )


def test_a_bad_file_gets_a_german_sentence(app: str, visitor: Visitor) -> None:
    page = visitor()
    load(
        page, app, {"name": "bild.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40}
    )
    said = page.get_by_test_id("stAlert")
    expect(said).to_contain_text("bild.csv", timeout=SECONDS)
    assert re.search(r"\b(Sie|die|ist)\b", said.inner_text())
    assert "Traceback" not in page.content()
    expect(page.get_by_role("button", name=re.compile("importieren"))).to_have_count(0)


def test_a_file_is_imported_once_and_taken_back(own_app: str, visitor: Visitor) -> None:
    page = visitor()
    import_reviews(page, own_app, OWN, "Google")
    assert facts(page)["Neu"] == facts(page)["Zeilen der Datei"] == "40"

    import_reviews(page, own_app, OWN, "Google")
    assert facts(page)["Neu"] == "0"
    assert facts(page)["Unverändert"] == "40"

    page.get_by_role("link", name="Zum Datenbestand").click()
    settled(page)
    page.get_by_role("button", name="Zurücknehmen").last.click()
    page.get_by_role("button", name="Ja, zurücknehmen").click()
    expect(page.get_by_role("button", name="Wiederherstellen")).to_have_count(1, timeout=SECONDS)
    go_to(page, "Lagebild")
    expect(page.get_by_role("heading", name="Noch keine Daten")).to_be_visible(timeout=SECONDS)

    go_to(page, "Datenbestand")
    page.get_by_role("button", name="Wiederherstellen").click()
    expect(page.get_by_role("button", name="Zurücknehmen", exact=True)).to_have_count(2, timeout=SECONDS)
    go_to(page, "Lagebild")
    page.wait_for_function("document.querySelector('.cx-head h1')?.innerText === 'Lagebild'")
    assert n_of(headline(settled(page))) == 40


def test_a_search_finds_words_and_a_voice_opens_whole(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/stimmen")
    settled(page)
    with rerun(page):
        box = page.get_by_placeholder("Wort oder Wortfolge")
        box.fill("Paket")
        box.press("Enter")
    assert "words=Paket" in page.url
    page.get_by_role("button", name="Ganzes Feedback").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".cx-whole").first).to_be_visible(timeout=SECONDS)
    expect(dialog).to_contain_text(re.compile("paket", re.IGNORECASE), timeout=SECONDS)


def test_the_voices_are_downloaded_as_a_table(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/stimmen?channels=Telefon&pillars=resolution&labels=negative")
    settled(page)
    with page.expect_download(timeout=SECONDS) as waiting:
        page.get_by_role("button", name="CSV").click()
    lines = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Datum;Kanal")
    assert len(lines) > 10
    assert all(";Telefon;" in line for line in lines[1:] if re.match(r"\d\d\.\d\d\.\d{4};", line))
