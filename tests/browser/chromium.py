"""Which Chromium the tests drive, and how it is started."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
STILL = """(() => {
    const rules = ['animation-duration', 'animation-delay', 'transition-duration', 'transition-delay'];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`*, *::before, *::after { ${rules.map(rule => `${rule}: 0s !important`).join('; ')} }`);
    document.adoptedStyleSheets.push(sheet);
})()"""


def executable() -> str | None:
    """The browser named in CX_BROWSER, one of the system, or the one that Playwright has downloaded; None where there is none."""
    candidates = [os.environ.get("CX_BROWSER"), *map(shutil.which, COMMANDS), MACOS]
    found = next((str(path) for path in candidates if path and Path(path).exists()), None)
    if found:
        return found
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    return downloaded if Path(downloaded).exists() else None


def found() -> str:
    """As `executable`; raises FileNotFoundError where there is none."""
    path = executable()
    if path is None:
        raise FileNotFoundError("No Chromium or Chrome found; script/test provides one, CX_BROWSER names one.")
    return path


@contextmanager
def started() -> Iterator[Browser]:
    """A running headless browser; closed at the end of the block."""
    path = found()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def remembering(profile: Path, locale: str) -> Iterator[BrowserContext]:
    """A running headless browser that keeps what it has compiled of the front end in the folder `profile`, as that of a
    visitor who comes again does, and moves nothing: a page then loads in two thirds of the time."""
    path = found()
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=path, args=ARGUMENTS, locale=locale
        )
        context.add_init_script(STILL)
        yield context
        context.close()
