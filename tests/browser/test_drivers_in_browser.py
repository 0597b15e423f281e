"""Treiber in a browser: the part stands in the address, the slider moves the sentence, a click leads to the voices."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.reading import headline, overflow, settled

Visitor = Callable[..., Page]


def test_the_slider_moves_the_sentence_on_a_phone(app: str, visitor: Visitor) -> None:
    page = visitor(390)
    page.goto(f"{app}/treiber?part=what_if")
    settled(page)
    sentence = page.locator(".cx-section h2").last
    before = sentence.inner_text()
    assert "positiv: +" in before
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    expect(sentence).to_contain_text("positiv: −")
    assert overflow(page) <= 0


def test_a_part_chosen_by_a_click_stands_in_the_address(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/treiber")
    settled(page)
    page.get_by_role("radio", name="Effekte").or_(page.get_by_text("Effekte", exact=True)).first.click()
    expect(page.get_by_text("Und wenn „nicht genannt“ als fehlend zählt?")).to_be_visible()
    settled(page)
    assert "part=effects" in page.url
    assert headline(page).startswith("Treiber")
