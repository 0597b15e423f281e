"""The German text reader: `read(session)` turns the temp table text_input into statements, mentions and scores.

Texts are cut by their characters, the odd ones by patterns (cx/text/cutting.py, cx/text/tokens.py); Python sees each
distinct word once (cx/text/words.py); the rules work on arrays of all tokens at once, one module per step, in the order of
`interpret`. DuckDB keeps what was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cx.store import Session, sql
from cx.text import adjusting, languages, verdicts, words
from cx.text.adjusting import Adjustment, Shifted
from cx.text.cutting import Cut, cut
from cx.text.judgements import Judgements, judge
from cx.text.languages import GERMAN
from cx.text.mentions import Mentions, mention, name
from cx.text.phrases import Hits, Phrases, find, phrasebook
from cx.text.places import offsets, sums
from cx.text.tallies import Tally, tally
from cx.text.units import hits, units, written
from cx.text.verdicts import LABELS, Sums, Verdicts, judging_of, label_of, polarity_of
from cx.text.vocabulary import Said, vocabulary
from cx.text.words import Words

READ = Path(__file__).parent / "queries" / "read.sql"
PILLARS = ("effort", "emotion", "expectation", "control", "trust", "resolution")


@dataclass(frozen=True, eq=False)
class Reading:
    """All that was read of a chunk of texts, step by step: s statements, f feedbacks, m mentions."""

    analyser: Words
    language: np.ndarray  # (f,) objects: code, None without text
    german: np.ndarray  # (s,) bool
    cut: Cut  # foreign statements have no tokens
    said: Said  # what the spellings of `cut` say
    hits: Hits
    phrases: Phrases
    of_phrases: Said  # what each of `phrases` says
    judgements: Judgements
    tally: Tally  # with the bare sums
    shifted: Shifted  # what the adjustment adds
    sums: Sums  # (s,), with it
    mentions: Mentions
    of_statements: Verdicts
    of_mentions: Verdicts
    of_feedbacks: Verdicts


def read(session: Session, analyser: Words | None = None, adjustment: Adjustment = adjusting.NONE) -> Reading:
    """Read every text of the session's temp table text_input(text BIGINT, feedback BIGINT, body VARCHAR).

    `text` is unique; a feedback may have several texts. Leaves the temp tables
    read_statement(text, feedback, statement, start, stop, polarity, label, id, total, mass): statement counts from 0 within its text,
    start and stop are code points of the body, id counts all statements, total and mass are its sums in 1/1024 (NULL where it is no
    German); read_mention(text, feedback, statement, dimension, aspect, polarity, label, evidence);
    read_feedback(feedback, language, polarity, label, and the six pillars, NULL where not named).
    Polarities are −1…1. A feedback without any text has NULL language, polarity and label; one that is no German
    (cx/text/languages.py) has its language, NULL polarity and label in all its statements, and no mentions. Can be called
    again for the next chunk, with the same `analyser` (default: the shipped one). `adjustment`: what was learned here about
    words; polarity and label of statements and feedback follow it, mentions and pillars do not.
    """
    found = interpret(session, analyser, adjustment)
    with session.given(
        given_statement=statements(found), given_mention=mentions(found), given_feedback=feedbacks(found)
    ):
        session.run(sql(READ))
    return found


def interpret(
    session: Session,
    analyser: Words | None = None,
    adjustment: Adjustment = adjusting.NONE,
) -> Reading:
    """`read` without the tables."""
    analyser = analyser or words.shipped()
    numbers = analyser.lexicon.numbers
    whole = cut(session)
    foreign = languages.recognise(session, whole)
    german = ~foreign.astype(bool)[whole.feedback]
    text = whole if german.all() else whole.silenced(~german)
    said, book = vocabulary(analyser).of(text.spellings), phrasebook(analyser)
    active = hits(text, said)
    phrases = find(active, book)
    of_phrases = book.said.of(phrases.phrase)
    judgements = judge(units(text, said, active, phrases, book), text.question, text.but, numbers)
    phrased = text.statement[active.token[phrases.hits[phrases.first]]]
    bare = tally(text, said, of_phrases, phrased, judgements)
    shifted = adjusting.lay_over(text, said, judgements, analyser, adjustment)
    moved = _moved(text, bare, shifted)
    mentioned = mention(name(bare, analyser.weights), judgements, bare)
    return Reading(
        analyser=analyser,
        language=np.where(foreign.astype(bool), foreign, _spoken(text)),
        german=german,
        cut=text,
        said=said,
        hits=active,
        phrases=phrases,
        of_phrases=of_phrases,
        judgements=judgements,
        tally=bare,
        shifted=shifted,
        sums=moved,
        mentions=mentioned,
        of_statements=_judged(moved, analyser, "mixed_share").only(german),
        of_mentions=_of_mentions(bare.sums, mentioned, analyser),
        of_feedbacks=_of_feedbacks(text, german, moved, analyser),
    )


def _moved(text: Cut, bare: Tally, shifted: Shifted) -> Sums:
    """The sums with what an upload has learned."""
    owner, size = text.statement[shifted.token], len(text)
    total, mass = (sums(owner, amount, size) for amount in (shifted.amount, shifted.mass))
    return replace(bare.sums, total=bare.sums.total + total, mass=bare.sums.mass + mass)


def _spoken(text: Cut) -> np.ndarray:
    """German, None for a feedback without text."""
    return np.where(np.bincount(text.feedback, minlength=len(text.feedbacks)) > 0, GERMAN, None)


def _judged(found: Sums, analyser: Words, mixed_share: str) -> Verdicts:
    rules = analyser.lexicon.numbers
    return verdicts.judge(found, rules, analyser.weights.numbers, rules[mixed_share])


def _of_mentions(bare: Sums, mentions: Mentions, analyser: Words) -> Verdicts:
    """Mentions are read without what an upload has learned, and judge where their statement does."""
    rules, statement = analyser.lexicon.numbers, mentions.named.statement
    whole = polarity_of(bare.total, bare.mass, rules["doubt"])
    judging = (bare.judges + judging_of(whole, bare.mass, bare.question, analyser.weights.numbers))[statement]
    label = label_of(judging, mentions.total, mentions.mass, rules["mixed_mass"], rules["mixed_share"])
    return Verdicts(polarity_of(mentions.total, mentions.mass, rules["doubt"] * mentions.times), label)


def _of_feedbacks(text: Cut, german: np.ndarray, found: Sums, analyser: Words) -> Verdicts:
    owner, size = text.feedback[german], len(text.feedbacks)
    judges, total, mass, questions = (sums(owner, column[german], size) for column in vars(found).values())
    said = np.bincount(owner, minlength=size) > 0
    return _judged(Sums(judges, total, mass, questions > 0), analyser, "mixed_share_text").only(said)


def statements(reading: Reading) -> pa.Table:
    """The rows of read_statement, by text and statement."""
    text = reading.cut
    return pa.table(
        {
            "text": text.text,
            "feedback": text.feedbacks[text.feedback],
            "statement": text.ordinal,
            "start": text.start,
            "stop": text.stop,
            **_columns(reading.of_statements),
            "id": np.arange(len(text)),
            "total": pa.array(reading.sums.total, mask=~reading.german),
            "mass": pa.array(reading.sums.mass, mask=~reading.german),
        }
    )


def mentions(reading: Reading) -> pa.Table:
    """The rows of read_mention, by text, statement and aspect (in the order of the taxonomy)."""
    text, named, found = reading.cut, reading.mentions.named, reading.mentions
    judging = reading.judgements.units
    phrase, token = (column[found.judgement] for column in (judging.phrase, judging.token))
    evidence = written(text, reading.hits, reading.phrases, phrase, token)
    dimensions, aspects = zip(*reading.analyser.weights.aspects, strict=True)
    return pa.table(
        {
            "text": text.text[named.statement],
            "feedback": text.feedbacks[text.feedback[named.statement]],
            "statement": text.ordinal[named.statement],
            "dimension": _named(named.aspect, dimensions),
            "aspect": _named(named.aspect, aspects),
            **_columns(reading.of_mentions),
            "evidence": pa.ListArray.from_arrays(offsets(found.count).astype(np.int32), evidence),
        }
    )


def feedbacks(reading: Reading) -> pa.Table:
    """The rows of read_feedback, by feedback. A pillar is the mean of its mentions."""
    text, named, polarity = reading.cut, reading.mentions.named, reading.of_mentions.polarity
    owner, size = text.feedback[named.statement], len(text.feedbacks)
    pillars = {}
    for pillar in PILLARS:
        mine = named.aspect == reading.analyser.weights.aspects.index(("pillar", pillar))
        count = np.bincount(owner[mine], minlength=size)
        total = np.bincount(owner[mine], polarity[mine], size)
        pillars[pillar] = pa.array(total / np.maximum(count, 1), mask=count == 0)
    return pa.table(
        {
            "feedback": text.feedbacks,
            "language": pa.array(reading.language, pa.string()),
            **_columns(reading.of_feedbacks),
            **pillars,
        }
    )


def _columns(found: Verdicts) -> dict[str, pa.Array]:
    return {"polarity": pa.array(found.polarity, from_pandas=True), "label": _named(found.label, LABELS)}


def _named(places: np.ndarray, names: Sequence[str]) -> pa.DictionaryArray:
    """The names at `places`, missing below 0."""
    known = pa.array(dict.fromkeys(names), pa.string())
    indices = pc.index_in(pa.array(names, pa.string()), value_set=known).to_numpy()
    return pa.DictionaryArray.from_arrays(pa.array(indices[places], pa.int32(), mask=places < 0), known)
