"""Shares are typed in a browser, must be whole, and travel with the address."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.reading import settled

Visitor = Callable[..., Page]


def enter(page: Page, value: str, share: str) -> None:
    field = page.get_by_label(f"{value}, in %")
    field.fill(share)
    field.press("Enter")
    page.wait_for_timeout(300)  # the rerun begins
    settled(page)


def test_known_shares_are_typed_and_travel_with_the_address(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/gewichtung")
    settled(page)
    enter(page, "Telefon", "30,0")
    expect(page.get_by_role("heading", name="Die Anteile ergeben")).to_be_visible()
    enter(page, "Webshop", "15,3")
    expect(page.get_by_text("Designeffekt 1,")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(1)
    expect(page).to_have_url(re.compile("Webshop%22%3A15.3"))
    settled(page)
    other = visitor()
    other.goto(page.url)
    settled(other)
    assert other.get_by_label("Telefon, in %").input_value() == "30,0"
    assert other.locator(".st-key-weights").inner_text() == page.locator(".st-key-weights").inner_text()
