"""Säulen and Touchpoints in a browser: a cell, a month and a phase lead to their voices; a model stays in the address."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.reading import headline, rerun, settled

Visitor = Callable[..., Page]


def click_mark(page: Page, chart: str, label: str) -> None:
    """Click the mark of a chart whose spoken label holds `label`; the invisible cell on top takes the click."""
    mark = page.locator(f".st-key-chart_{chart} svg.marks .mark-rect path[aria-label*='{label}']").last
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    mark.click()


def test_a_cell_and_a_month_lead_to_their_voices(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/saeulen")
    settled(page)
    with rerun(page):
        click_mark(page, "pillar_channels", "Spalte: Marktplatz")
    assert headline(page).startswith("Stimmen")
    assert "channels=Marktplatz" in page.url
    assert "pillars=" in page.url
    expect(page.locator(".cx-voice-text").first).to_be_visible()
    page.goto(f"{app}/saeulen")
    settled(page)
    with rerun(page):
        click_mark(page, "pillar_months", "Monat: März 2026")
    assert "start=2026-03-01&end=2026-03-31" in page.url
    assert "pillars=" in page.url


def test_a_phase_of_the_journey_leads_to_the_voices_of_its_touchpoints(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/touchpoints?across=channels")
    settled(page)
    with rerun(page):
        click_mark(page, "journey", "Name: Erhalten")
    assert headline(page).startswith("Stimmen")
    assert "touchpoints=delivery" in page.url
    assert "packaging" in page.url


def test_a_model_is_chosen_and_stays_in_the_address(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/modelle")
    settled(page)
    page.get_by_role("radio", name="UX und CX").or_(page.get_by_text("UX und CX", exact=True)).first.click()
    expect(page.get_by_text("Punkt: Oberfläche (UX)")).to_be_visible(timeout=60_000)
    settled(page)
    assert "lens=ux" in page.url
