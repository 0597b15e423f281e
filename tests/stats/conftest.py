"""Small published tables. swiss and mtcars ship with R; their R² is checked before anything else is."""

from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data" / "examples"


@pytest.fixture(scope="session")
def swiss() -> pd.DataFrame:
    """47 provinces, n = 1 each; w = 1 + (row mod 3), rows from 1."""
    table = pd.read_csv(DATA / "swiss.csv")
    return table.assign(n=1, w=1 + (table.index + 1) % 3)


@pytest.fixture(scope="session")
def mtcars() -> pd.DataFrame:
    """32 cars, n = 1 each."""
    return pd.read_csv(DATA / "mtcars.csv").assign(n=1)
