"""A query of one's own, the SQL behind a number, and the notebook of a page, as a visitor meets them."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.reading import SECONDS, settled

Visitor = Callable[..., Page]


def test_a_query_is_written_run_and_taken_along(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/abfrage?channels=App")
    settled(page)
    page.locator(".st-key-abfrage_query textarea").fill("SELECT DISTINCT channel, '=1+1' AS formula FROM auswahl")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="1 Zeile", exact=True)).to_be_visible(timeout=SECONDS)
    assert page.locator(".st-key-abfrage_answer [data-testid=stElementToolbar]:visible").count() == 0
    with page.expect_download() as taken:
        page.locator(".st-key-abfrage_csv button").click()
    assert Path(taken.value.path()).read_text(encoding="utf-8-sig").splitlines() == ["channel;formula", "App;'=1+1"]
    page.locator(".st-key-abfrage_query textarea").fill("SELECT * FROM reject")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("lässt sich hier nicht abfragen")).to_be_visible(timeout=SECONDS)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_sql_of_a_number_is_one_click_away_and_runs_on_the_page_of_queries(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/?channels=App")
    settled(page)
    page.get_by_role("button", name="SQL").first.click()
    code = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first
    expect(code).to_contain_text("'channels': ['App']", timeout=SECONDS)
    query = code.inner_text()
    page.goto(f"{app}/abfrage?channels=App")
    settled(page)
    page.locator(".st-key-abfrage_query textarea").fill(query)
    page.get_by_role("button", name="Ausführen").click()
    expect(page.locator(".st-key-abfrage_answer")).to_be_visible(timeout=SECONDS)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_a_page_is_taken_along_as_a_notebook(app: str, visitor: Visitor) -> None:
    page = visitor()
    page.goto(f"{app}/?channels=App")
    settled(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Diese Seite als Notebook").click()
    assert taken.value.suggested_filename == "cx_lagebild.ipynb"
    cells = json.loads(Path(taken.value.path()).read_text(encoding="utf-8"))["cells"]
    assert len(cells) >= 6
    assert "channels=('App',)" in "".join(cells[1]["source"])
