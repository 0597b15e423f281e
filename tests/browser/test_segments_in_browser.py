"""Kanäle in a browser: a cell leads to what lies behind it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.reading import headline, rerun, settled

Visitor = Callable[..., Page]
WORST_NPS = re.compile(r"^▼\s−\d\d$")  # the only real fall among whole numbers: that of Telefon


def test_the_nps_of_the_telephone_leads_to_its_lagebild(app: str, visitor: Visitor) -> None:
    page = visitor(1440)
    page.goto(f"{app}/kanaele?start=2026-08-01&end=2026-10-31")
    settled(page)
    cell = page.get_by_test_id("stVegaLiteChart").first.locator("text").filter(has_text=WORST_NPS)
    box = cell.bounding_box()
    with rerun(page):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert headline(page).startswith("Lagebild")
    assert "Kanal: Telefon" in headline(page)
    assert "Aug. 2026" in headline(page)
