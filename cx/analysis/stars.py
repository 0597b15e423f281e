"""Words against stars: what ratings speak for beside what the texts were read as."""

from pathlib import Path

import pandas as pd

from cx.model.filter import Filter
from cx.store import Store, sql
from cx.text import quality
from cx.text.engines import OURS
from cx.text.reader import MODEL_VERSION

QUERIES = Path(__file__).with_name("queries")


def against_stars(store: Store, selection: Filter, engine: str, size: int) -> pd.DataFrame:
    """wanted, got (labels), polarity, total (feedbacks that have both), one row per feedback; of more than `size` a fixed sample.

    What our own reader says is stored where the reader is the same and nobody has added to it: that is not read once more.
    """
    standing, corrected = _stored(store) if engine == OURS else ([], [])
    found = store.frame("rated_texts", filter=selection.parameter(), size=size, standing=standing, corrected=corrected)
    wanted, fresh = quality.rated(found["rating"]), found["text"].notna().to_numpy()
    label = found["label"].astype(object)
    known = pd.DataFrame({"wanted": wanted.tolist(), "got": label, "polarity": found["polarity"]})
    if fresh.any():
        read = quality.read(found.loc[fresh, "text"], wanted[fresh], engine)
        known.loc[fresh] = read.set_axis(known.index[fresh])
    return known.assign(total=found["total"])


def _stored(store: Store) -> tuple[list[int], list[int]]:
    """Uploads whose stored verdicts are those of the reader alone, and the feedbacks in them that people have corrected."""
    with store.reading() as session:
        standing = session.frame(sql(QUERIES / "standing.sql"), text_model=MODEL_VERSION)["batch"]
        corrected = session.frame(sql(QUERIES / "corrected.sql"))["feedback"]
    return standing.tolist(), corrected.tolist()
