"""What a page shows, once it has come to rest."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

PAGES = {
    "lagebild": "",
    "treiber": "treiber",
    "stimmen": "stimmen",
    "methode": "methode",
    "daten_laden": "daten_laden",
    "datenbestand": "datenbestand",
    "nachgerechnet": "nachgerechnet",
    "saeulen": "saeulen",
    "touchpoints": "touchpoints",
    "modelle": "modelle",
    "kanaele": "kanaele",
    "zeitverlauf": "zeitverlauf",
    "themen": "themen",
    "gewichtung": "gewichtung",
    "abfrage": "abfrage",
}
CHARTS = {  # charts that a page draws at first with the demo data
    "lagebild": 4,
    "treiber": 2,
    "stimmen": 0,
    "methode": 7,
    "daten_laden": 0,
    "nachgerechnet": 0,
    "saeulen": 2,
    "touchpoints": 2,
    "modelle": 1,
    "kanaele": 4,
    "zeitverlauf": 2,
    "themen": 1,
    "gewichtung": 1,
    "abfrage": 0,
    "datenbestand": 0,
}
AT_REST = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const charts = [...document.querySelectorAll('[data-testid=stVegaLiteChart]')];
    return app && app.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED'
        && document.querySelector('.cx-head') !== null
        && !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]')
        && charts.every(chart => chart.querySelector('svg.marks, canvas') !== null);
}"""
OVERFLOW = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    return Math.max(document.documentElement.scrollWidth - window.innerWidth, main.scrollWidth - main.clientWidth);
}"""
SECONDS = 120_000  # milliseconds that a page may take on a busy machine


def settled(page: Page) -> Page:
    """Wait until the script has run, nothing is loading and every chart is drawn."""
    page.wait_for_function(AT_REST, timeout=SECONDS)
    page.wait_for_timeout(300)  # the address is written, and a rerun that a widget asks for begins
    page.wait_for_function(AT_REST, timeout=SECONDS)
    return page


def go_to(page: Page, name: str) -> None:
    """Click a page of the navigation on top, where need be in the menu that holds it."""
    direct = page.get_by_test_id("stTopNavLink").filter(has_text=name)
    if direct.count():
        direct.click()
        return
    listed = page.get_by_test_id("stTopNavDropdownLink").filter(has_text=name)
    for menu in page.get_by_test_id("stTopNavSection").all():
        menu.click()
        page.get_by_test_id("stTopNavPopoverBody").wait_for()
        if listed.count():
            listed.click()
            return
        page.keyboard.press("Escape")
    raise LookupError(f"no page is called {name}")


@contextmanager
def rerun(page: Page) -> Iterator[None]:
    """Wait until what the block does has led to another state of the page's top line."""
    before = headline(page)
    yield
    page.wait_for_function(
        "before => document.querySelector('.cx-head')?.innerText !== before", arg=before, timeout=SECONDS
    )
    settled(page)


def headline(page: Page) -> str:
    """Title and grey line: period, filters, n."""
    return page.locator(".cx-head").inner_text()


def tiles(page: Page) -> list[str]:
    """The key figures as they are written."""
    return page.locator(".cx-tile").all_inner_texts()


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window; 0 or less is good."""
    return int(page.evaluate(OVERFLOW))
