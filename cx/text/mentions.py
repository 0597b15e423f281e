"""Which pillars and touchpoints a statement names, and how it judges them."""

from dataclasses import dataclass

import numpy as np

from cx.text.judgements import Judgements
from cx.text.places import sums
from cx.text.tallies import Tally
from cx.text.verdicts import filled
from cx.text.weights import Weights

BIAS, GOOD, BAD, QUESTION = range(4)  # cx.text.weights.MEASURES


@dataclass(frozen=True, eq=False)
class Named:
    """The aspects of which a statement says enough (m of them, by statement and aspect)."""

    statement: np.ndarray  # (m,) int64
    aspect: np.ndarray  # (m,) int64: place in Weights.aspects
    whole: np.ndarray  # (m,) int64: what the statement as a whole adds to the score, in 1/1024


@dataclass(frozen=True, eq=False)
class Mentions:
    """What is said of each aspect that was named, and the evidence, e judgements in order for all mentions one after the other."""

    named: Named
    own: np.ndarray  # (m,) bool: words of its own judge it
    total: np.ndarray  # (m,) int64
    mass: np.ndarray  # (m,) int64
    times: np.ndarray  # (m,) int64: how many of the parts are sums
    count: np.ndarray  # (m,) int64: judgements that are evidence
    judgement: np.ndarray  # (e,) int64: place among the judgements
    mention: np.ndarray  # (e,) int64: what it is evidence for
    part_total: np.ndarray  # (e,) int64: what it adds to `total`


def name(tally: Tally, weights: Weights) -> Named:
    """The aspects where the words' sums and what the statement as a whole adds reach 0."""
    measures = weights.measures
    least = -(measures[:, BIAS] + np.maximum(measures[:, GOOD:], 0).sum(axis=1))
    statement, aspect = np.nonzero((tally.about >= least) & tally.heard[:, None])
    good, bad = ((tally.sums.mass + sign * tally.sums.total)[statement] / 2 for sign in (1, -1))
    whole = measures[aspect, BIAS] + np.floor(
        measures[aspect, GOOD] * filled(good) + measures[aspect, BAD] * filled(bad) + 0.5
    ).astype(np.int64)
    whole += np.where(tally.sums.question[statement], measures[aspect, QUESTION], 0)
    enough = tally.about[statement, aspect] + whole >= 0
    return Named(statement[enough], aspect[enough], whole[enough])


def mention(named: Named, judgements: Judgements, tally: Tally) -> Mentions:
    """Judge each aspect by its own words where they judge, else by what is said between the same commas, else by the statement."""
    judgement, place = _evidence(named, judgements, tally.about.shape[1])
    count = np.bincount(place, minlength=len(named.aspect))
    amount = judgements.amount[judgement]
    own = np.bincount(place, amount != 0, len(count)) > 0
    near_total, near_mass = _near(judgements, judgement, tally)
    total = np.where(own[place], amount, near_total)
    mass = np.where(own[place], np.abs(amount), near_mass)
    bare = count == 0
    return Mentions(
        named=named,
        own=own,
        total=np.where(bare, tally.sums.total[named.statement], sums(place, total, len(count))),
        mass=np.where(bare, tally.sums.mass[named.statement], sums(place, mass, len(count))),
        times=np.where(own | bare, 1, count),
        count=count,
        judgement=judgement,
        mention=place,
        part_total=total,
    )


def _evidence(named: Named, judgements: Judgements, aspects: int) -> tuple[np.ndarray, np.ndarray]:
    """Which judgements are evidence for which mentions: places of both, by mention."""
    units = judgements.units
    statements = max(named.statement.max(initial=-1), units.statement.max(initial=-1)) + 1
    shared = units.said("names") & sums(named.statement, 2.0**named.aspect, statements)[units.statement]
    evident = np.flatnonzero(shared)
    bits = np.unpackbits(shared[evident].view(np.uint8), bitorder="little")
    row, aspect = np.divmod(np.flatnonzero(bits.view(bool)), 8 * shared.itemsize)
    judgement = evident[row]
    mention = np.searchsorted(
        named.statement * aspects + named.aspect, units.statement[judgement].astype(np.int64) * aspects + aspect
    )
    order = np.argsort(mention, kind="stable")
    return judgement[order], mention[order]


def _near(judgements: Judgements, places: np.ndarray, tally: Tally) -> tuple[np.ndarray, np.ndarray]:
    """Total and mass of what is said between the same commas as the judgements at `places`, else of their statement."""
    segment, statement = judgements.units.segment, judgements.units.statement[places]
    segments = segment.max(initial=-1) + 1
    total = sums(segment, judgements.amount, segments)[segment[places]]
    mass = sums(segment, np.abs(judgements.amount), segments)[segment[places]]
    return np.where(mass > 0, total, tally.sums.total[statement]), np.where(mass > 0, mass, tally.sums.mass[statement])
