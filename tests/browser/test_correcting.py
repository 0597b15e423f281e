"""Stimmen in a browser: a statement is corrected and the correction withdrawn; contradictions keep their view."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import cx
from tests.browser import serving
from tests.browser.reading import SECONDS, headline, overflow, settled

Visitor = Callable[..., Page]
FILE = """Kanal;Sterne;Kommentar
Web;1;Wirklich toll und sehr freundlich, alles perfekt.
Telefon;4;Die Beratung war freundlich.
Telefon;2;The parcel arrived two days late and nobody told me.
"""


@pytest.fixture(scope="module")
def voices_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one app for these tests: each leaves the voices as they were."""
    path = tmp_path_factory.mktemp("voices") / "cx.duckdb"
    workspace = cx.open(path)
    workspace.import_file(FILE.encode(), name="voices.csv")
    workspace.close()
    with serving.served(path) as address:
        yield address


def test_a_statement_is_corrected_and_the_correction_withdrawn(voices_app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{voices_app}/stimmen?words=Beratung")
    settled(page)
    page.get_by_role("button", name="Berichtigen").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Die Beratung war freundlich.")).to_be_visible(timeout=SECONDS)
    save = dialog.get_by_role("button", name="Speichern")
    expect(save).to_be_disabled()
    dialog.get_by_role("radio", name="negativ").click()
    expect(save).to_be_enabled(timeout=SECONDS)
    more = dialog.get_by_role("combobox", name="Weitere Säulen und Touchpoints")
    more.fill("Vertrauen")
    page.get_by_role("option", name="Vertrauen", exact=True).click()
    page.keyboard.press("Escape") if page.get_by_role("listbox").count() else None
    expect(dialog.get_by_text("Vertrauen").first).to_be_visible(timeout=SECONDS)
    settled(page)
    save.click()
    expect(page.get_by_text("berichtigt, gelesen: positiv")).to_be_visible(timeout=SECONDS)
    settled(page)
    voice = page.locator(".cx-voice")
    expect(voice).to_have_class("cx-voice cx-edge-negative")
    expect(voice.locator(".cx-chip", has_text="Vertrauen")).to_be_visible()
    expect(voice.locator("mark")).to_have_count(0)

    page.get_by_role("button", name="Berichtigen").click()
    dialog.get_by_role("button", name="Berichtigung zurücknehmen").click()
    expect(page.get_by_text("berichtigt, gelesen: positiv")).to_have_count(0, timeout=SECONDS)
    settled(page)
    expect(voice).to_have_class("cx-voice cx-edge-positive")


def test_contradictions_are_a_view_that_a_link_keeps(voices_app: str, visitor: Visitor) -> None:
    page = visitor(width=390)
    page.goto(f"{voices_app}/stimmen")
    settled(page)
    expect(page.locator(".cx-chip", has_text="Englisch")).to_be_visible()
    page.get_by_role("radio", name="Widersprüche").click()
    expect(page.get_by_text("1 Widerspruch von 2 Feedbacks")).to_be_visible(timeout=SECONDS)
    settled(page)
    assert "view=contradictions" in page.url
    assert overflow(page) <= 0
    expect(page.locator(".cx-voice")).to_have_count(1)
    expect(page.locator(".cx-chip", has_text="1 von 5 Sternen")).to_be_visible()

    other = visitor(width=1440)
    other.goto(page.url)
    settled(other)
    assert overflow(other) <= 0
    assert headline(other) == headline(page)
    expect(other.locator(".cx-voice")).to_have_count(1)


@pytest.fixture
def older_app(tmp_path: Path) -> Iterator[str]:
    """The address of an app whose texts an older reader has read."""
    workspace = cx.open(tmp_path / "cx.duckdb")
    workspace.import_file(FILE.encode(), name="voices.csv")
    with workspace._store.writing() as session:
        session.run("UPDATE batch SET text_model = '0.old'; UPDATE statement SET label = 'mixed', polarity = 0")
    workspace.close()
    with serving.served(tmp_path / "cx.duckdb") as address:
        yield address


def test_texts_of_an_older_reader_are_read_again(older_app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{older_app}/datenbestand")
    settled(page)
    page.get_by_role("button", name="Alle Texte neu lesen").click()
    expect(page.get_by_text("Die Sprachanalyse ist neuer")).to_have_count(0, timeout=SECONDS)
    page.goto(f"{older_app}/stimmen")
    settled(page)
    expect(page.get_by_text("2 positiv, 0 gemischt, 1 in anderen Sprachen")).to_be_visible()
