"""Texts cut into statements: by their characters, and by the patterns where a dot may belong to a statement; as arrays."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cx.store import Session, sql
from cx.text.characters import buffers, flags, stretches
from cx.text.places import before, begins, offsets, ranges
from cx.text.tokens import matches, tokenise

CUT = Path(__file__).parent / "queries" / "cut.sql"
SCOPE = 256  # tokens of a statement that the rules see at once, so that nothing grows with the square of a text
APART = 1024  # how far places of two scopes lie apart at least: no rule reaches so far

BOUNDARY = "\x1e"  # stands for the comma before a clause; a text's own one separates as well
WHITE = " \t\n\r\f\v\u00a0\u2007\u202f\u200b\ufeff\u3000" + BOUNDARY
CLAUSE = (
    r"(?i)[,;–]([\s]+(?:aber|jedoch|allerdings|obwohl|trotzdem|dafür|dennoch|nur leider|leider|hingegen|dagegen|wobei"
    r"|doch)[\s,])"
)
ADVERSATIVE = r"(?i)^(?:aber|jedoch|allerdings|trotzdem|dennoch|leider|nur leider|doch|dafür)[\s,]"
MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
KEPT = (
    r"https?://\S+|www\.\S+|[^\s@]+@[^\s@]+"
    r"|[\s(„\"](?:z\. ?B|d\. ?h|u\. ?a|o\. ?ä|u\. ?U|i\. ?d\. ?R|z\. ?T|v\. ?a|ca|bzw|usw|etc|evtl|ggf|inkl|incl|exkl|vgl|nr"
    r"|tel|str|dr|prof|hr|fr|st|std|min|mio|mrd|mind|max|ehem|sog|bspw|zzgl|abs|gem|allg|lt|tgl)\."
    r"|\d+[.]\d+|\d{1,2}\. ?(?:" + MONTHS + r"|Etage|Stock|Klasse|Mal|Tag)"
)  # what a dot is part of without ending a statement
STATEMENT = r"(?is)[" + WHITE + r"]+|(?:" + KEPT + r"|[^.!?…\n\x1e])+[.!?…]*[\"“”»)]*|[.!?…]+[\"“”»)]*"
# The same without KEPT, by characters:
END, CLOSER, BLANK, BREAK = (1 << bit for bit in range(4))
FLAGS = flags({END: ".!?…", CLOSER: '"“”»)', BLANK: WHITE, BREAK: "\n" + BOUNDARY}, {})
QUESTION, ENDING = ord("?"), 3  # characters at whose end a question is told


@dataclass(frozen=True, eq=False)
class Cut:
    """The statements of a chunk of texts (s of them, in the order of the texts) and their tokens (t, in order)."""

    feedbacks: np.ndarray  # (f,) int64: the feedback of every text, with or without a statement; ascending
    wide: np.ndarray  # (f,) bool: it holds a text with many letters of two bytes and more
    text: np.ndarray  # (s,) int64
    feedback: np.ndarray  # (s,) int64: place in `feedbacks`
    ordinal: np.ndarray  # (s,) int32: from 0 within the text
    start: np.ndarray  # (s,) int32: code points of the text, white space trimmed
    stop: np.ndarray  # (s,) int32
    question: np.ndarray  # (s,) bool
    but: np.ndarray  # (s,) bool: it begins as a contrast
    bodies: pa.Array  # (s,) strings, as long as in the text
    spellings: pa.Array  # (d,) strings: the ways in which tokens are written, each once
    token: np.ndarray  # (t,) int32: place in `spellings`
    counts: np.ndarray  # (s,) int64: tokens of each statement
    statement: np.ndarray  # (t,) int32: the statement of each token

    def __len__(self) -> int:
        return len(self.text)

    def spots(self, tokens: np.ndarray) -> np.ndarray:
        """Where tokens stand within the chunk: the places of a scope one after the other, scopes APART (int64)."""
        statement, first = self.statement[tokens], offsets(self.counts)[:-1] - 1
        scopes = offsets(self.counts // SCOPE + 1)[:-1]
        place = tokens - first[statement]  # from 1 within the statement
        return (scopes * APART)[statement] + place + place // SCOPE * (APART - SCOPE)

    def silenced(self, statements: np.ndarray) -> "Cut":
        """The same without the tokens of some statements ((s,) bool)."""
        kept = self.token[~statements[self.statement]]
        used = np.bincount(kept, minlength=len(self.spellings)) > 0
        return replace(
            self,
            spellings=self.spellings.filter(pa.array(used)),
            token=(np.cumsum(used, dtype=np.int32) - 1)[kept],
            counts=np.where(statements, 0, self.counts),
            statement=self.statement[~statements[self.statement]],
        )


def cut(session: Session) -> Cut:
    """The statements of the session's text_input(text, feedback, body)."""
    found = session.arrow(sql(CUT)).combine_chunks()
    number, feedback, wide = (found[name].to_numpy() for name in ("text", "feedback", "wide"))
    texts = _marked(found["body"].combine_chunks())
    data, borders = buffers(texts)
    marked = FLAGS.of(data)
    first, last = _trimmed(marked, _breaks(session, texts, marked))
    of = np.searchsorted(borders, first, "right") - 1
    feedbacks, place = np.unique(feedback, return_inverse=True)
    bodies, tokens = stretches(data, first, last).drop_null(), tokenise(session, data, first, last)
    reached = _Reached(data)
    begin = reached(borders[of])
    return Cut(
        feedbacks=feedbacks,
        wide=np.bincount(place, wide, len(feedbacks)) > 0,
        text=number[of],
        feedback=place[of],
        ordinal=before(np.ones(len(of), np.int64), begins(of)).astype(np.int32),
        start=(reached(first) - begin).astype(np.int32),
        stop=(reached(last) - begin).astype(np.int32),
        question=_asked(data, first, last, reached),
        but=pc.match_substring_regex(bodies, ADVERSATIVE).to_numpy(zero_copy_only=False),
        bodies=bodies,
        spellings=tokens.spellings,
        token=tokens.token,
        counts=tokens.counts,
        statement=np.repeat(np.arange(len(of), dtype=np.int32), tokens.counts),
    )


