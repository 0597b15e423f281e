"""Flags of bytes and stretches of them against plain Python."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from cx.text.characters import LAST, buffers, flags, stretches

VOWELS, STOPS, REST = "aeiouäöüα😡"[:-1], ".…", range(0x370, LAST + 1)
FLAGS = flags({1: VOWELS, 2: STOPS + "a"}, {REST: 4})
drawn = st.text(st.sampled_from("abα.…ä😡字\0\uffff") | st.characters(exclude_categories=("Cs",)), max_size=40)


def flag(character: str) -> int:
    named = (character in VOWELS) + 2 * (character in STOPS + "a")
    return named or 4 * (ord(character) in REST or ord(character) > LAST)


@given(drawn)
def test_every_byte_has_the_flags_of_its_character(text: str) -> None:
    data = np.frombuffer(text.encode(), np.uint8)
    assert FLAGS.of(data).tolist() == [flag(each) for each in text for _byte in each.encode()]


@given(st.lists(drawn))
def test_stretches_are_what_stands_there_and_a_gap(texts: list[str]) -> None:
    data, places = buffers(pa.array(["x", *texts], pa.string())[1:])
    assert data.tobytes().decode() == "".join(texts)
    assert stretches(data, places[:-1], places[1:]).to_pylist() == [each for text in texts for each in (text, None)]
