"""The vocabulary says of every spelling what its word says, however it has grown, forgotten or been asked at once."""

import threading

import numpy as np
import pyarrow as pa
import pytest

from cx.text import vocabulary, words
from cx.text.vocabulary import ROLES, RULES, Vocabulary
from cx.text.weights import JUDGES, LEAN

SPELLINGS = [
    "Gut",
    "gut",
    "NICHT",
    "Lieferung",
    "quaxel",
    ",",
    "😡",
    "weder",
    "unfreundlich",
    "zufriden",
    "und",
    "Traumservice",
]


def spelled(places: range) -> pa.Array:
    """The spellings, and as many new words."""
    return pa.array(SPELLINGS + [f"w{n}q" for n in places])


def test_rows_say_what_the_words_say() -> None:
    analyser = words.shipped()
    said = Vocabulary(analyser).of(spelled(range(5)))
    for spelling, row, bearing in zip(spelled(range(5)).to_pylist(), said.rows, said.bearing, strict=True):
        word = analyser.word(spelling.lower())
        assert (row["key"], row["weight"], ROLES[row["role"]]) == (word.key, word.weight, word.role)
        assert (RULES[row["rule"]], row["names"], row["active"]) == (word.rule or "learned", word.names, word.active)
        assert (bearing[LEAN], bearing[JUDGES]) == (word.lean, word.judges)
        assert row["learned"] == (word.learned is not None)


def test_it_grows_and_forgets_without_another_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "KEPT", 30)
    growing, fresh = Vocabulary(words.shipped()), Vocabulary(words.shipped())
    wanted = fresh.of(pa.array(SPELLINGS))
    for turn in range(8):
        found = growing.of(spelled(range(turn * 10, turn * 10 + 10)))
        assert np.array_equal(found.rows[: len(SPELLINGS)], wanted.rows)
        assert np.array_equal(found.bearing[: len(SPELLINGS)], wanted.bearing)


def test_threads_get_the_answers_of_one() -> None:
    shared, wanted, found = Vocabulary(words.shipped()), Vocabulary(words.shipped()), {}

    def ask(turn: int) -> None:
        found[turn] = shared.of(spelled(range(turn, turn + 40)))

    threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for turn, said in found.items():
        assert np.array_equal(said.rows, wanted.of(spelled(range(turn, turn + 40))).rows)
    assert len(found) == 6
