"""Every page at rest: at two widths, on both grounds, without data."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.browser.reading import CHARTS, OVERFLOW, PAGES, SECONDS, headline, overflow, rerun, settled, tiles
from tests.browser.serving import served

Visitor = Callable[..., Page]
TITLES = {
    "lagebild": "Lagebild",
    "treiber": "Treiber",
    "stimmen": "Stimmen",
    "methode": "Methode",
    "daten_laden": "Daten laden",
    "datenbestand": "Datenbestand",
    "nachgerechnet": "Nachgerechnet",
    "saeulen": "Säulen",
    "touchpoints": "Touchpoints",
    "modelle": "Modelle",
    "kanaele": "Kanäle",
    "zeitverlauf": "Zeitverlauf",
    "themen": "Themen",
    "gewichtung": "Gewichtung",
    "abfrage": "Abfrage",
}
DARK, LIGHT_INK = "rgb(15, 23, 42)", "rgb(241, 245, 249)"


def test_every_page_of_the_app_is_looked_at() -> None:
    assert set(PAGES) == {path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py")}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_says_no_error_and_is_dark_where_the_system_is(app: str, visitor: Visitor, name: str) -> None:
    page = visitor(1440)
    page.goto(f"{app}/{PAGES[name]}")
    settled(page)
    assert headline(page).startswith(TITLES[name])
    assert "Traceback" not in page.content()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(CHARTS[name])
    assert overflow(page) <= 0
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", DARK, timeout=SECONDS)
    expect(page.locator(".cx-head h1")).to_have_css("color", LIGHT_INK, timeout=SECONDS)
    settled(page)
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(CHARTS[name])
    page.wait_for_function(f"({OVERFLOW})() <= 0", timeout=SECONDS)  # charts follow the window one by one


ENGLISH = (
    "[aria-label='Open'], [aria-label='Clear all'], [aria-label='App pages'], [aria-label='Navigate to home page']"
)
CLICKED = "[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stButton], [class*='st-key-under_']"
A4 = {"width": 794, "height": 1123}  # pixels at 96 per inch


def test_the_front_end_speaks_german_and_a_page_is_printed_whole(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/lagebild?channels=App")  # the first page under its own name
    settled(page)
    assert headline(page).startswith("Lagebild")
    expect(page.get_by_role("dialog")).to_have_count(0)  # a page that does not exist is told in one
    expect(page.get_by_role("navigation", name="Seiten")).to_be_visible()
    expect(page.locator(ENGLISH)).to_have_count(0)
    page.get_by_test_id("stSidebar").get_by_role("combobox", name="Säule").fill("gibt es nicht")
    expect(page.get_by_role("listbox")).to_have_text("Nichts gefunden")
    page.keyboard.press("Escape")

    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    for part in page.locator(CLICKED).all():
        expect(part).to_be_hidden()
    page.wait_for_function(f"({OVERFLOW})() <= 0", timeout=SECONDS)
    charts = page.locator(".stVegaLiteChart")
    expect(charts).to_have_count(CHARTS["lagebild"])
    for chart in charts.all():
        expect(chart).to_have_css("break-inside", "avoid")
        place = chart.locator("svg.marks").bounding_box()
        assert place["x"] >= 0 and place["x"] + place["width"] <= A4["width"] and place["height"] < A4["height"]
        _left, _top, width, height = map(float, chart.locator("svg.marks").get_attribute("viewBox").split())
        assert abs(place["height"] / place["width"] - height / width) < 0.01  # no white where it was drawn wider
    for heading in page.locator(".stElementContainer:has(.cx-section)").all():
        expect(heading).to_have_css("break-after", "avoid")


def test_a_page_that_does_not_exist_is_told_in_german(app: str, visitor: Visitor, watch: Watch) -> None:
    page = visitor()
    page.goto(f"{app}/gibt_es_nicht")
    expect(page.get_by_role("dialog")).to_contain_text("Diese Seite gibt es nicht", timeout=SECONDS)
    assert headline(settled(page)).startswith("Lagebild")
    assert all(said.startswith("The page that you have requested does not seem to exist") for said in watch.errors)
    watch.errors.clear()  # the front end's own notes in the console


def test_the_language_is_switched_by_a_click_and_stays(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(app)
    settled(page)
    german = tiles(page)
    with rerun(page):
        page.get_by_role("radio", name="English").or_(page.get_by_text("English", exact=True)).first.click()
    assert headline(page).startswith("Overview")
    assert tiles(page) != german
    with rerun(page):
        page.get_by_role("link", name="Drivers").click()
    assert headline(page).startswith("Drivers")
    assert "lang=en" in page.url


@pytest.mark.parametrize("name", ["lagebild", "stimmen", "abfrage"])
def test_without_data_a_page_says_what_is_missing(visitor: Visitor, name: str, empty_app: str) -> None:
    page = visitor()
    page.goto(f"{empty_app}/{PAGES[name]}")
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("heading", name="Noch keine Daten")).to_be_visible()
    with rerun(page):
        page.get_by_role("button", name="Daten laden").click()
    assert headline(page).startswith("Daten laden")


def test_a_foreign_address_shows_a_page_and_no_error(app: str, visitor: Visitor) -> None:
    page = visitor()
    nonsense = "start=0001-01-01&end=9999-12-31&rating_min=nan&channels=%27%3BDROP~<script>&lang=xx&page=-7&kpi=%00"
    page.goto(f"{app}/?{nonsense}")
    settled(page)
    assert "Traceback" not in page.content()
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.fixture
def closed_app(demo_copy: Path) -> Iterator[str]:
    """The address of an app that may only be looked at. It ends after its visitors: a page left alone complains."""
    with served(demo_copy, CX_EDIT="0") as address:
        yield address


def test_a_shared_app_only_shows(closed_app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{closed_app}/daten_laden")
    settled(page)
    expect(page.get_by_text("zum Ansehen da")).to_be_visible()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_have_count(0)
    expect(page.get_by_role("button", name="Zurücknehmen")).to_have_count(0)
