"""Zeitverlauf in a browser: a point leads to its month, another measure to its course."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.reading import headline, rerun, settled

Visitor = Callable[..., Page]
RIGHT = 6  # pixels from the edge of the chart to its last point


def test_the_last_point_leads_to_the_lagebild_of_its_month(app: str, visitor: Visitor) -> None:
    page = visitor(1440)
    page.goto(f"{app}/zeitverlauf?channels=Telefon&measure=resolution")
    settled(page)
    page.get_by_role("button", name="NPS: seit Ende Juli 2026").click()
    settled(page)
    assert "measure" not in page.url  # NPS is what the address means by itself
    box = page.get_by_test_id("stVegaLiteChart").first.bounding_box()
    with rerun(page):
        page.mouse.click(box["x"] + box["width"] - RIGHT, box["y"] + box["height"] / 2)
    assert headline(page).startswith("Lagebild")
    assert "Oktober 2026" in headline(page)
    assert "Kanal: Telefon" in headline(page)
