"""What a notebook calls: the reader on a list of texts, in memory, by the same rules as the app."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from cx.errors import AskError
from cx.language import _
from cx.store import Store
from cx.text import engines as named
from cx.text import languages, lexicon, reading, weights
from cx.text.adjusting import NONE, Adjustment
from cx.text.engines import OURS
from cx.text.explaining import explained
from cx.text.reading import Reading, interpret
from cx.text.verdicts import LABELS

CHUNK = 50_000  # texts read at once; more costs memory, not time
Frame = TypeVar("Frame", pd.DataFrame, pd.Series)


def _version() -> str:
    """The rules and a digest of every file that decides how a text is read."""
    rules, digest = lexicon.load().version.split(".")
    everything = digest + weights.load().digest + languages.digest()
    return f"{rules}.{hashlib.sha256(everything.encode()).hexdigest()[:8]}"


MODEL_VERSION = _version()


def sentiment(texts: Sequence[str | None], engine: str = OURS) -> pd.DataFrame:
    """One row per text, in order: polarity (−1…1) and label (negative, neutral, positive, mixed).

    An empty or missing text, and for our engine one in another language than German, has NaN and None. Raises AskError for
    an unknown engine, and where one that was registered goes wrong.
    """
    return named.sentiment(engine, texts, Ours())


def analyse(texts: Sequence[str | None], engine: str = OURS) -> pd.DataFrame:
    """One row per statement and aspect, and one with empty dimension and aspect where a statement names none.

    Columns: text (position in the input), statement (from 0), start, stop (code points of the text), polarity, label,
    dimension ("pillar", "touchpoint", ""), aspect, aspect_polarity (NaN where none). Only our own engine knows
    statements: any other raises AskError.
    """
    if engine != OURS:
        raise AskError(_("„{engine}“ kennt nur ganze Texte. Aussagen und Themen liest nur „cx“.").format(engine=engine))
    return _chunked(texts, analysed)


def explain(text: str) -> pd.DataFrame:
    """What each word adds: the polarity rows sum to the polarity of the text and of each statement, exactly.

    Columns: statement, start, stop (code points of the text, first to last word), word (as written, "" for the statement as
    a whole), rule, dimension ("polarity", "pillar", "touchpoint", "judging"), aspect, contribution (to the polarity of the
    whole text, 0 outside of the polarity), within (to the polarity of the statement, in rows of aspects of the mention),
    naming (to the score by which a statement counts as judging and names an aspect: from 0 on it does). An empty text and
    one that is no German have no rows.
    """
    return explain_many([text]).drop(columns="text")


def explain_many(texts: Sequence[str | None], adjustment: Adjustment = NONE) -> pd.DataFrame:
    """`explain` for each of `texts`, with a column `text`: the position in the input.

    With the `adjustment` of an upload its part has rows of their own, of the rule "learned_here".
    """
    return _chunked(texts, explained, adjustment)


def language(texts: Sequence[str | None]) -> pd.Series:
    """The language of each text, in order: "de", or the code of what it is instead ("en", "fr" …); None without text.

    Only German is read: `sentiment` gives NaN and None for any other language.
    """
    return _chunked(texts, lambda read: pd.Series(read.language, dtype=object, name="language"))


def engines() -> tuple[str, ...]:
    """The names that `engine=` takes, ours first. Raises AskError where CX_ENGINES names what cannot be loaded."""
    return named.names()


class Ours:
    """The engine of CX-Explorer."""

    name = OURS

    def sentiment(self, texts: Sequence[str | None]) -> pd.DataFrame:
        """One row per text, in order: polarity −1…1 (NaN without text), label (None without text)."""
        return _chunked(texts, polarities)


def polarities(read: Reading) -> pd.DataFrame:
    """One row per feedback: polarity (NaN without one), label (None without one)."""
    labels = np.array([*LABELS, None], object)[read.of_feedbacks.label]
    return pd.DataFrame({"polarity": read.of_feedbacks.polarity, "label": pd.Series(labels, dtype=object)})


def analysed(read: Reading) -> pd.DataFrame:
    """The frame of `analyse`: statements in order, with their mentions by name of the aspect."""
    named = read.mentions.named
    bare = np.flatnonzero(np.bincount(named.statement, minlength=len(read.cut)) == 0)
    statement = np.concatenate((named.statement, bare))
    names = np.array([*read.analyser.weights.aspects, ("", "")], object)
    aspect = np.concatenate((named.aspect, np.full(len(bare), len(names) - 1)))
    rank = np.argsort(np.lexsort((names[:, 1], names[:, 0])))
    order = np.lexsort((rank[aspect], statement))
    statement, aspect = statement[order], aspect[order]
    whole = reading.statements(read).select(["text", "statement", "start", "stop", "polarity", "label"])
    polarity = np.concatenate((read.of_mentions.polarity, np.full(len(bare), np.nan)))
    return (
        whole.take(pa.array(statement))
        .to_pandas()
        .assign(dimension=names[aspect, 0], aspect=names[aspect, 1], aspect_polarity=polarity[order])
        .astype({"dimension": "str", "aspect": "str"})
    )


def _chunked(
    texts: Sequence[str | None],
    made: Callable[[Reading], Frame],
    adjustment: Adjustment = NONE,
) -> Frame:
    """What is `made` of the readings of `texts`, chunk by chunk, one call at a time."""
    texts = list(texts)
    frames = []
    with _READING, _memory().reading() as session:
        for first in range(0, max(len(texts), 1), CHUNK):
            with session.given(text_input=given(texts[first : first + CHUNK], first)):
                frames.append(made(interpret(session, adjustment=adjustment)))
    return pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]


def given(texts: Sequence[str | None], first: int) -> pa.Table:
    """The frame text_input that `read` wants, each text a feedback of its own, numbered from `first`."""
    places = pa.array(range(first, first + len(texts)), pa.int64())
    return pa.table({"text": places, "feedback": places, "body": pa.array([_clean(t) for t in texts], pa.string())})


def _clean(text: str | None) -> str | None:
    """`text` without halves of surrogate pairs, which no database takes; anything but a string is no text."""
    if not isinstance(text, str):
        return None
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def _memory() -> Store:
    """The database that cuts texts."""
    return Store()


_READING = threading.Lock()  # memory for one call at a time
