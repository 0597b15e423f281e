"""The German text reader: `read(session)` turns the temp table text_input into statements, mentions and scores.

DuckDB does the volume (queries/*.sql); Python sees each distinct word once (cx/text/words.py).
"""

from pathlib import Path

import numpy as np
import pyarrow as pa

from cx.store import Session, sql
from cx.text import adjusting, languages, words
from cx.text.adjusting import Adjustment
from cx.text.german import TOKEN
from cx.text.weights import JUDGES, LEAN, MEASURES
from cx.text.words import Phrase, Word, Words

QUERIES = Path(__file__).parent / "queries"

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


def read(session: Session, analyser: Words | None = None, adjustment: Adjustment = adjusting.NONE) -> None:
    """Read every text of the session's temp table text_input(text BIGINT, feedback BIGINT, body VARCHAR).

    `text` is unique; a feedback may have several texts. Leaves the temp tables
    read_statement(text, feedback, statement, start, stop, polarity, label): statement counts from 0 within its text,
    start and stop are code points of the body; read_mention(text, feedback, statement, dimension, aspect, polarity,
    label, evidence); read_feedback(feedback, language, polarity, label, and the six pillars, NULL where not named).
    Polarities are −1…1. A feedback without any text has NULL language, polarity and label; one that is no German
    (cx/text/languages.py) has its language, NULL polarity and label in all its statements, and no mentions. Can be called
    again for the next chunk, with the same `analyser` (default: the shipped one). `adjustment`: what was learned here about
    words; polarity and label of statements and feedback follow it, mentions and pillars do not.
    """
    analyser = analyser or words.shipped()
    _prepare(session, analyser)
    session.run(
        sql(QUERIES / "statements.sql"),
        clause=CLAUSE,
        boundary=BOUNDARY + r"\1",
        statement=STATEMENT,
        white=WHITE,
        adversative=ADVERSATIVE,
    )
    session.run(sql(QUERIES / "tokens.sql"), token=TOKEN)
    languages.recognise(session)
    _learn(session, analyser)
    for query in ("units", "judgements", "tally"):
        session.run(sql(QUERIES / f"{query}.sql"), **numbers(analyser))
    adjusting.lay_over(session, analyser, adjustment)
    session.run(sql(QUERIES / "verdicts.sql"), **numbers(analyser))


def numbers(analyser: Words) -> dict[str, float]:
    """The numbers that the queries take: those of the rules, and judging_… of the learned weights."""
    return analyser.lexicon.numbers | {f"judging_{name}": n for name, n in analyser.weights.numbers.items()}


def _prepare(session: Session, analyser: Words) -> None:
    """The tables of the lexicon, once per session."""
    if session.value("SELECT count(*) FROM duckdb_tables() WHERE temporary AND table_name = 'text_lexicon'"):
        return
    phrases, phrase_words, bearing, aspects = analyser.kept("tables", _tables)
    with (
        session.given("given_phrase", phrases),
        session.given("given_word", phrase_words),
        session.given("given_bearing", bearing),
        session.given("given_aspect", aspects),
    ):
        session.run(sql(QUERIES / "lexicon.sql"))


def _learn(session: Session, analyser: Words) -> None:
    """Add the words that the vocabulary does not know yet."""
    unknown = session.frame(sql(QUERIES / "unknown_words.sql"))["word"].tolist()
    if not unknown:
        return
    first = session.value("SELECT coalesce(max(number), 0) + 1 FROM vocabulary")
    found = [analyser.word(word) for word in unknown]
    known = _vocabulary(unknown, found, first)
    with session.given("given_vocabulary", known), session.given("given_bearing", _bearing(analyser, found, first)):
        session.run(
            "INSERT INTO vocabulary BY NAME FROM given_vocabulary; INSERT INTO bearing BY NAME FROM given_bearing"
        )


def _vocabulary(unknown: list[str], found: list[Word], first: int) -> pa.Table:
    return pa.table(
        {
            "word": pa.array(unknown, pa.string()),
            "number": pa.array(range(first, first + len(unknown)), pa.int32()),
            "key": pa.array([w.key for w in found], pa.int32()),
            "weight": pa.array([w.weight for w in found], pa.int32()),
            "role": pa.array([str(w.role) for w in found], pa.string()),
            "degree": pa.array([w.degree for w in found], pa.bool_()),
            "steady": pa.array([w.steady for w in found], pa.bool_()),
            "names": pa.array([w.names for w in found], pa.int64()),
            "rule": pa.array([w.rule or "learned" for w in found], pa.string()),
            "active": pa.array([w.active for w in found], pa.bool_()),
        }
    )