class _Reached:
    """How many code points stand before a byte of `data` (UTF-8)."""

    def __init__(self, data: np.ndarray) -> None:
        self._further = np.flatnonzero((data & 0xC0) == 0x80)  # bytes of a character behind its first

    def __call__(self, place: np.ndarray) -> np.ndarray:
        return place - np.searchsorted(self._further, place)


def _marked(bodies: pa.Array) -> pa.Array:
    """The texts with a boundary for the comma before a clause, and a line feed at the end."""
    return pc.binary_join_element_wise(pc.replace_substring_regex(bodies, CLAUSE, BOUNDARY + r"\1"), "\n", "")


def _breaks(session: Session, bodies: pa.Array, marked: np.ndarray) -> np.ndarray:
    """Before which bytes of `bodies` a statement ends or begins ((n,) bool). The pattern itself parts those that hold something KEPT."""
    borders, found = buffers(bodies)[1], _plain_breaks(marked)
    odd = np.flatnonzero(pc.match_substring_regex(bodies, f"(?is){KEPT}"))
    found[ranges(borders[odd], np.diff(borders)[odd])] = False
    pieces = matches(session, bodies.take(pa.array(odd)), STATEMENT)
    sizes = np.diff(buffers(pieces.flatten())[1])
    of = np.repeat(np.arange(len(odd)), pc.list_value_length(pieces).to_numpy())
    found[borders[odd][of] + before(sizes, begins(of))] = True
    found[borders[:-1]] = True
    return found


def _plain_breaks(marked: np.ndarray) -> np.ndarray:
    """Behind the ends of sentences and what closes them, and at line feeds and boundaries."""
    end, closer, found = (marked & END) > 0, (marked & CLOSER) > 0, (marked & BREAK) > 0
    found[1:] |= end[:-1] & ~end[1:] & ~closer[1:]
    closing = np.flatnonzero(closer & np.insert(~closer[:-1], 0, True))
    closed = np.flatnonzero(closer[:-1] & ~closer[1:]) + 1
    found[closed[end[closing - 1]]] = True
    return found


def _trimmed(marked: np.ndarray, breaks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where statements begin and end between `breaks`, without white space around them."""
    solid = (marked & BLANK) == 0
    begin, end = solid.copy(), solid.copy()
    begin[1:] &= ~solid[:-1] | breaks[1:]
    end[:-1] &= ~solid[1:] | breaks[1:]
    begin, end = np.flatnonzero(begin), np.flatnonzero(end) + 1
    first = np.unique(np.searchsorted(begin, np.flatnonzero(breaks)))
    first = first[first < len(begin)]
    return begin[first], end[np.append(first[1:], len(begin))[: len(first)] - 1]


def _asked(data: np.ndarray, first: np.ndarray, last: np.ndarray, reached: _Reached) -> np.ndarray:
    """Whether a question mark is one of the last three characters ((s,) bool)."""
    mark = np.flatnonzero(data == QUESTION)
    of = np.searchsorted(first, mark, "right") - 1
    found = np.zeros(len(first), bool)
    found[of[reached(last[of]) - reached(mark) <= ENDING]] = True
    return found
