"""The hand-labelled texts: the corpus with its fixed test split (data/corpus), and the challenge set, by phenomenon of German."""

import csv
import hashlib
from pathlib import Path

import pandas as pd

from cx.errors import FileError
from cx.language import _

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data" / "corpus" / "statements.tsv"
CHALLENGE = ROOT / "tests" / "text" / "challenge.tsv"
TEST_SHARE = 51  # a text whose SHA-256 begins with a smaller byte is in the test split: one in five


def is_test(text: str) -> bool:
    """Whether a statement of the corpus belongs to the fixed test split, of which nothing is ever learned."""
    return hashlib.sha256(text.encode()).digest()[0] < TEST_SHARE


def statements(path: Path = SHIPPED) -> pd.DataFrame:
    """The corpus: polarity (neg, neu, pos, mix), pillars, touchpoints ("key:polarity,…"), industry, text, test (bool)."""
    frame = _read(path)
    return frame.assign(test=[is_test(text) for text in frame["text"]])


def challenge(path: Path = CHALLENGE) -> pd.DataFrame:
    """The challenge set: phenomenon, text, label (of cx.model.kpi.Label). Raises FileError where it is not there."""
    return _read(path)


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
    except OSError as error:
        message = _(
            "Die Datei „{name}“ liegt nicht bei dieser Installation. Ohne sie lässt sich hier nichts messen; sie steht im "
            "Quelltext von CX-Explorer."
        )
        raise FileError(message.format(name=path.name)) from error
