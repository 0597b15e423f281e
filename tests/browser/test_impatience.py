"""Impatient visitors: a double click, a reload in the middle of an import, two tabs, the browser's back button."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.reading import SECONDS, go_to, headline, settled
from tests.browser.test_journey import facts, load, n_of

ROWS = 1_500


def export(name: str) -> dict[str, Any]:
    """A file that takes a moment to read."""
    rows = "".join(
        f"{1 + n % 28:02d}.03.2026;Web;{1 + n % 5};Lieferung {name} {n} war gut verpackt.\n" for n in range(ROWS)
    )
    return {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": f"Datum;Kanal;Sterne;Kommentar\n{rows}".encode()}


def ready(page: Page, app: str, name: str) -> None:
    """The file is given and the button to import it waits."""
    load(page, app, export(name))
    expect(page.get_by_text(f"Erkannt: {name}.csv")).to_be_visible(timeout=SECONDS)
    settled(page)


def test_whoever_is_impatient_loses_nothing_and_imports_nothing_twice(
    own_app: str, visitor: Callable[..., Page]
) -> None:
    page, other = visitor(), visitor()
    ready(page, own_app, "eins")
    other.goto(own_app)
    settled(other)
    page.get_by_role("button", name=re.compile("Zeilen importieren")).dblclick()
    expect(page.get_by_text("Import abgeschlossen")).to_be_visible(timeout=SECONDS)
    assert facts(settled(page))["Neu"] == "1.500"

    ready(page, own_app, "zwei")
    page.get_by_role("button", name=re.compile("Zeilen importieren")).click(no_wait_after=True)
    page.wait_for_timeout(400)
    page.reload()
    settled(page)
    other.reload()
    n = n_of(headline(settled(other)))
    assert n in (ROWS, 2 * ROWS), "an upload is whole or absent"
    page.goto(f"{own_app}/datenbestand")
    settled(page)
    uploads = page.locator(".cx-upload").all_inner_texts()
    assert [re.search(r"[\d.]+ neu", each)[0] for each in uploads] == ["1.500 neu"] * len(uploads)
    assert len(uploads) in (1, 2)

    other.goto(f"{own_app}/?channels=Web")
    settled(other)
    go_to(other, "Treiber")
    other.wait_for_function("document.querySelector('.cx-head h1')?.innerText === 'Treiber'", timeout=SECONDS)
    settled(other)
    other.go_back()  # the page without its filters, to which the app has added them
    other.go_back()
    other.wait_for_function("document.querySelector('.cx-head h1')?.innerText === 'Lagebild'", timeout=SECONDS)
    assert "Kanal: Web" in headline(settled(other))
    for tab in (page, other):
        expect(tab.get_by_test_id("stAlert")).to_have_count(0)
        assert "Traceback" not in tab.content()
