"""What tests of several folders share."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

import cx
from cx import language

ROOT = Path(__file__).parents[1]

# As in the app (cx/ui/__init__.py), read when numpy is loaded, which is later: two of these runs share two cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A property is true or false however busy the machine is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def speaking_german() -> Iterator[None]:
    """Every test starts in German and leaves no other language behind."""
    language.use("de")
    yield
    language.use("de")


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A database with the demo data, made once for all that test at the same time; never opened, only copied."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demo"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            making = tmp_path_factory.mktemp("making")
            workspace = cx.open(making / "cx.duckdb")
            workspace.load_demo()
            workspace.close()
            making.rename(folder)
    return folder / "cx.duckdb"


@pytest.fixture(scope="session")
def demo_copied(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a copy of the demo database in a folder of its own."""

    def copied() -> Path:
        folder = tmp_path_factory.mktemp("copy")
        shutil.copytree(demo_file.parent, folder, dirs_exist_ok=True)
        return folder / demo_file.name

    return copied


@pytest.fixture
def demo_copy(demo_copied: Callable[[], Path]) -> Path:
    """A copy of the demo database for one test."""
    return demo_copied()