def _bearing(analyser: Words, found: list[Word], first: int) -> pa.Table:
    """What words add to the tally of a statement: number, lean, judges, and about_… per aspect; only where that is anything."""
    kept = [(first + place, word) for place, word in enumerate(found) if word.learned is not None]
    return _wide(
        analyser, [n for n, _ in kept], [w.lean for _, w in kept], [w.learned for _, w in kept if w.learned is not None]
    )


def _wide(analyser: Words, numbered: list[int], leans: list[int], learned: list[np.ndarray]) -> pa.Table:
    width = JUDGES + 1 + len(analyser.weights.aspects)
    matrix = np.array(learned, np.int16).reshape(len(learned), width)
    matrix[:, LEAN] = leans
    names = ["lean", "judges", *(slot(aspect) for _, aspect in analyser.weights.aspects)]
    columns = {name: pa.array(matrix[:, place]) for place, name in enumerate(names)}
    return pa.table({"number": pa.array(numbered, pa.int32()), **columns})


def slot(aspect: str) -> str:
    """The column of the table bearing that holds what words add to `aspect`."""
    return f"about_{aspect}"


def _tables(analyser: Words) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    """The phrases, their words, what they add to a tally (by numbers below 0), and the aspects."""
    phrases = analyser.phrases
    learned = [(-1 - n, p.learned) for n, p in enumerate(phrases) if p.learned is not None]
    bearing = _wide(analyser, [n for n, _ in learned], [0] * len(learned), [row for _, row in learned])
    return _phrases(phrases), _phrase_words(phrases), bearing, _aspects(analyser)


def _phrases(phrases: list[Phrase]) -> pa.Table:
    second = [1 if p.anchor == 0 else 0 for p in phrases]
    return pa.table(
        {
            "phrase": pa.array(range(len(phrases)), pa.int32()),
            "anchor": pa.array([p.keys[p.anchor] for p in phrases], pa.int32()),
            "second": pa.array([p.keys[s] for p, s in zip(phrases, second, strict=True)], pa.int32()),
            "step": pa.array([p.gaps[1] * (1 if p.anchor == 0 else -1) for p in phrases], pa.int32()),
            "words": pa.array([len(p.keys) for p in phrases], pa.int32()),
            "ordered": pa.array([p.ordered for p in phrases], pa.bool_()),
            "span": pa.array([p.span for p in phrases], pa.int32()),
            "weight": pa.array([p.weight for p in phrases], pa.int32()),
            "role": pa.array([str(p.role) for p in phrases], pa.string()),
            "steady": pa.array([p.steady for p in phrases], pa.bool_()),
            "names": pa.array([p.names for p in phrases], pa.int64()),
        }
    )


def _phrase_words(phrases: list[Phrase]) -> pa.Table:
    rows = [
        (number, ordinal, key, gap)
        for number, phrase in enumerate(phrases)
        for ordinal, (key, gap) in enumerate(zip(phrase.keys, phrase.gaps, strict=True))
    ]
    names = ("phrase", "ordinal", "key", "gap")
    return pa.table({n: pa.array(c, pa.int32()) for n, c in zip(names, zip(*rows, strict=True), strict=True)})


def _aspects(analyser: Words) -> pa.Table:
    """Each aspect with its slot and place among the columns of bearing, its bit in `names`, and what a statement as a whole adds to its score."""
    named, measures = analyser.weights.aspects, analyser.weights.measures
    return pa.table(
        {
            "slot": pa.array([slot(aspect) for _, aspect in named], pa.string()),
            "dimension": pa.array([dimension for dimension, _ in named], pa.string()),
            "aspect": pa.array([aspect for _, aspect in named], pa.string()),
            "place": pa.array(range(1, len(named) + 1), pa.int32()),
            "bit": pa.array([1 << place for place in range(len(named))], pa.int64()),
            **{name: pa.array(measures[:, place]) for place, name in enumerate(MEASURES)},
        }
    )
