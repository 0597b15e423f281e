"""The rules of cx/text once more: slow, plain Python, one text at a time. It must agree with the arrays to the last digit."""

import math
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import regex

from cx.text import adjusting, cutting, languages, words
from cx.text.german import TOKEN
from cx.text.lexicon import Role

SCOPE = 256
NEGATORS = (Role.NEGATOR, Role.NEITHER, Role.NOR)


def _pattern(re2: str) -> regex.Pattern:
    return regex.compile(regex.sub(r"\\x\{([0-9A-F]+)\}", lambda m: f"\\U{int(m[1], 16):08X}", re2))


TOKENS, CLAUSE, STATEMENT = _pattern(TOKEN), _pattern(cutting.CLAUSE), _pattern(cutting.STATEMENT)
ADVERSATIVE = _pattern(cutting.ADVERSATIVE)


@dataclass
class Unit:
    """A phrase, or a word outside of phrases."""

    scope: int
    first: int
    last: int
    weight: float
    role: Role
    degree: bool
    steady: bool
    names: int
    written: str
    phrase: bool = False
    segment: int = 0
    over: bool = False
    target: "Unit | None" = None
    sources: list["Unit"] = field(default_factory=list)
    amount: int = 0

    @property
    def judges(self) -> bool:
        return self.role == Role.PLAIN and self.weight != 0 and not self.steady


@dataclass
class Statement:
    """What is read of a statement."""

    start: int
    stop: int
    polarity: float
    label: str | None
    total: int
    mass: int
    judges: int
    question: bool
    mentions: dict[tuple[str, str], float]


def language(body: str) -> str:
    """The language of a text: "de", or the code of what it is instead."""
    whole = [part for _start, part in _cut(body)]
    tokens = [m[0] for part in whole for m in TOKENS.finditer(part)]
    size = sum(map(len, whole))
    found = {code: [t for t in tokens if t in forms] for code, forms in _forms().items()}
    german = len(found.pop(languages.GERMAN))
    kinds = {code: len({t.lower() for t in hits}) for code, hits in found.items()}
    code = min(found, key=lambda c: (-len(found[c]), -kinds[c], c))
    hits = len(found[code])
    dense = hits >= languages.HITS and hits * languages.SPREAD >= size
    short = (
        not german and hits >= languages.SHORT_HITS and hits * languages.SHORT_SPREAD >= size >= languages.SHORT_SIZE
    )
    if kinds[code] >= languages.KINDS and hits >= languages.OUTWEIGHED * german and (dense or short):
        return code
    return _script(body) or languages.GERMAN


@cache
def _forms() -> dict[str, set[str]]:
    listed = [each for each in languages.shipped().values() if each.code != languages.SHARED and each.words]
    return {each.code: {form for w in each.words for form in (w, w.capitalize(), w.upper())} for each in listed}


def _script(body: str) -> str | None:
    if len(body.encode()) <= len(body) + len(body) // 4:
        return None
    every = len(regex.findall(r"\p{L}", body))
    found = {
        each.code: len(regex.findall(f"[{each.letters}]", body))
        for each in languages.shipped().values()
        if each.letters
    }
    most = max(found.values())
    if most < languages.SCRIPT_LETTERS or most < languages.SCRIPT_SHARE * every:
        return None
    widest = {code: len(languages.shipped()[code].letters) for code in found if found[code] == most}
    return min(widest, key=lambda code: (widest[code], code != "ru"))


def statements(body: str, adjustment: adjusting.Adjustment = adjusting.NONE) -> list[Statement]:
    """The statements of a text, as cx.text.analyse has them; with what an upload has learned from its own ratings."""
    if language(body) != languages.GERMAN:
        return [Statement(start, start + len(part), math.nan, None, 0, 0, 0, False, {}) for start, part in _cut(body)]
    return [_statement(start, part, adjustment) for start, part in _cut(body)]


