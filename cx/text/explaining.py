"""What each word, phrase and statement adds to the verdicts of a reading: rows that sum up to them exactly."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cx.text import adjusting
from cx.text.places import before, begins, sums
from cx.text.reading import Reading
from cx.text.units import written
from cx.text.verdicts import judging_of, polarity_of
from cx.text.vocabulary import RULES
from cx.text.weights import JUDGES, LEAN, UNIT

NOWHERE = -1  # the token of a statement as a whole
STATEMENT, NAMES, WHOLE, SCORE = "statement", "names", "whole", "judges"
NAMED_RULES = tuple(sorted((*RULES, adjusting.RULE, STATEMENT, NAMES, WHOLE, SCORE)))
PLACE = {rule: place for place, rule in enumerate(NAMED_RULES)}
OF_RULE = np.array([PLACE[rule] for rule in RULES])
POLARITY = (
    0  # what a row adds to: 0 the polarity, then the aspects, one more than their place, and last whether it judges
)

Rows = dict[
    str, np.ndarray
]  # columns alike: statement, first and last (tokens), word, rule, target, contribution, within, naming


@dataclass(frozen=True, eq=False)
class _Borne:
    """The words and phrases that bear on the tally of their statement (b of them)."""

    where: Rows  # statement, first, last, word
    bearing: np.ndarray  # (b × 2 + aspects) int64

    def of(self, places: np.ndarray) -> Rows:
        """Where those at `places` stand."""
        return {name: column[places] for name, column in self.where.items()}


def explained(reading: Reading) -> pd.DataFrame:
    """What adds to the polarity (contribution: of the text, within: of the statement, in whole parts of 1/16384 by cumulated
    rounding), to the polarity of a mention (within), and to the scores by which a statement counts as judging and an aspect as
    named (naming, in weights of a plain word; 0 and more: it is).

    Columns: text, statement, start, stop, word, rule, dimension, aspect, contribution, within, naming.
    """
    borne = _borne(reading)
    parts = [
        _polarity(reading, borne),
        _evidence(reading),
        _bare(reading),
        _naming(reading, borne),
        _named(reading),
        _judging(reading, borne),
        _judged(reading),
    ]
    return _framed(reading, {name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def _framed(reading: Reading, rows: Rows) -> pd.DataFrame:
    """The rows with places in the text and names, in order; what has no token stands for its whole statement."""
    text, statement, whole = reading.cut, rows["statement"], rows["first"] == NOWHERE
    starts, stops = (np.append(places, 0) for places in _located(reading))
    start = np.where(whole, text.start[statement], starts[rows["first"]]).astype(np.int32)
    stop = np.where(whole, text.stop[statement], stops[rows["last"]]).astype(np.int32)
    names = np.array([("polarity", ""), *reading.analyser.weights.aspects, ("judging", "")], object)
    dimension, aspect = names[rows["target"]].T
    order = _order(rows, names, start)
    frame = pd.DataFrame(
        {
            "text": text.text[statement],
            "statement": text.ordinal[statement],
            "start": start,
            "stop": stop,
            "word": rows["word"],
            "rule": np.array(NAMED_RULES, object)[rows["rule"]],
            "dimension": dimension,
            "aspect": aspect,
            **{name: rows[name] for name in ("contribution", "within", "naming")},
        }
    )
    return (
        frame.iloc[order].reset_index(drop=True).astype(dict.fromkeys(("word", "rule", "dimension", "aspect"), "str"))
    )


def _order(rows: Rows, names: np.ndarray, start: np.ndarray) -> np.ndarray:
    """By statement, dimension, place, aspect and rule; what names an aspect stands behind what judges it."""
    dimensions = ("polarity", "pillar", "touchpoint", "judging")
    rank = np.array([dimensions.index(dimension) for dimension in names[:, 0]])[rows["target"]]
    alphabetical = np.argsort(np.argsort(names[:, 1], kind="stable"))[rows["target"]]
    return np.lexsort(
        (rows["last"], rows["first"], rows["rule"], rows["naming"] != 0, alphabetical, start, rank, rows["statement"])
    )


def _located(reading: Reading) -> tuple[np.ndarray, np.ndarray]:
    """Where tokens begin and end, in code points of the text. A token stands where its letters stand next: no pattern of german.TOKEN
    looks at its surroundings, so it would have been found there before.
    """
    text = reading.cut
    bodies, spellings = text.bodies.to_pylist(), text.spellings.to_pylist()
    words = [spellings[place] for place in text.token.tolist()]
    found, reached, last = [], 0, NOWHERE
    for statement, word in zip(text.statement.tolist(), words, strict=True):
        begin = bodies[statement].index(word, reached if statement == last else 0)
        found.append(begin)
        reached, last = begin + len(word), statement
    start = np.array(found, np.int64) + text.start[text.statement]
    return start, start + np.array([len(word) for word in words], np.int64)


def _rows(
    where: Rows,
    rule: str | np.ndarray,
    target: int | np.ndarray = POLARITY,
    *,
    contribution: float | np.ndarray = 0.0,
    within: float | np.ndarray = 0.0,
    naming: float | np.ndarray = 0.0,
) -> Rows:
    told = {
        "rule": PLACE[rule] if isinstance(rule, str) else rule,
        "target": target,
        "contribution": contribution,
        "within": within,
        "naming": naming,
    }
    size = len(where["statement"])
    return where | {name: np.broadcast_to(column, size) for name, column in told.items()}


def _standing(reading: Reading, phrase: np.ndarray, token: np.ndarray) -> Rows:
    """Where units stand (cx.text.units.Units.phrase and token)."""
    phrases, hits = reading.phrases, reading.hits
    ends = np.append(hits.token[phrases.hits[phrases.last]], NOWHERE)[phrase]
    return {
        "statement": reading.cut.statement[token],
        "first": token,
        "last": np.where(phrase >= 0, ends, token),
        "word": written(reading.cut, hits, phrases, phrase, token).to_numpy(zero_copy_only=False),
    }


def _judgements(reading: Reading, places: np.ndarray) -> Rows:
    """Where judgements stand."""
    units = reading.judgements.units
    return _standing(reading, units.phrase[places], units.token[places])


def _whole(statement: np.ndarray) -> Rows:
    """Statements as a whole."""
    nowhere = np.full(len(statement), NOWHERE)
    return {"statement": statement, "first": nowhere, "last": nowhere, "word": np.full(len(statement), "", object)}


def _borne(reading: Reading) -> _Borne:
    """Words and phrases of which anything was learned."""
    phrases = np.flatnonzero(reading.of_phrases.rows["learned"])
    words = np.flatnonzero(reading.said.rows["learned"][reading.cut.token])
    first = reading.hits.token[reading.phrases.hits[reading.phrases.first[phrases]]]
    phrase = np.concatenate((np.full(len(words), -1), phrases))
    bearing = np.concatenate((reading.said.bearing[reading.cut.token[words]], reading.of_phrases.bearing[phrases]))
    return _Borne(_standing(reading, phrase, np.concatenate((words, first))), bearing.astype(np.int64))


def _polarity(reading: Reading, borne: _Borne) -> Rows:
    """What judges and leans: contribution and within."""
    judging, leaning = np.flatnonzero(reading.judgements.amount), np.flatnonzero(borne.bearing[:, LEAN])
    shifted, text = reading.shifted, reading.cut
    parts = [
        _rows(_judgements(reading, judging), OF_RULE[reading.judgements.rule[judging]]),
        _rows(borne.of(leaning), "learned"),
        _rows(_standing(reading, np.full(len(shifted.token), -1), shifted.token), adjusting.RULE),
    ]
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    amount = np.concatenate((reading.judgements.amount[judging], borne.bearing[leaning, LEAN], shifted.amount))
    order = np.lexsort((found["rule"], found["last"], found["first"], found["statement"]))
    found, amount = {name: column[order] for name, column in found.items()}, amount[order]
    statement, of_text = found["statement"], np.cumsum(begins(text.text)) - 1
    text_mass = sums(of_text, reading.sums.mass, len(text))[of_text]
    doubt = reading.analyser.lexicon.numbers["doubt"]
    return found | {
        "contribution": _steps(amount, begins(of_text[statement]), text_mass[statement], doubt),
        "within": _steps(amount, begins(statement), reading.sums.mass[statement], doubt),
    }


def _steps(amount: np.ndarray, first: np.ndarray, mass: np.ndarray, doubt: float | np.ndarray) -> np.ndarray:
    """How far each amount moves the polarity of its group, one after the other."""
    reached = before(amount, first)
    return polarity_of(reached + amount, mass, doubt) - polarity_of(reached, mass, doubt)


def _evidence(reading: Reading) -> Rows:
    """The judgements that mentions are judged by: within."""
    found, rule = reading.mentions, reading.judgements.rule
    return _rows(
        _judgements(reading, found.judgement),
        OF_RULE[rule[found.judgement]],
        found.named.aspect[found.mention] + 1,
        within=_steps(
            found.part_total,
            begins(found.mention),
            found.mass[found.mention],
            reading.analyser.lexicon.numbers["doubt"] * found.times[found.mention],
        ),
    )


def _bare(reading: Reading) -> Rows:
    """Mentions without evidence are judged by their statement: within."""
    bare = np.flatnonzero(reading.mentions.count == 0)
    named, polarity = reading.mentions.named, reading.of_mentions.polarity
    return _rows(_whole(named.statement[bare]), STATEMENT, named.aspect[bare] + 1, within=polarity[bare])


def _naming(reading: Reading, borne: _Borne) -> Rows:
    """What words and phrases add to the scores by which aspects are named, of those that are."""
    named, weights = reading.mentions.named, borne.bearing[:, JUDGES + 1 :]
    there = np.zeros((len(reading.cut), weights.shape[1]), bool)
    there[named.statement, named.aspect] = True
    row, aspect = np.nonzero((weights != 0) & there[borne.where["statement"]])
    return _rows(borne.of(row), NAMES, aspect + 1, naming=weights[row, aspect] / UNIT)


def _named(reading: Reading) -> Rows:
    """What the statement as a whole adds to them."""
    named = reading.mentions.named
    return _rows(_whole(named.statement), WHOLE, named.aspect + 1, naming=named.whole / UNIT)


def _judging(reading: Reading, borne: _Borne) -> Rows:
    """What words and phrases add to the score by which a statement judges."""
    row = np.flatnonzero(borne.bearing[:, JUDGES])
    return _rows(borne.of(row), SCORE, _score(reading), naming=borne.bearing[row, JUDGES] / UNIT)


def _judged(reading: Reading) -> Rows:
    """What the statement as a whole adds to it."""
    statement = np.flatnonzero(reading.german)
    polarity, question = reading.of_statements.polarity[statement], reading.cut.question[statement]
    whole = judging_of(polarity, reading.sums.mass[statement], question, reading.analyser.weights.numbers)
    return _rows(_whole(statement), WHOLE, _score(reading), naming=whole / UNIT)


def _score(reading: Reading) -> int:
    """The target of what adds to whether a statement judges."""
    return len(reading.analyser.weights.aspects) + 1
