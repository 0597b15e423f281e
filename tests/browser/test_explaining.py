"""The page Methode: a sentence of one's own, opened word by word."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.reading import SECONDS, settled

Visitor = Callable[..., Page]


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("+", "").replace(",", "."))


def test_a_sentence_is_opened_word_by_word(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/methode")
    settled(page)
    field = page.get_by_role("textbox", name="Ein Satz zum Nachrechnen")
    field.fill("Die Hotline war leider überhaupt nicht hilfreich.")
    field.press("Enter")
    expect(page.locator(".cx-said-text")).to_have_text(
        "Die Hotline war leider überhaupt nicht hilfreich.", timeout=SECONDS
    )
    expect(page.locator(".cx-said-score span")).to_have_text("negativ")
    direction = page.locator(".cx-verdict .cx-tally")
    parts = [number(text) for text in direction.locator(".cx-part-amount").all_inner_texts()]
    total = number(direction.locator(".cx-sum b").inner_text())
    assert abs(sum(parts) - total) <= 0.005 * (len(parts) + 1), "the rounded parts re-add"
    assert total == number(page.locator(".cx-said-score b").inner_text()) < 0
    expect(
        page.get_by_role("heading", name="Touchpoint: Erreichbarkeit & Kontakt")
        .or_(page.get_by_role("heading", name="Touchpoint: Kundenservice & Beratung"))
        .first
    ).to_be_visible()

    page.get_by_role("button", name="Wortbildung").click()
    expect(page.locator(".cx-said-score span")).to_have_text("positiv", timeout=SECONDS)
    field.fill("Ce produit est vraiment très mauvais et je ne le recommande pas.")
    field.press("Enter")
    expect(page.get_by_text("Das ist kein Deutsch")).to_be_visible(timeout=SECONDS)
    field.fill("<img src=x onerror=alert(1)> schlecht")
    field.press("Enter")
    expect(page.locator(".cx-said-text")).to_have_text("<img src=x onerror=alert(1)> schlecht", timeout=SECONDS)
    assert page.locator(".cx-said-text img").count() == 0
