"""A browser, the real app on a free port, and a watch over everything a page says and asks for."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

import cx
from tests.browser import chromium, serving

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
OUTCOME = pytest.StashKey[bool]()


@dataclass
class Watch:
    """What the pages of one test did that they should not."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    requests: int = 0

    def over(self, page: Page) -> Page:
        """Listen to `page` and to all that it opens."""
        page.on("request", lambda request: self._asked(request.url))
        page.on("response", self._answered)
        page.on("popup", self.over)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._said)
        page.on("websocket", lambda socket: self._asked(socket.url))
        return page

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):  # see _answered
            self.errors.append(message.text)

    def _answered(self, response: Response) -> None:
        # Opened at /treiber, Streamlit's front end first asks whether the app lives there: /treiber/_stcore/… is not found.
        searching = (
            response.status == 404 and urlsplit(response.url).path.count("/") > 2 and "/_stcore/" in response.url
        )
        if response.status >= 400 and not searching:
            self.errors.append(f"{response.status} {response.url}")

    def _asked(self, url: str) -> None:
        self.requests += 1
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname not in LOOPBACK:
            self.foreign.append(url)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[OUTCOME] = report.failed
    return report


@pytest.fixture(scope="session")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """What all visitors share: the files of the front end, loaded once. A session of the app belongs to a page."""
    with chromium.remembering(tmp_path_factory.mktemp("profile"), locale="de-DE") as shared:
        yield shared


@pytest.fixture(scope="session")
def app(demo_copied: Callable[[], Path]) -> Iterator[str]:
    """The address of an app with the demo data that tests only look at."""
    with serving.served(demo_copied()) as address:
        yield address


@pytest.fixture
def own_app(demo_copy: Path) -> Iterator[str]:
    """The address of an app of this test alone, which may change its data."""
    with serving.served(demo_copy) as address:
        yield address


@pytest.fixture(scope="session")
def empty_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app without any data."""
    path = tmp_path_factory.mktemp("empty") / "cx.duckdb"
    cx.open(path).close()
    with serving.served(path) as address:
        yield address


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def visitor(context: BrowserContext, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens a page. At the end nothing foreign was asked for and nothing complained."""

    def opened(width: int = 1440, height: int = 900) -> Page:
        page = watch.over(context.new_page())
        page.set_viewport_size({"width": width, "height": height})
        return page

    first, *_ = context.pages  # the browser's own, which keeps it running
    yield opened
    visited = [page for page in context.pages if page != first]
    if request.node.stash.get(OUTCOME, True):
        _keep_screenshots(visited, request.node.name)
    for page in visited:
        page.close()
    assert watch.foreign == []
    assert watch.errors == []
    assert watch.requests > 0


def _keep_screenshots(pages: list[Page], name: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="cx-screenshots-"))
    for position, page in enumerate(pages):
        path = folder / f"{name.replace('/', '_')[:80]}-{position}.png"
        page.screenshot(path=path, full_page=True)
        print(f"Screenshot of the failure: {path}")
