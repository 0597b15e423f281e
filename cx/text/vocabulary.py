"""Every way to write a word that was met, with what its word says, as arrays: tokens are looked up by number, not as text."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cx.text.lexicon import Role
from cx.text.weights import JUDGES, LEAN
from cx.text.words import Phrase, Word, Words

KEPT = 500_000  # ways to write a word, before the vocabulary starts anew
ROLES = tuple(Role)
RULES = (
    *("learned", "lexicon", "emoji", "affix", "polart", "compound", "typo", "phrase"),
    *("negated", "negation", "too", "wish", "intensified", "diminished", "question", "but_clause"),
)  # how a word was understood, and what its neighbours made of it
ROLE = {role: np.int8(place) for place, role in enumerate(ROLES)}
RULE = {rule: np.int8(place) for place, rule in enumerate(RULES)}
SAID = np.dtype(
    [
        ("key", np.int32),  # its lemma among the words of phrases, 0: in none
        ("weight", np.int32),  # in the rules, in 1/1024
        ("role", np.int8),  # place in ROLES
        ("degree", np.bool_),  # an adjective, which "zu" turns
        ("steady", np.bool_),  # no neighbour turns it
        ("rule", np.int8),  # place in RULES
        ("active", np.bool_),  # whether any rule needs it
        ("learned", np.bool_),  # whether anything was learned about it
        ("names", np.int64),  # the aspects it is evidence for, as bits
    ]
)  # what a word or phrase says


@dataclass(frozen=True, eq=False)
class Said:
    """What n words or phrases say: `rows` (n,) of SAID; `bearing` (n × 2 + aspects) int16, what they add to the tally of a
    statement, in 1/1024: lean, judges, one column per aspect.
    """

    rows: np.ndarray
    bearing: np.ndarray

    def of(self, places: np.ndarray) -> "Said":
        """Those at `places` (`take` copies a row at once, an index field by field)."""
        return Said(self.rows.take(places), self.bearing[places])


class Vocabulary:
    """What the spellings that were met say. Grows as new ones come; several threads may ask."""

    def __init__(self, analyser: Words) -> None:
        self._analyser = analyser
        self._lock = threading.Lock()
        self._forget()

    def of(self, spellings: pa.Array) -> Said:
        """What `spellings` (different strings) say, in order."""
        written = spellings.to_pylist()
        with self._lock:
            if len(self._numbers) > KEPT:
                self._forget()
            unknown = [place for place, each in enumerate(written) if each not in self._numbers]
            if unknown:
                self._learn(spellings.take(pa.array(unknown)))
            return self._said.of(np.array([self._numbers[each] for each in written], np.int64))

    def _forget(self) -> None:
        self._numbers: dict[str, int] = {}
        self._said = said_by_words(self._analyser, [])

    def _learn(self, spellings: pa.Array) -> None:
        words = [self._analyser.word(word) for word in pc.utf8_lower(spellings).to_pylist()]
        first, size = len(self._numbers), len(self._said.rows)
        if first + len(words) > size:  # twice as much room each time, so that growing costs little
            room = max(size, first + len(words) - size)
            self._said = Said(
                *(np.concatenate((each, np.zeros((room, *each.shape[1:]), each.dtype))) for each in _both(self._said))
            )
        new = said_by_words(self._analyser, words)
        for mine, theirs in zip(_both(self._said), _both(new), strict=True):
            mine[first : first + len(words)] = theirs
        self._numbers.update(zip(spellings.to_pylist(), range(first, first + len(words)), strict=True))


def _both(said: Said) -> tuple[np.ndarray, np.ndarray]:
    return said.rows, said.bearing


def vocabulary(analyser: Words) -> Vocabulary:
    """The one vocabulary of an analyser."""
    return analyser.kept("vocabulary", Vocabulary)


def said_by_words(analyser: Words, words: Sequence[Word]) -> Said:
    """What `words` say."""
    rows = [
        (
            w.key,
            w.weight,
            ROLE[w.role],
            w.degree,
            w.steady,
            RULE[w.rule or "learned"],
            w.active,
            w.learned is not None,
            w.names,
        )
        for w in words
    ]
    return Said(np.array(rows, SAID), _bearing(analyser, [w.learned for w in words], [w.lean for w in words]))


def said_by_phrases(analyser: Words, phrases: Sequence[Phrase]) -> Said:
    """What `phrases` say. They lean by the rules alone."""
    rows = [
        (0, p.weight, ROLE[p.role], False, p.steady, RULE["phrase"], True, p.learned is not None, p.names)
        for p in phrases
    ]
    return Said(np.array(rows, SAID), _bearing(analyser, [p.learned for p in phrases], [0] * len(phrases)))


def _bearing(analyser: Words, learned: Sequence[np.ndarray | None], leans: Sequence[int]) -> np.ndarray:
    nothing = np.zeros(JUDGES + 1 + len(analyser.weights.aspects), np.int16)
    matrix = np.array([nothing if each is None else each for each in learned], np.int16).reshape(-1, len(nothing))
    matrix[:, LEAN] = leans
    return matrix
