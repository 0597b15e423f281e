"""The German text reader: `read(session)` turns the temp table text_input into statements, mentions and scores.

DuckDB does the volume (queries/*.sql); Python sees each distinct word once (cx/text/words.py).
"""

from functools import cache
from pathlib import Path

import pyarrow as pa

from cx.store import Session, sql
from cx.text import languages, words
from cx.text.german import TOKEN
from cx.text.words import Words

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


def read(session: Session) -> None:
    """Read every text of the session's temp table text_input(text BIGINT, feedback BIGINT, body VARCHAR).

    `text` is unique; a feedback may have several texts. Leaves the temp tables
    read_statement(text, feedback, statement, start, stop, polarity, label): statement counts from 0 within its text,
    start and stop are code points of the body; read_mention(text, feedback, statement, dimension, aspect, polarity,
    label, evidence); read_feedback(feedback, language, polarity, label, and the six pillars, NULL where not named).
    Polarities are −1…1. A feedback without any text has NULL language, polarity and label; one that is no German
    (cx/text/languages.py) has its language, NULL polarity and label in all its statements, and no mentions. Can be called
    again for the next chunk.
    """
    numbers = words.shipped().lexicon.numbers
    _prepare(session)
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
    _learn(session)
    for query in ("units", "judgements", "verdicts"):
        session.run(sql(QUERIES / f"{query}.sql"), **numbers)


def _prepare(session: Session) -> None:
    """The tables of the lexicon, once per session."""
    if session.value("SELECT count(*) FROM duckdb_tables() WHERE temporary AND table_name = 'text_lexicon'"):
        return
    phrases, phrase_words, senses = _tables()
    with (
        session.given("given_phrase", phrases),
        session.given("given_word", phrase_words),
        session.given("given_sense", senses),
    ):
        session.run(sql(QUERIES / "lexicon.sql"))


def _learn(session: Session) -> None:
    """Add the words that the vocabulary does not know yet."""
    unknown = session.frame(sql(QUERIES / "unknown_words.sql"))["word"].tolist()
    if unknown:
        with session.given("given_vocabulary", _vocabulary(unknown)):
            session.run("INSERT INTO vocabulary BY NAME FROM given_vocabulary")


def _vocabulary(unknown: list[str]) -> pa.Table:
    analyser, senses = words.shipped(), _senses()
    found = [analyser.word(word) for word in unknown]
    return pa.table(
        {
            "word": pa.array(unknown, pa.string()),
            "key": pa.array([w.key for w in found], pa.int32()),
            "weight": pa.array([w.weight for w in found], pa.int32()),
            "role": pa.array([str(w.role) for w in found], pa.string()),
            "degree": pa.array([w.degree for w in found], pa.bool_()),
            "steady": pa.array([w.steady for w in found], pa.bool_()),
            "sense": pa.array([senses[w.pillars, w.touchpoints] for w in found], pa.int32()),
            "rule": pa.array([w.rule for w in found], pa.string()),
            "active": pa.array([w.active for w in found], pa.bool_()),
        }
    )


@cache
def _senses() -> dict[tuple[tuple[str, ...], tuple[str, ...]], int]:
    """Each combination of pillars and touchpoints in the lexicon -> its number; nothing is 0."""
    pairs = {(e.pillars, e.touchpoints) for e in words.shipped().lexicon.entries}
    pillars = {p for p, _ in pairs}
    touchpoints = {t for _, t in pairs}
    every = [((), ())] + sorted({(p, t) for p in pillars for t in touchpoints} - {((), ())})
    return {aspects: number for number, aspects in enumerate(every)}


@cache
def _tables() -> tuple[pa.Table, pa.Table, pa.Table]:
    """The phrases, their words, and the aspects of each sense."""
    analyser, senses = words.shipped(), _senses()
    return _phrases(analyser), _phrase_words(analyser), _sense_aspects(senses)


def _phrases(analyser: Words) -> pa.Table:
    senses, phrases = _senses(), analyser.phrases
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
            "sense": pa.array([senses[p.pillars, p.touchpoints] for p in phrases], pa.int32()),
        }
    )


def _phrase_words(analyser: Words) -> pa.Table:
    rows = [
        (number, ordinal, key, gap)
        for number, phrase in enumerate(analyser.phrases)
        for ordinal, (key, gap) in enumerate(zip(phrase.keys, phrase.gaps, strict=True))
    ]
    names = ("phrase", "ordinal", "key", "gap")
    return pa.table({n: pa.array(c, pa.int32()) for n, c in zip(names, zip(*rows, strict=True), strict=True)})


def _sense_aspects(senses: dict[tuple[tuple[str, ...], tuple[str, ...]], int]) -> pa.Table:
    rows = [
        (number, dimension, aspect)
        for (pillars, touchpoints), number in senses.items()
        for dimension, aspects in (("pillar", pillars), ("touchpoint", touchpoints))
        for aspect in aspects
    ]
    types = (("sense", pa.int32()), ("dimension", pa.string()), ("aspect", pa.string()))
    return pa.table({n: pa.array(c, t) for (n, t), c in zip(types, zip(*rows, strict=True), strict=True)})