def _cut(body: str) -> list[tuple[int, str]]:
    marked = CLAUSE.sub(cutting.BOUNDARY + r"\1", body)
    found, reached = [], 0
    for match in STATEMENT.finditer(marked):
        part = match[0]
        if part[0] not in cutting.WHITE:
            found.append((reached, part.rstrip(cutting.WHITE) if part[-1] in cutting.WHITE else part))
        reached += len(part)
    return found


def polarity(read: list[Statement]) -> float:
    """The polarity of a text: NaN where nothing is said."""
    if not read or math.isnan(read[0].polarity):
        return math.nan
    return _polarity(sum(s.total for s in read), sum(s.mass for s in read))


def label(read: list[Statement]) -> str | None:
    """The label of a text: None where nothing is said."""
    if not read or math.isnan(read[0].polarity):
        return None
    total, mass, judges = (sum(getattr(s, name) for s in read) for name in ("total", "mass", "judges"))
    judging = judges + _judging(_polarity(total, mass), mass, any(s.question for s in read))
    return _label(judging, total, mass, words.shipped().lexicon.numbers["mixed_share_text"])


def _polarity(total: int, mass: int, times: int = 1) -> float:
    doubt = 1024 * (words.shipped().lexicon.numbers["doubt"] * times)
    return math.floor(16384 * total / (mass + doubt) + 0.5) / 16384


def _filled(mass: float) -> float:
    return mass / (mass + 1024)


def _judging(polarity: float, mass: int, question: bool) -> int:
    numbers = words.shipped().weights.numbers
    score = numbers["bias"] + numbers["strength"] * abs(polarity) + numbers["good"] * max(polarity, 0.0)
    score += numbers["mass"] * _filled(mass)
    return math.floor(1024 * (score + (numbers["question"] if question else 0.0)) + 0.5)


def _label(judging: int, total: int, mass: int, mixed_share: float) -> str:
    mixed_mass = words.shipped().lexicon.numbers["mixed_mass"]
    if judging < 0 or mass == 0:
        return "neutral"
    if mass - abs(total) >= 2 * max(1024 * mixed_mass, mixed_share * mass):
        return "mixed"
    return "positive" if total > 0 else "negative" if total < 0 else "neutral"


def _statement(start: int, body: str, adjustment: adjusting.Adjustment) -> Statement:
    analyser = words.shipped()
    tokens = [(place, m[0], analyser.word(m[0].lower())) for place, m in enumerate(TOKENS.finditer(body), 1)]
    units, phrases = [], []
    for scope in _scopes(tokens):
        found, hits = _judged(scope, body)
        units += found
        phrases += hits
    units = [u for u in units if u.amount or u.names]
    leans = [word.lean for _, _, word in tokens]
    learned = [word.learned for _, _, word in tokens] + [phrase.learned for phrase in phrases]
    bearing = sum(
        (row.astype(int) for row in learned if row is not None), np.zeros(2 + len(analyser.weights.aspects), int)
    )
    total = sum(u.amount for u in units) + sum(leans)
    mass = sum(abs(u.amount) for u in units) + sum(map(abs, leans))
    judges, question, polarity = int(bearing[1]), "?" in body[-3:], _polarity(total, mass)
    mentions = {}
    for place, aspect in enumerate(analyser.weights.aspects):
        bias, good, bad, asking = (int(n) for n in analyser.weights.measures[place])
        whole = bias + math.floor(good * _filled((mass + total) / 2) + bad * _filled((mass - total) / 2) + 0.5)
        if any(row is not None for row in learned) and bearing[2 + place] + whole + asking * question >= 0:
            mentions[aspect] = _mention(1 << place, units, total, mass)
    for base, factor, shift in _movable(tokens, units, adjustment):
        amount = math.floor(shift * factor + 0.5)
        total, mass = total + amount, mass + abs(base + amount) - abs(base)
    polarity = _polarity(total, mass)
    told = _label(judges + _judging(polarity, mass, question), total, mass, analyser.lexicon.numbers["mixed_share"])
    return Statement(start, start + len(body), polarity, told, total, mass, judges, question, mentions)


