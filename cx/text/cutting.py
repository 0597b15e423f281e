"""Texts cut into statements, and statements into tokens: the patterns, which the database matches, and what comes of it as arrays."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cx.store import Session, sql
from cx.text.german import TOKEN
from cx.text.places import before, begins, offsets

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
STATEMENT = (
    r"(?is)[" + WHITE + r"]+|(?:https?://\S+|www\.\S+|[^\s@]+@[^\s@]+"
    r"|[\s(„\"](?:z\. ?B|d\. ?h|u\. ?a|o\. ?ä|u\. ?U|i\. ?d\. ?R|z\. ?T|v\. ?a|ca|bzw|usw|etc|evtl|ggf|inkl|incl|exkl|vgl|nr"
    r"|tel|str|dr|prof|hr|fr|st|std|min|mio|mrd|mind|max|ehem|sog|bspw|zzgl|abs|gem|allg|lt|tgl)\."
    r"|\d+[.]\d+|\d{1,2}\. ?(?:" + MONTHS + r"|Etage|Stock|Klasse|Mal|Tag)"
    r"|[^.!?…\n\x1e])+[.!?…]*[\"“”»)]*|[.!?…]+[\"“”»)]*"
)


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
    bodies: pa.Array  # (s,) strings, as long as in the text; null unless wanted
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


def cut(session: Session, *, bodies: bool = False) -> Cut:
    """The statements of the session's text_input(text, feedback, body)."""
    found = session.arrow(
        sql(CUT),
        clause=CLAUSE,
        boundary=BOUNDARY + r"\1",
        statement=STATEMENT,
        adversative=ADVERSATIVE,
        token=TOKEN,
        white=WHITE,
        bodies=bodies,
    )
    pieces = {name: found[name].combine_chunks() for name in found.column_names}
    return _arranged(pieces)


def _arranged(pieces: dict[str, pa.Array]) -> Cut:
    """White space falls away; what was counted per piece is counted per statement."""
    text, feedback, wide, size, length, question, but = (
        pieces[name].to_numpy(zero_copy_only=False)
        for name in ("text", "feedback", "wide", "size", "kept", "question", "but")
    )
    first = begins(text)
    kept = length > 0
    start, ordinal = (before(counts, first)[kept].astype(np.int32) for counts in (size, kept))
    feedbacks, place = np.unique(feedback[first], return_inverse=True)
    counts = pc.list_value_length(pieces["words"]).to_numpy(zero_copy_only=False)[kept]
    tokens = pieces["words"].flatten().dictionary_encode()
    return Cut(
        feedbacks=feedbacks,
        wide=np.bincount(place, wide[first], len(feedbacks)) > 0,
        text=text[kept],
        feedback=place[np.cumsum(first) - 1][kept],
        ordinal=ordinal,
        start=start,
        stop=start + length[kept].astype(np.int32),
        question=question[kept],
        but=but[kept],
        bodies=pieces["body"].filter(pa.array(kept)),
        spellings=tokens.dictionary,
        token=tokens.indices.to_numpy(),
        counts=counts.astype(np.int64),
        statement=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
    )
