"""What an upload's own ratings have shifted about words: laid over a reading, and the readings to learn it from.

An adjustment is {feature: lean in units of cx.text.weights}. It changes the polarity and the label of statements and feedback, and
nothing else: mentions and pillars are read without it (docs/decisions.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from cx.stats.readings import Readings
from cx.text.cutting import Cut
from cx.text.german import FOLDS, SMALL
from cx.text.judgements import Judgements
from cx.text.vocabulary import Said
from cx.text.weights import LEAN, UNIT
from cx.text.words import Words

Adjustment = Mapping[str, int]
NONE: Adjustment = {}
RULE = "learned_here"  # what an explanation calls its part
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


@dataclass(frozen=True, eq=False)
class Movable:
    """Where words stand that can be moved (n of them). A word inside a phrase that the rules weigh adds nothing by itself."""

    token: np.ndarray  # (n,) int64
    base: np.ndarray  # (n,) int64: what it adds now, in 1/1024
    factor: np.ndarray  # (n,) float: what the rules make of a shift; of a word that they do not weigh, 1


@dataclass(frozen=True, eq=False)
class Shifted:
    """What an upload has learned moves (n words): added to the balance and to the mass (which may be below 0), in 1/1024."""

    token: np.ndarray  # (n,) int64
    amount: np.ndarray  # (n,) int64
    mass: np.ndarray  # (n,) int64


NOTHING = Shifted(*(np.zeros(0, np.int64) for _ in range(3)))


def movable(cut: Cut, said: Said, judgements: Judgements, moved: np.ndarray) -> Movable:
    """Where the spellings `moved` ((d,) bool; `said` what they say) stand and can be moved."""
    weighed = said.rows["weight"] != 0
    units = judgements.units
    judged = (units.phrase < 0) & (judgements.amount != 0) & (moved & weighed)[cut.token[units.token]]
    amount, heavy = judgements.amount[judged], units.token[judged]
    light = np.flatnonzero((moved & ~weighed)[cut.token])
    return Movable(
        token=np.concatenate((heavy, light)),
        base=np.concatenate((amount, said.bearing[cut.token[light], LEAN])),
        factor=np.concatenate((amount / said.rows["weight"][cut.token[heavy]], np.ones(len(light)))),
    )


def lay_over(cut: Cut, said: Said, judgements: Judgements, analyser: Words, adjustment: Adjustment) -> Shifted:
    """What `adjustment` adds to a reading."""
    if not adjustment:
        return NOTHING
    lean = np.array([shift(analyser, adjustment, word) for word in _words(cut)], np.int64)
    found = movable(cut, said, judgements, lean != 0)
    amount = np.floor(lean[cut.token[found.token]] * found.factor + 0.5).astype(np.int64)
    kept = amount != 0
    mass = np.abs(found.base + amount) - np.abs(found.base)
    return Shifted(found.token[kept], amount[kept], mass[kept])


def find_movable(cut: Cut, said: Said, judgements: Judgements, analyser: Words) -> pa.Table:
    """Every word of a reading that can be moved: id (of its statement, as read_statement has it), word (lower case), written, base
    and factor (Movable).
    """
    words = _words(cut)
    found = movable(cut, said, judgements, np.array([bool(features(analyser, word)) for word in words], bool))
    spelling = pa.array(cut.token[found.token])
    return pa.table(
        {
            "id": cut.statement[found.token].astype(np.int64),
            "word": pa.array(words, pa.string()).take(spelling),
            "written": cut.spellings.take(spelling),
            "base": found.base,
            "factor": found.factor,
        }
    )


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


def _words(cut: Cut) -> list[str]:
    """The words of the spellings, in lower case."""
    return pc.utf8_lower(cut.spellings).to_pylist()


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
