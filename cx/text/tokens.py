"""The tokens of statements: plain words and marks are found by their characters, all that is odd by the pattern itself."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cx.store import Session, sql
from cx.text.characters import LAST, flags, stretches
from cx.text.german import TOKEN
from cx.text.places import offsets, ranges

MATCHES = Path(__file__).parent / "queries" / "matches.sql"

# The characters of german.TOKEN. Those that it wants together with others are odd there (LEFT of RIGHT), or wherever they stand.
LETTER, JOINT, MARK, NAME, ODD, LEFT, RIGHT = (1 << bit for bit in range(7))
LATIN, QUOTES = range(0x250), range(0x2000, 0x203C)  # what is known of them is settled for good
FLAGS = flags(
    {
        LETTER: "".join(chr(code) for code in LATIN if unicodedata.category(chr(code))[0] in "LN"),
        JOINT: "-'.*/&",
        MARK: ",;(",
        NAME: "@#",
        ODD: "_<=^+–’",
        LEFT: ":;-!?w",
        RIGHT: "-'()|/\\DP3.!?w",
    },
    {range(LATIN.stop, QUOTES.start): ODD, range(QUOTES.stop, LAST + 1): ODD},
)
SPACE = ord(" ")
MEMORY, LONGEST = 50_000, 40  # odd stretches kept per process, and of how many characters


@dataclass(frozen=True, eq=False)
class Tokens:
    """The tokens of s statements (t of them, in order)."""

    spellings: pa.Array  # (d,) strings: the ways in which they are written, each once
    token: np.ndarray  # (t,) int32: place in `spellings`
    counts: np.ndarray  # (s,) int64: tokens of each statement


def tokenise(session: Session, data: np.ndarray, first: np.ndarray, last: np.ndarray) -> Tokens:
    """What german.TOKEN finds in the statements that stand in `data` (UTF-8 as uint8) from `first` up to `last`, one by one."""
    edge = np.zeros(len(data), bool)
    edge[first] = edge[last] = True
    marked = FLAGS.of(data)
    begin, end = _odd(data, marked, edge)
    plain_first, plain_last = _plain(marked, edge, ranges(begin, end - begin))
    odd, odd_place = _matched(session, data, begin, end)
    words = pa.chunked_array([stretches(data, plain_first, plain_last), odd]).dictionary_encode().combine_chunks()
    token = np.frombuffer(words.indices.buffers()[1], np.int32)
    place = np.concatenate((plain_first, odd_place))
    order = np.argsort(place, kind="stable")  # two runs, merged
    counts = np.diff(np.searchsorted(place[order], np.append(first, len(data))))
    plain = 2 * len(plain_first)  # every other is a gap
    return Tokens(words.dictionary, np.concatenate((token[:plain:2], token[plain:]))[order], counts)


def _odd(data: np.ndarray, marked: np.ndarray, edge: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where stretches between spaces and edges begin and end that hold anything odd."""
    odd = (marked & ODD) > 0
    odd[:-1] |= (marked[:-1] & LEFT > 0) & (marked[1:] & RIGHT > 0)
    borders = np.flatnonzero(edge | (data == SPACE))
    place = np.unique(np.searchsorted(borders, np.flatnonzero(odd), "right"))
    borders = np.concatenate(([0], borders, [len(data)]))
    return borders[place], borders[place + 1]


def _plain(marked: np.ndarray, edge: np.ndarray, odd: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where words and marks begin and end outside of the places that are `odd`."""
    letter, lone = (marked & LETTER) > 0, (marked & MARK) > 0
    follows = letter[1:] & ~edge[1:]
    inside, apart = letter | lone, edge | lone  # apart: from what stands before
    inside[1:-1] |= (marked[1:-1] & JOINT > 0) & letter[:-2] & follows[1:] & ~edge[1:-1]
    named = (marked[:-1] & NAME > 0) & follows
    inside[:-1] |= named
    apart[:-1] |= named
    apart[1:] |= lone[:-1]
    inside[odd] = False
    begin, end = inside.copy(), inside.copy()
    begin[1:] &= ~inside[:-1] | apart[1:]
    end[:-1] &= ~inside[1:] | apart[1:]
    return np.flatnonzero(begin), np.flatnonzero(end) + 1


def _matched(session: Session, data: np.ndarray, first: np.ndarray, last: np.ndarray) -> tuple[pa.Array, np.ndarray]:
    """What the pattern finds in stretches, and a place of each within its stretch, which tells no more than the order."""
    different = stretches(data, first, last).dictionary_encode()
    found = pa.array(_tokens(session, different.dictionary.to_pylist()), pa.list_(pa.string()))
    stretch = np.frombuffer(different.indices.buffers()[1], np.int32)[::2]
    counts = pc.list_value_length(found).to_numpy().astype(np.int64)
    where = ranges(offsets(counts)[:-1][stretch], counts[stretch])
    return found.flatten().take(pa.array(where)), ranges(first, counts[stretch])


def _tokens(session: Session, written: list[str]) -> list[list[str]]:
    """The tokens of each of `written`, which all differ. What was met is remembered: to read in the pattern costs more than to match it."""
    found = {each: _seen.get(each) for each in written}
    if unknown := [each for each, known in found.items() if known is None]:
        new = dict(zip(unknown, matches(session, pa.array(unknown, pa.string()), TOKEN).to_pylist(), strict=True))
        found |= new
        if len(_seen) > MEMORY:
            _seen.clear()
        _seen.update((each, tokens) for each, tokens in new.items() if len(each) <= LONGEST)
    return list(found.values())


_seen: dict[str, list[str]] = {}  # odd stretches, by what they are


def matches(session: Session, bodies: pa.Array, pattern: str) -> pa.Array:
    """All that an RE2 `pattern` finds in each of `bodies`, one after the other (lists of strings)."""
    if not len(bodies):
        return pa.array([], pa.list_(pa.string()))
    with session.given(searched=pa.table({"body": bodies})):
        return session.arrow(sql(MATCHES), pattern=pattern)["found"].combine_chunks()
