"""What tests of several folders share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cx import language

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def speaking_german() -> Iterator[None]:
    """Every test starts in German and leaves no other language behind."""
    language.use("de")
    yield
    language.use("de")
