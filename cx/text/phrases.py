"""Which phrases of the lexicon stand in a text: every word near enough to the rarest one; the longest wins."""

from dataclasses import dataclass

import numpy as np

from cx.text.cutting import APART
from cx.text.places import offsets, ranges
from cx.text.vocabulary import Said, said_by_phrases
from cx.text.words import Words

NONE = -1
FILL = 8  # places of a table of what was seen, for each that is filled
MIXED = 40_503  # spreads scopes over that table


@dataclass(frozen=True, eq=False)
class Phrasebook:
    """The phrases of the lexicon (p of them) as arrays, grouped by the key they are looked up by."""

    said: Said  # (p,)
    by_key: np.ndarray  # (keys + 2,) int32: the phrases of key k stand in `listed` from by_key[k] up to by_key[k + 1]
    listed: np.ndarray  # (p,) int64
    wanted: np.ndarray  # (p,) int32: the second key of each of `listed`
    second: np.ndarray  # (p,) int64: the key that is looked for next
    step: np.ndarray  # (p,) int64: how far behind the anchor that one stands at most; below 0: before it
    size: np.ndarray  # (p,) int64: words
    span: np.ndarray  # (p,) int64: at most so many words from first to last
    ordered: np.ndarray  # (p,) bool
    first: np.ndarray  # (p,) int64: where its words begin in `keys` and `gaps`
    keys: np.ndarray  # int64
    gaps: np.ndarray  # int64: how far a word may stand behind the one before it


@dataclass(frozen=True, eq=False)
class Hits:
    """The tokens that a rule needs (h of them, in order)."""

    token: np.ndarray  # (h,) int64: place among the tokens
    spelling: np.ndarray  # (h,) int32
    spot: np.ndarray  # (h,) int64: cx.text.cutting.Cut.spots
    key: np.ndarray  # (h,) int32: among the words of phrases, 0: in none


