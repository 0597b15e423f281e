"""Small files made in the test, and the real exports where they are at hand."""

from pathlib import Path

import pytest

from cx.ingest.reading import Table, read_table

ROOT = Path(__file__).parents[2]
OWN_EXPORT = ROOT / "tests" / "data" / "bewertungen_cp1252.csv"
EXPORTS = ROOT.parent / "shared" / "data" / "exports"
KEY = b"k" * 32


def table_of(text: str, name: str = "umfrage.csv") -> Table:
    """The table of a CSV text."""
    return read_table(text.encode(), name)


def real(name: str) -> Path:
    """The real export `name`; the test is skipped where it is absent."""
    if not (EXPORTS / name).exists():
        pytest.skip(f"{name} is not at ../shared/data/exports")
    return EXPORTS / name
