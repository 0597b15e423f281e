"""docs/screenshots/ from the running app with the demo data: every page at 1440 and 390 px, the Lagebild dark too."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser

import cx
from tests.browser import chromium, reading, serving

TARGET = Path(__file__).parents[1] / "docs" / "screenshots"
SIZES = {1440: 900, 390: 844}
TALLEST = 3_200


def main() -> None:
    """Draw all of them anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "cx.duckdb"
        workspace = cx.open(database)
        workspace.load_demo()
        workspace.close()
        with serving.served(database) as address, chromium.started() as browser:
            for width in SIZES:
                for name, path in reading.PAGES.items():
                    take(browser, f"{address}/{path}", width, "light", TARGET / f"{name}-{width}.png")
                take(browser, address, width, "dark", TARGET / f"lagebild-{width}-dark.png")


def take(browser: Browser, address: str, width: int, scheme: str, target: Path) -> None:
    """One page: what fits the window at desktop width, the whole page on a phone."""
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme, locale="de-DE", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    reading.settled(page)
    if width < 600:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
        reading.settled(page)
    page.wait_for_timeout(1_000)  # fonts and transitions
    page.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    main()
