"""What the rules weigh: phrases, and the words outside of them, between commas."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cx.text.cutting import APART, Cut
from cx.text.lexicon import Role
from cx.text.phrases import Hits, Phrasebook, Phrases
from cx.text.places import begins, offsets, ranges
from cx.text.vocabulary import ROLE, Said


@dataclass(frozen=True, eq=False)
class Units:
    """Phrases and words that mean something to the rules (u of them), in order; fields are arrays (u,)."""

    rows: np.ndarray  # of cx.text.vocabulary.SAID: what they say
    statement: np.ndarray  # int32
    first: np.ndarray  # int64, spot
    last: np.ndarray  # int64, spot
    segment: np.ndarray  # int64: what stands between the same commas of a scope has the same number
    phrase: np.ndarray  # int64: place among the phrases that were found; −1: a word
    token: np.ndarray  # int64: its (first) token

    def __len__(self) -> int:
        return len(self.rows)

    def said(self, column: str) -> np.ndarray:
        """A column of SAID."""
        return self.rows[column]

    @property
    def scope(self) -> np.ndarray:
        """The stretch of a statement that the rules see at once (int64)."""
        return self.first // APART

    def of(self, places: np.ndarray) -> "Units":
        """Those at `places`."""
        return Units(*(column.take(places) for column in vars(self).values()))


def hits(cut: Cut, said: Said) -> Hits:
    """The tokens that any rule needs; `said` of the spellings."""
    active, key = said.rows["active"].copy(), said.rows["key"].copy()
    token = np.flatnonzero(active[cut.token])
    spelling = cut.token[token]
    return Hits(token, spelling, cut.spots(token), key[spelling])


def units(cut: Cut, said: Said, hits: Hits, phrases: Phrases, book: Phrasebook) -> Units:
    """The units of all statements; `said` of the spellings, `phrases` found in `book`."""
    rows = said.rows
    matters = (rows["weight"] != 0) | (rows["role"] != 0) | rows["degree"] | (rows["names"] > 0)
    phrase, first = np.full(len(hits.token), -1), phrases.hits[phrases.first]
    alone = matters[hits.spelling]
    alone[phrases.hits], alone[first], phrase[first] = False, True, np.arange(len(first))
    there = np.flatnonzero(alone)
    phrase, spot, token = phrase[there], hits.spot[there], hits.token[there]
    several = np.flatnonzero(phrase >= 0)
    row, last = hits.spelling[there].astype(np.int64), spot.copy()
    row[several] = len(rows) + phrases.phrase[phrase[several]]
    last[several] = hits.spot[phrases.hits[phrases.last]][phrase[several]]
    rows = np.concatenate((rows, book.said.rows)).take(row)
    return Units(
        rows=rows,
        statement=cut.statement[token],
        first=spot,
        last=last,
        segment=np.cumsum(begins(spot // APART) | (rows["role"] == ROLE[Role.COMMA])),
        phrase=phrase,
        token=token,
    )


def written(cut: Cut, hits: Hits, phrases: Phrases, phrase: np.ndarray, token: np.ndarray) -> pa.Array:
    """How units (Units.phrase, Units.token) stand in the text, the words of a phrase with a space between (strings)."""
    mine = np.flatnonzero(phrase >= 0)
    size = phrases.size[phrase[mine]]
    members = hits.token[phrases.hits[ranges(phrases.first[phrase[mine]], size)]]
    words = pa.ListArray.from_arrays(offsets(size).astype(np.int32), cut.spellings.take(pa.array(cut.token[members])))
    place = cut.token[token].astype(np.int64)
    place[mine] = len(cut.spellings) + np.arange(len(mine))
    return pa.concat_arrays([cut.spellings, pc.binary_join(words, " ")]).take(pa.array(place))
