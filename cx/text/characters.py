"""Characters told apart by numpy: every byte of UTF-8 gets the flags of the character that it is part of."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

ASCII = 0x80  # characters below take one byte
LAST = 0xFFFF  # stands for all characters behind it as well


@dataclass(frozen=True, eq=False)
class Flags:
    """What is known of characters: `one` of each byte that is one (256), `all` of the code points up to LAST; uint8."""

    one: np.ndarray
    all: np.ndarray

    def of(self, data: np.ndarray) -> np.ndarray:
        """The flags of each byte of `data` (UTF-8 as uint8), which are those of its character (uint8)."""
        found = self.one.take(data)
        wide = np.flatnonzero(data >= ASCII)
        codes = np.frombuffer(data[wide].tobytes().decode().encode("utf-32-le"), np.uint32)
        found[wide] = np.repeat(self.all.take(codes, mode="clip"), 2 + (codes >= 0x800) + (codes > LAST))
        return found


def flags(marked: Mapping[int, str], rest: Mapping[range, int]) -> Flags:
    """Flags by the characters that bear them, and of those in ranges that are not named."""
    table = np.zeros(LAST + 1, np.uint8)
    for characters, flag in rest.items():
        table[characters.start : characters.stop] = flag
    table[[ord(each) for characters in marked.values() for each in characters]] = 0
    for flag, characters in marked.items():
        table[[ord(each) for each in characters]] |= flag
    return Flags(np.resize(table[:ASCII], 256), table)


def buffers(strings: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """The bytes of `strings`, one after the other (uint8), and where each begins in them, and the last one ends (int32)."""
    places = np.frombuffer(strings.buffers()[1], np.int32)[strings.offset : strings.offset + len(strings) + 1]
    data = np.frombuffer(strings.buffers()[2] or b"", np.uint8)
    return data[places[0] : places[-1]], places - places[0]


def stretches(data: np.ndarray, first: np.ndarray, last: np.ndarray) -> pa.Array:
    """The strings that stand in `data` from each `first` up to its `last`, in order and without a common byte; null behind each, for
    the gap to the next: nothing is copied."""
    ends = np.append(np.stack((first, last), axis=1).ravel(), len(data)).astype(np.int32)
    there = np.full((len(ends) + 7) // 8, 0b01010101, np.uint8)
    return pa.StringArray.from_buffers(len(ends) - 1, *map(pa.py_buffer, (ends, data, there)))
