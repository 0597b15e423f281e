"""What an upload's own ratings have shifted about words: laid over a reading, and the readings to learn it from.

An adjustment is {feature: lean in units of cx.text.weights}. It changes the polarity and the label of statements and feedback, and
nothing else: mentions and pillars are read without it (docs/decisions.md).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import scipy.sparse as sp

from cx.stats.adjustment import Readings
from cx.store import Session, sql
from cx.text.german import FOLDS, SMALL
from cx.text.weights import UNIT
from cx.text.words import Words

QUERIES = Path(__file__).parent / "queries"

Adjustment = Mapping[str, int]
NONE: Adjustment = {}
RULE = "learned_here"  # what explained.sql calls its part
NOTHING = (
    "CREATE OR REPLACE TEMP TABLE learned_here (id BIGINT, first INTEGER, written VARCHAR, amount BIGINT, mass BIGINT)"
)
SEEN = 10  # different texts that must hold a feature before it may be moved: fewer carry no number (cx.model.limits)


def features(analyser: Words, word: str) -> tuple[str, ...]:
    """The features of a lower-case word form that can be moved: its lemma and family. None for small words, which stand in good and
    bad texts alike and turn with their neighbours, and for links, numbers and names.
    """
    found, known = analyser.features(word), analyser.word(word)
    if known.role or found[0] in SMALL or word.translate(FOLDS) in SMALL:
        return ()
    return tuple(feature for feature in found if feature[0] not in "@<")


def shift(analyser: Words, adjustment: Adjustment, word: str) -> int:
    """How far `adjustment` moves a lower-case word form, in units."""
    return sum(adjustment.get(feature, 0) for feature in features(analyser, word))


def lay_over(session: Session, analyser: Words, adjustment: Adjustment) -> None:
    """Temp table learned_here: what `adjustment` adds to the reading of the session, between tally and verdicts."""
    if not adjustment:
        session.run(NOTHING)
        return
    words = _words(session)
    leans = [shift(analyser, adjustment, word) for word in words["word"]]
    _move(session, [(n, lean) for n, lean in zip(words["number"], leans, strict=True) if lean])
    session.run(sql(QUERIES / "learned_here.sql"))


def find_movable(session: Session, analyser: Words) -> None:
    """Temp table movable: every word of the session's reading that can be moved, where it stands (movable.sql)."""
    words = _words(session)
    _move(session, [(n, 0) for n, word in zip(words["number"], words["word"], strict=True) if features(analyser, word)])


def readings(
    analyser: Words, units: pd.DataFrame, texts: pd.DataFrame, group: np.ndarray
) -> tuple[list[str], Readings]:
    """The features that SEEN different texts hold, and what is read of `texts` (total, mass in units; index from 0).

    `units`: text (place in `texts`), word, base, factor; `group` numbers equal texts alike.
    """
    place, distinct = pd.factorize(units["word"], sort=True)
    known = [features(analyser, str(word)) for word in distinct]
    owner = units["text"].to_numpy(np.int64)
    found = _frequent(known, place, group[owner])
    column = {feature: n for n, feature in enumerate(found)}
    of_word = _incidence(known, column)
    mine = np.diff(of_word.indptr)[place] > 0
    base = units["base"].to_numpy(float) / UNIT
    owner, base, n = owner[mine], base[mine], len(texts)
    return found, Readings(
        total=texts["total"].to_numpy(float) / UNIT - np.bincount(owner, base, n),
        mass=texts["mass"].to_numpy(float) / UNIT - np.bincount(owner, np.abs(base), n),
        units=of_word[place[mine]],
        owner=owner,
        base=base,
        factor=units["factor"].to_numpy(float)[mine],
        doubt=analyser.lexicon.numbers["doubt"],
    )


def _words(session: Session) -> pd.DataFrame:
    """The words of the session's texts, each once: number, word."""
    return session.frame("SELECT DISTINCT number, word FROM form ORDER BY number")


def _move(session: Session, leans: Sequence[tuple[int, int]]) -> None:
    numbers, shifts = zip(*leans, strict=True) if leans else ((), ())
    table = pa.table({"number": pa.array(numbers, pa.int32()), "lean": pa.array(shifts, pa.int64())})
    with session.given("given_moved", table):
        session.run("CREATE OR REPLACE TEMP TABLE moved AS FROM given_moved")
    session.run(sql(QUERIES / "movable.sql"))


def _frequent(known: list[tuple[str, ...]], place: np.ndarray, group: np.ndarray) -> list[str]:
    every = sorted({feature for each in known for feature in each})
    of_word = _incidence(known, {feature: n for n, feature in enumerate(every)})
    pairs = np.unique(np.c_[group, place], axis=0)
    ones = np.ones(len(pairs))
    held = sp.csr_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(group.max(initial=-1) + 1, len(known))) @ of_word
    return [feature for feature, n in zip(every, held.getnnz(axis=0), strict=True) if n >= SEEN]


def _incidence(known: list[tuple[str, ...]], column: Mapping[str, int]) -> sp.csr_matrix:
    pairs = [(row, column[feature]) for row, each in enumerate(known) for feature in each if feature in column]
    rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
    return sp.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(known), len(column)))
