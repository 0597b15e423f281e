"""A database for each test."""

import pytest

from cx.store import Store


@pytest.fixture
def store() -> Store:
    """An empty database in memory."""
    return Store()