def _movable(
    tokens: list[tuple[int, str, words.Word]], units: list[Unit], adjustment: adjusting.Adjustment
) -> list[tuple[int, float, int]]:
    """What each word adds, what the rules make of a shift of it, and how far it is shifted."""
    single = {unit.first: unit.amount for unit in units if not unit.phrase}
    found = []
    for place, spelled, word in tokens:
        shift = sum(adjustment.get(f, 0) for f in adjusting.features(words.shipped(), spelled.lower()))
        if not word.weight:
            found.append((word.lean, 1.0, shift))
        elif amount := single.get(place, 0):
            found.append((amount, amount / word.weight, shift))
    return found


def _mention(bit: int, units: list[Unit], total: int, mass: int) -> float:
    mine = [u for u in units if u.names & bit]
    own = [u for u in mine if u.amount]
    if own:
        return _polarity(sum(u.amount for u in own), sum(abs(u.amount) for u in own))
    sums = []
    for unit in mine:
        near = [u.amount for u in units if u.amount and (u.scope, u.segment) == (unit.scope, unit.segment)]
        sums.append((sum(near), sum(map(abs, near))) if near else (total, mass))
    sums = sums or [(total, mass)]
    return _polarity(sum(t for t, _ in sums), sum(m for _, m in sums), len(sums))


