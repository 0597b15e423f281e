"""What judges, and how much: negation, strength, wishes, questions and contrasts turn and scale the words they aim at."""

from dataclasses import dataclass

import numpy as np

from cx.text.lexicon import Role
from cx.text.places import before, begins
from cx.text.units import Units
from cx.text.vocabulary import ROLE, ROLES, RULE
from cx.text.weights import UNIT

NEGATES = np.array([role in (Role.NEGATOR, Role.NEITHER) for role in ROLES])
MODIFIES = np.array(
    [role in (Role.NEGATOR, Role.NEITHER, Role.INTENSIFIER, Role.DIMINISHER, Role.TOO) for role in ROLES]
)


@dataclass(frozen=True, eq=False)
class Judgements:
    """The units that judge or name an aspect (j of them), with all rules applied."""

    units: Units  # (j,)
    rule: np.ndarray  # (j,) int8: place in RULES
    amount: np.ndarray  # (j,) int64, in 1/1024


@dataclass(frozen=True, eq=False)
class _Shift:
    """What the modifiers that aim at a unit make of it; arrays (u,) of bool."""

    negated: np.ndarray
    intensified: np.ndarray
    diminished: np.ndarray


def judge(units: Units, question: np.ndarray, but: np.ndarray, numbers: dict[str, float]) -> Judgements:
    """Weigh `units`; question, but: (s,) bool of the statements; numbers: scope and factor of data/lexicon/model.toml."""
    over, weight = _exceeding(units, numbers)
    negates = NEGATES[units.said("role")] | _nor(units)
    target = _aimed(units, weight, negates, numbers)
    shift = _shifted(units, negates, target)
    weight, lonely = _own(units, weight, target >= 0, numbers)
    turned = _turned(weight, shift.negated, numbers)
    scales = {
        "intensified": shift.intensified & ~shift.negated,
        "diminished": shift.diminished,
        "wish": _wished(units) & (turned > 0),
        "question": question[units.statement],
        "but_clause": but[units.statement],
    }
    amount = _scaled(turned, scales, numbers)
    first = {"negated": shift.negated, "negation": lonely, "too": over, "wish": scales["wish"]}
    rule = np.where(weight == 0, units.said("rule"), _telling(first | scales, units.said("rule")))
    told = np.flatnonzero((units.said("role") != ROLE[Role.COMMA]) & ((amount != 0) | (units.said("names") > 0)))
    return Judgements(units.of(told), rule[told], amount[told])


def _turned(weight: np.ndarray, negated: np.ndarray, numbers: dict[str, float]) -> np.ndarray:
    """What negation makes of the weights: bad words turn less good than good ones bad."""
    turns = np.where(weight > 0, numbers["negated_positive"], numbers["negated_negative"])
    return weight * np.where(negated, turns, 1.0)


def _scaled(weight: np.ndarray, scales: dict[str, np.ndarray], numbers: dict[str, float]) -> np.ndarray:
    """Whole numbers: the weights times the factor of each of `scales` that applies, in their order."""
    for factor, applies in scales.items():
        weight = weight * np.where(applies, numbers[factor], 1.0)
    return np.floor(weight + 0.5).astype(np.int64)


def _telling(rules: dict[str, np.ndarray], otherwise: np.ndarray) -> np.ndarray:
    """The first of `rules` that applies (place in RULES)."""
    return np.select(list(rules.values()), [RULE[rule] for rule in rules], otherwise)


def _exceeding(units: Units, numbers: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """Whether "zu" stands right before a word of degree, and what everything weighs then (float)."""
    behind = units.last[units.said("role") == ROLE[Role.TOO]] + 1
    place = np.minimum(np.searchsorted(units.first, behind), len(units) - 1)
    over = np.zeros(len(units), bool)
    over[place[units.first[place] == behind]] = True
    over &= units.said("degree")
    weight = units.said("weight").astype(np.float64)
    return over, np.where(over, np.minimum(numbers["too"] * UNIT, weight * numbers["intensified"]), weight)


def _nor(units: Units) -> np.ndarray:
    """Whether it is a "noch" after a "weder" of the same scope."""
    nor, neither = (units.said("role") == ROLE[role] for role in (Role.NOR, Role.NEITHER))
    return nor & (before(neither, begins(units.scope)) > 0)


def _aimed(units: Units, weight: np.ndarray, negates: np.ndarray, numbers: dict[str, float]) -> np.ndarray:
    """The unit that each modifier aims at, between the same commas: the next one that judges within reach, for one that negates
    else the last one before it; −1 for none.
    """
    judges = (units.said("role") == 0) & (weight != 0) & ~units.said("steady")
    place = np.arange(len(units))
    target = np.full(len(units), -1)
    after = np.append(np.minimum.accumulate(np.where(judges, place, len(units))[::-1])[::-1], len(units))[1:]
    aiming = np.flatnonzero((MODIFIES[units.said("role")] | negates) & (after < len(units)))
    ahead = after[aiming]
    reach = np.where(negates[aiming], numbers["forward"], numbers["degree"])
    hit = (units.segment[ahead] == units.segment[aiming]) & (units.first[ahead] - units.last[aiming] <= reach)
    target[aiming[hit]] = ahead[hit]
    left = np.flatnonzero(negates & (target < 0))
    target[left] = _behind(units, judges, left, numbers["backward"])
    return target


def _behind(units: Units, judges: np.ndarray, aiming: np.ndarray, reach: float) -> np.ndarray:
    """The last unit that judges before each of `aiming` and ends within `reach`; a long one may end behind the next one."""
    last = np.concatenate(([-1], np.maximum.accumulate(np.where(judges, np.arange(len(units)), -1))))
    longest = np.max(units.last - units.first, initial=0)
    found, left, place = np.full(len(aiming), -1), np.arange(len(aiming)), last[aiming]
    while len(left):
        mine = aiming[left]
        near = (place >= 0) & (units.segment[place] == units.segment[mine])
        near &= units.first[mine] - units.first[place] <= reach + longest
        left, place, mine = left[near], place[near], mine[near]
        hit = units.first[mine] - units.last[place] <= reach
        found[left[hit]] = place[hit]
        left, place = left[~hit], last[place[~hit]]
    return found


def _shifted(units: Units, negates: np.ndarray, target: np.ndarray) -> _Shift:
    """What aims at each unit."""
    aiming = np.flatnonzero(target >= 0)
    role, aim, size = units.said("role")[aiming], target[aiming], len(units)
    return _Shift(
        negated=np.bincount(aim, negates[aiming], size) % 2 == 1,
        intensified=np.bincount(aim, role == ROLE[Role.INTENSIFIER], size) > 0,
        diminished=np.bincount(aim, role == ROLE[Role.DIMINISHER], size) > 0,
    )


def _own(
    units: Units, weight: np.ndarray, aims: np.ndarray, numbers: dict[str, float]
) -> tuple[np.ndarray, np.ndarray]:
    """What each unit weighs itself, and whether it is a negation that finds nothing to turn. What aims at another has said it there."""
    lonely = NEGATES[units.said("role")] & (weight == 0)
    silent = aims | (units.said("role") == ROLE[Role.WISH])
    return np.where(silent, 0.0, np.where(lonely, numbers["lonely_negator"] * UNIT, weight)), lonely & ~aims


def _wished(units: Units) -> np.ndarray:
    """Whether a wish stands in the same scope."""
    wished = np.zeros(units.scope.max(initial=-1) + 1, bool)
    wished[units.scope[units.said("role") == ROLE[Role.WISH]]] = True
    return wished[units.scope]
