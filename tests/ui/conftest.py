"""A database with the demo data, one without anything, and the app running on either."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from screen import ROOT, SECONDS, Open
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

import cx
from cx import workspace as workspaces
from cx.ui import data


@pytest.fixture(scope="session")
def full(demo_copied: Callable[[], Path]) -> Iterator[Path]:
    """The demo data for all tests that only look: opened once, and what one has asked is answered for the next as well."""
    path, opened = demo_copied(), workspaces.open
    shared = opened(path)
    made = shared.version()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspaces, "open", lambda *asked: shared if asked == (str(path),) else opened(*asked))
        yield path
    assert shared.version() == made, "a test has written: it needs demo_copy"
    shared.close()


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.duckdb"
    cx.open(path).close()
    return path


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Run the app on a database, on a page, with an address; gives back what the visitor sees."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("CX_EDIT", "1")

    def opened(database: Path, page: str = "lagebild", /, **address: str) -> AppTest:
        monkeypatch.setenv("CX_DATABASE", str(database))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
        for name, value in address.items():
            app.query_params[name] = value
        if page != "lagebild":
            app.switch_page(f"pages/{page}.py")
        return app.run()

    data._opened.clear()
    monkeypatch.setattr(PagesManager, "__init__", _after_the_first_visitor(PagesManager.__init__))
    yield opened
    data._opened.clear()


def _after_the_first_visitor(made: Callable[..., None]) -> Callable[..., None]:
    """Every run of AppTest is like that of a server's first visitor (cx/ui/navigation.py), whose clicks are lost; make it a later one."""

    def init(self: PagesManager, *arguments: object, **named: object) -> None:
        PagesManager.uses_pages_directory = False
        made(self, *arguments, **named)

    return init