def _scopes(tokens: list[tuple[int, str, words.Word]]) -> list[list[tuple[int, str, words.Word]]]:
    count = len(tokens) // SCOPE + 1
    return [[t for t in tokens if t[0] // SCOPE == scope and t[2].active] for scope in range(count)]


def _judged(hits: list[tuple[int, str, words.Word]], body: str) -> tuple[list[Unit], list[words.Phrase]]:
    phrases = _phrases(hits)
    units = _units(hits, phrases)
    _turn_excess(units)
    kept = [u for u in units if u.weight or u.role or u.names or u.over]
    neither = [u.first for u in kept if u.role == Role.NEITHER]
    for unit in kept:
        active = unit.role != Role.NOR or any(place < unit.first for place in neither)
        unit.target = _target(unit, kept) if active else None
        if unit.target:
            unit.target.sources.append(unit)
    wish = any(u.role == Role.WISH for u in kept)
    for unit in kept:
        unit.amount = _amount(unit, wish, "?" in body[-3:], bool(ADVERSATIVE.match(body)))
    return [u for u in kept if u.role != Role.COMMA], [phrase for phrase, _ in phrases]


def _turn_excess(units: list[Unit]) -> None:
    numbers = words.shipped().lexicon.numbers
    ends = {u.last for u in units if u.role == Role.TOO}
    for unit in units:
        if unit.degree and unit.first - 1 in ends:
            unit.over = True
            unit.weight = min(numbers["too"] * 1024, unit.weight * numbers["intensified"])


def _target(unit: Unit, units: list[Unit]) -> Unit | None:
    numbers = words.shipped().lexicon.numbers
    near = [u for u in units if u.segment == unit.segment and u.judges]
    negates = unit.role in NEGATORS
    if not negates and unit.role not in (Role.INTENSIFIER, Role.DIMINISHER, Role.TOO):
        return None
    reach = numbers["forward"] if negates else numbers["degree"]
    ahead = [u for u in near if u.first > unit.first and u.first - unit.last <= reach]
    behind = [u for u in near if negates and u.first < unit.first and unit.first - u.last <= numbers["backward"]]
    return min(ahead, key=lambda u: u.first) if ahead else max(behind, key=lambda u: u.first, default=None)


def _amount(unit: Unit, wish: bool, question: bool, but: bool) -> int:
    numbers = words.shipped().lexicon.numbers
    weight = unit.weight
    if unit.target or unit.role in (Role.COMMA, Role.WISH):
        weight = 0.0
    elif unit.role in (Role.NEGATOR, Role.NEITHER) and not weight:
        weight = numbers["lonely_negator"] * 1024
    negated = sum(u.role in NEGATORS for u in unit.sources) % 2 == 1
    if negated:
        weight *= numbers["negated_positive"] if weight > 0 else numbers["negated_negative"]
    good = weight > 0
    if not negated and any(u.role == Role.INTENSIFIER for u in unit.sources):
        weight *= numbers["intensified"]
    if any(u.role == Role.DIMINISHER for u in unit.sources):
        weight *= numbers["diminished"]
    weight *= numbers["wish"] if wish and good else 1.0
    weight *= numbers["question"] if question else 1.0
    weight *= numbers["but_clause"] if but else 1.0
    return math.floor(weight + 0.5)


def _units(hits: list[tuple[int, str, words.Word]], phrases: list[tuple[words.Phrase, list[int]]]) -> list[Unit]:
    written = {place: spelled for place, spelled, _ in hits}
    taken, units = set(), []
    for phrase, places in phrases:
        taken.update(places)
        spelled = " ".join(written[p] for p in places)
        units.append(
            Unit(
                0, places[0], places[-1], phrase.weight, phrase.role, False, phrase.steady, phrase.names, spelled, True
            )
        )
    for place, spelled, word in hits:
        if place not in taken and (word.weight or word.role or word.degree or word.names):
            units.append(Unit(0, place, place, word.weight, word.role, word.degree, word.steady, word.names, spelled))
    units.sort(key=lambda u: u.first)
    commas = 0
    for unit in units:
        commas += unit.role == Role.COMMA
        unit.segment, unit.scope = commas, hits[0][0] // SCOPE
    return units


def _phrases(hits: list[tuple[int, str, words.Word]]) -> list[tuple[words.Phrase, list[int]]]:
    places: dict[int, list[int]] = {}
    for place, _, word in hits:
        if word.key:
            places.setdefault(word.key, []).append(place)
    whole = set()
    for number, phrase in (found for key in places for found in _by_anchor().get(key, ())):
        if all(key in places for key in phrase.keys):
            for anchor in places[phrase.keys[phrase.anchor]]:
                if sequence := _sequence(phrase, anchor, places):
                    whole.add(
                        (-len(sequence), max(sequence) - min(sequence), min(sequence), number, tuple(sorted(sequence)))
                    )
    ranked = sorted(whole)
    best: dict[int, int] = {}
    for rank, (*_, sequence) in enumerate(ranked):
        for place in sequence:
            best.setdefault(place, rank)
    kept = [found for rank, found in enumerate(ranked) if all(best[place] == rank for place in found[-1])]
    return [(words.shipped().phrases[found[3]], list(found[-1])) for found in kept]


@cache
def _by_anchor() -> dict[int, list[tuple[int, words.Phrase]]]:
    found: dict[int, list[tuple[int, words.Phrase]]] = {}
    for number, phrase in enumerate(words.shipped().phrases):
        found.setdefault(phrase.keys[phrase.anchor], []).append((number, phrase))
    return found


def _sequence(phrase: words.Phrase, anchor: int, places: dict[int, list[int]]) -> list[int] | None:
    near = [[p for p in places[key] if abs(p - anchor) < phrase.span] for key in phrase.keys]
    if not all(near):
        return None
    sequence = [min(found, key=lambda p: 2 * abs(p - anchor) + (p > anchor)) for found in near]
    if len(set(sequence)) < len(sequence) or max(sequence) - min(sequence) >= phrase.span:
        return None
    steps = [b - a for a, b in zip(sequence, sequence[1:], strict=False)]
    if phrase.ordered and not all(1 <= s <= gap for s, gap in zip(steps, phrase.gaps[1:], strict=True)):
        return None
    return sequence