@dataclass(frozen=True, eq=False)
class Phrases:
    """The phrases that were found (n of them): `phrase` (n,), and the hits they are made of, in order, `size` (n,) for each."""

    phrase: np.ndarray
    size: np.ndarray
    hits: np.ndarray

    @property
    def first(self) -> np.ndarray:
        """Where the hits of each phrase begin."""
        return offsets(self.size)[:-1]

    @property
    def last(self) -> np.ndarray:
        """Where the hits of each phrase end, inclusive."""
        return self.first + self.size - 1


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Phrases of which two words were found: numbers, and the hits of the anchor and of the second word; arrays (n,)."""

    phrase: np.ndarray
    anchor: np.ndarray
    second: np.ndarray


def phrasebook(analyser: Words) -> Phrasebook:
    """The phrases of an analyser, made once."""
    return analyser.kept("phrasebook", _phrasebook)


def _phrasebook(analyser: Words) -> Phrasebook:
    phrases = analyser.phrases
    others = [1 if p.anchor == 0 else 0 for p in phrases]
    second = np.array([p.keys[other] for p, other in zip(phrases, others, strict=True)], np.int64)
    anchor = np.array([p.keys[p.anchor] for p in phrases], np.int64)
    listed = np.argsort(anchor, kind="stable")
    size = np.array([len(p.keys) for p in phrases], np.int64)
    return Phrasebook(
        said=said_by_phrases(analyser, phrases),
        by_key=offsets(np.bincount(anchor, minlength=len(analyser.keys) + 1)).astype(np.int32),
        listed=listed,
        wanted=second[listed].astype(np.int32),
        second=second,
        step=np.array([p.gaps[1] * (1 if p.anchor == 0 else -1) for p in phrases], np.int64),
        size=size,
        span=np.array([p.span for p in phrases], np.int64),
        ordered=np.array([p.ordered for p in phrases], bool),
        first=offsets(size)[:-1],
        keys=np.array([key for p in phrases for key in p.keys], np.int64),
        gaps=np.array([gap for p in phrases for gap in p.gaps], np.int64),
    )


def find(hits: Hits, book: Phrasebook) -> Phrases:
    """The phrases of `book` among `hits`: of those that share a word, the longest, else the closest, else the first."""
    pairs = _paired(hits, book)
    two, more = _two(hits, book, pairs), _more(hits, book, pairs)
    columns = zip(vars(two).values(), vars(more).values(), strict=True)
    return _unbeaten(hits, Phrases(*(np.concatenate(column) for column in columns)))


class _Seen:
    """Which keys stand in which scope: a table that never misses one, and is now and then wrong."""

    def __init__(self, hits: Hits) -> None:
        keyed = np.flatnonzero(hits.key)
        self._seen = np.zeros(1 << int(FILL * len(keyed)).bit_length(), bool)
        self._mixed = (hits.spot // APART * MIXED).astype(np.int32)
        self._seen[self._spread(hits.key[keyed], self._mixed[keyed])] = True

    def likely(self, key: np.ndarray, count: np.ndarray) -> np.ndarray:
        """Which of `key`, `count` of them for each hit, may stand in its scope (places): all that do, and now and then another."""
        return np.flatnonzero(self._seen[self._spread(key, np.repeat(self._mixed, count))])

    def _spread(self, key: np.ndarray, mixed: np.ndarray) -> np.ndarray:
        return (key + mixed) & (len(self._seen) - 1)


def _nearest(hits: Hits, key: np.ndarray, hit: np.ndarray, span: np.ndarray) -> np.ndarray:
    """The hit of `key` nearest to `hit`, of two the one before it; NONE where none is nearer than `span`."""
    room = int(span.max(initial=0))
    keys, found, rank = np.pad(hits.key, room), np.full(len(key), NONE), 2 * span
    left = np.arange(len(key))
    for step in range(room):
        for side in (-step, step):
            met = left[keys[hit[left] + (room + side)] == key[left]]
            place = hit[met] + side
            far = 2 * np.abs(hits.spot[place] - hits.spot[hit[met]]) + (side > 0)
            nearer = far < rank[met]
            found[met[nearer]], rank[met[nearer]] = place[nearer], far[nearer]
        left = left[rank[left] > 2 * step + 2]  # what stands farther off can be no nearer
    return found


def _paired(hits: Hits, book: Phrasebook) -> _Pairs:
    """The phrases of which the anchor and the second word are near."""
    count = np.diff(book.by_key)[hits.key]
    listed = ranges(book.by_key[hits.key], count)
    likely = _Seen(hits).likely(book.wanted[listed], count)
    phrase, anchor = book.listed[listed[likely]], np.repeat(np.arange(len(count), dtype=np.int32), count)[likely]
    second = _nearest(hits, book.second[phrase], anchor, book.span[phrase])
    near = second != NONE
    return _Pairs(phrase[near], anchor[near], second[near])


def _two(hits: Hits, book: Phrasebook, pairs: _Pairs) -> Phrases:
    """The phrases of two words, whole by now."""
    step, size = book.step[pairs.phrase], book.size[pairs.phrase]
    ahead = (hits.spot[pairs.second] - hits.spot[pairs.anchor]) * np.sign(step)
    whole = (size == 2) & (~book.ordered[pairs.phrase] | (ahead >= 1) & (ahead <= np.abs(step)))
    members = np.sort(np.stack((pairs.anchor[whole], pairs.second[whole]), axis=1), axis=1)
    return Phrases(pairs.phrase[whole], size[whole], members.ravel())


def _more(hits: Hits, book: Phrasebook, pairs: _Pairs) -> Phrases:
    """The phrases of three words and more of which all the others are near as well."""
    wanted = book.size[pairs.phrase] > 2
    phrase, anchor = pairs.phrase[wanted], pairs.anchor[wanted]
    size = book.size[phrase]
    words = ranges(book.first[phrase], size)
    members = _nearest(hits, book.keys[words], np.repeat(anchor, size), np.repeat(book.span[phrase], size))
    missing = np.bincount(np.repeat(np.arange(len(size)), size), members == NONE, len(size)) > 0
    complete = ~np.repeat(missing, size)
    return _in_order(hits, book, words[complete], Phrases(phrase[~missing], size[~missing], members[complete]))


def _in_order(hits: Hits, book: Phrasebook, words: np.ndarray, found: Phrases) -> Phrases:
    """Of the phrases `found`, whose hits stand for `words` of the book, those whose words stand as they should."""
    if not len(found.phrase):
        return found
    spot, first = hits.spot[found.hits], found.first
    step = np.diff(spot, prepend=0)
    stands = (step >= 1) & (step <= book.gaps[words])
    stands[first] = True
    tight = np.maximum.reduceat(spot, first) - np.minimum.reduceat(spot, first) < book.span[found.phrase]
    whole = tight & (~book.ordered[found.phrase] | np.logical_and.reduceat(stands, first))
    of = np.repeat(np.arange(len(found.phrase)), found.size)
    members = found.hits[np.lexsort((spot, of))]
    return Phrases(found.phrase[whole], found.size[whole], members[whole[of]])


def _unbeaten(hits: Hits, found: Phrases) -> Phrases:
    """The phrases that are the best ones on each of their hits."""
    first, last = hits.spot[found.hits[found.first]], hits.spot[found.hits[found.last]]
    order = np.lexsort((found.phrase, first, last - first, -found.size))
    ranked = Phrases(found.phrase[order], found.size[order], found.hits[ranges(found.first[order], found.size[order])])
    rank = np.repeat(np.arange(len(order)), ranked.size)
    best = np.zeros(len(hits.spot), np.int64)
    best[ranked.hits[::-1]] = rank[::-1]  # of several the last one is kept: the best
    mine = best[ranked.hits] == rank
    kept = np.logical_and.reduceat(mine, ranked.first) if len(order) else mine
    return Phrases(ranked.phrase[kept], ranked.size[kept], ranked.hits[np.repeat(kept, ranked.size)])
