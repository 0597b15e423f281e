"""Daten laden in a browser: an upload learns from its stars, Stimmen shows the learned part, and it is taken back."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import cx
from tests.browser import serving
from tests.browser.reading import SECONDS, overflow, settled


def ratings(n: int = 520) -> bytes:
    """Texts whose invented words go with the stars."""
    chance, lines = random.Random(0), ["Kommentar;Sterne"]
    for number in range(n):
        good = chance.random() < 0.5
        lines.append(f"Die Tube {'quendelt' if good else 'mockelt'} im Bad. Nummer {number}.;{5 if good else 1}")
    return "\n".join(lines).encode()


@pytest.fixture
def rated_app(tmp_path: Path) -> Iterator[str]:
    workspace = cx.open(tmp_path / "cx.duckdb")
    workspace.import_file(ratings(), name="tuben.csv")
    workspace.close()
    with serving.served(tmp_path / "cx.duckdb") as address:
        yield address


def test_an_upload_learns_from_its_stars_and_forgets_again(rated_app: str, visitor: Callable[..., Page]) -> None:
    page = visitor(width=390)
    page.goto(f"{rated_app}/datenbestand")
    settled(page)
    page.get_by_text("Aus den eigenen Sternen lernen").click()
    page.get_by_role("button", name="Prüfen").click()
    expect(page.get_by_text("Gesichert: Texte, aus denen nicht gelernt wurde")).to_be_visible(timeout=SECONDS)
    settled(page)
    assert overflow(page) <= 0
    page.get_by_role("button", name="Anwenden").click()
    expect(page.get_by_text("gelernt aus 520 bewerteten Texten")).to_be_visible(timeout=SECONDS)
    settled(page)

    voices = visitor()
    voices.goto(f"{rated_app}/stimmen?words=quendelt")
    settled(voices)
    mark = voices.locator("mark", has_text="quendelt").first
    assert "davon aus den eigenen Sternen gelernt: +" in (mark.get_attribute("title") or "")

    page.get_by_role("button", name="Gelerntes zurücknehmen").click()
    expect(page.get_by_text("gelernt aus 520 bewerteten Texten")).to_have_count(0, timeout=SECONDS)
    settled(page)
    voices.reload()
    settled(voices)
    expect(voices.locator("mark", has_text="quendelt")).to_have_count(0)
