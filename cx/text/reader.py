"""What a notebook calls: the reader on a list of texts, in memory, by the same queries as the app."""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache

import pandas as pd
import pyarrow as pa

from cx.errors import AskError
from cx.language import _
from cx.store import Session, Store, sql
from cx.text import engines as named
from cx.text import languages, lexicon, reading, weights, words
from cx.text.adjusting import NONE, Adjustment
from cx.text.engines import OURS
from cx.text.german import TOKEN
from cx.text.reading import QUERIES, read

CHUNK = 50_000  # texts read at once; more costs memory, not time
WORDS_KEPT = 500_000  # of the vocabulary in memory, before the reader starts anew


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
    return _chunked(texts, "analysed")


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
    told = {n: v for n, v in reading.numbers(words.shipped()).items() if n == "doubt" or n.startswith("judging_")}
    return _chunked(texts, "explained", adjustment, token=TOKEN, **told)


def language(texts: Sequence[str | None]) -> pd.Series:
    """The language of each text, in order: "de", or the code of what it is instead ("en", "fr" …); None without text.

    Only German is read: `sentiment` gives NaN and None for any other language.
    """
    found = _chunked(texts, "spoken")["language"].astype(object)
    return found.where(found.notna(), None)


def engines() -> tuple[str, ...]:
    """The names that `engine=` takes, ours first. Raises AskError where CX_ENGINES names what cannot be loaded."""
    return named.names()


class Ours:
    """The engine of CX-Explorer."""

    name = OURS

    def sentiment(self, texts: Sequence[str | None]) -> pd.DataFrame:
        """One row per text, in order: polarity −1…1 (NaN without text), label (None without text)."""
        found = _chunked(texts, "sentiment")
        labels = found["label"].astype(object)
        return pd.DataFrame(
            {"polarity": found["polarity"].astype("float64"), "label": labels.where(labels.notna(), None)}
        )


def _chunked(
    texts: Sequence[str | None], query: str, adjustment: Adjustment = NONE, **parameters: object
) -> pd.DataFrame:
    texts = list(texts)
    frames = []
    with _READER.session() as session:
        for first in range(0, max(len(texts), 1), CHUNK):
            with session.given("given_text", given(texts[first : first + CHUNK], first)):
                session.run("CREATE OR REPLACE TEMP TABLE text_input AS FROM given_text")
            read(session, adjustment=adjustment)
            frames.append(session.frame(sql(QUERIES / f"{query}.sql"), **parameters))
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


class _Reader:
    """One database in memory for the process, so that its vocabulary is learnt once. One call at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: tuple[ExitStack, Session] | None = None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The one session, with what it has learnt; others wait."""
        with self._lock:
            if self._open is None:
                stack = ExitStack()
                self._open = stack, stack.enter_context(_memory().reading())
            yield self._open[1]
            self._forget()

    def _forget(self) -> None:
        assert self._open is not None
        stack, session = self._open
        if session.value("SELECT count(*) FROM vocabulary") > WORDS_KEPT:
            stack.close()
            self._open = None


@cache
def _memory() -> Store:
    return Store()


_READER = _Reader()
