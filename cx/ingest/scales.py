"""The scale of a rating question, and its answers as numbers on that scale.

Scales of numbers are told by the wording ("1 = sehr gut, 6 = ungenügend"), by labels beside the numbers and by the values; scales of
words by `data/surveys/answers.toml`.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd

from cx.ingest import values
from cx.model.survey import Question

ANSWERS = Path(__file__).parents[2] / "data" / "surveys" / "answers.toml"
NO_ANSWER = values.NOTHING | frozenset(
    [
        "weiß nicht",
        "weiss nicht",
        "weiß ich nicht",
        "weiß ich nicht mehr",
        "kann ich nicht beurteilen",
        "kann ich nicht sagen",
        "kann ich nicht einschätzen",
        "nicht beurteilbar",
        "keine meinung",
        "möchte ich nicht beantworten",
        "nicht genutzt",
        "nicht relevant",
        "trifft für mich nicht zu",
        "betrifft mich nicht",
        "entfällt",
        "keine erfahrung",
        "don't know",
        "don’t know",
        "do not know",
        "not sure / not applicable",
        "no opinion",
        "prefer not to say",
        "can't say",
        "does not apply",
        "offered",  # Zendesk: asked, not answered
        "unoffered",
    ]
)
CODES_OF_NOTHING = frozenset([-9, -99, -999, -1, 99, 999, 98, 97, 88, 77])  # SPSS habits for "no answer"
KNOWN = 0.95  # share of the answers given that a scale must hold
MANY = 100  # answers: from here on an end of the scale that nobody chose is no end
YES_NO = "yes_no"
NUMBERS = "numbers"
EFFORT = re.compile(r"aufwand|aufwänd|aufwend|mühe|mühsam|anstreng|\beffort", re.IGNORECASE)
MARKS = re.compile(r"\b(?:schul|gesamt)?noten?\b|benot", re.IGNORECASE)
RANGE = re.compile(
    r"(?<![\d.,])(?P<low>-?\d{1,3})\s*(?:bis|to|-|–|—|\.{2,3}|…)\s*(?P<high>\d{1,3})(?![\d.,]*\d|\s*(?:%|Euro|€|Jahre|Uhr|Min))",
    re.IGNORECASE,
)
LABEL_AFTER = re.compile(r"(?<![\d.,])(?P<number>-?\d{1,3})\s*(?:=|:|–|-|\()?\s*(?P<label>[^\W\d_][^,;()\d=\[\]]*)")
LABEL_BEFORE = re.compile(r"(?P<label>[^\W\d_][^,;()\d=\[\]]*?)\s*(?:\(|=|:)\s*=?\s*(?P<number>-?\d{1,3})(?![\d.,]*\d)")
SCHOOL_MARKS = (1, 6)  # also where nobody gave the 6
USUAL = ((1, 5), (1, 6), (1, 7), (1, 10), (0, 100))
BAD = re.compile(
    r"\b(?:nicht|kein\w*|un\w{4,}|schlecht\w*|schlimm\w*|schwer|schwierig\w*|kompliziert\w*|niedrig\w*|gering\w*|mangelhaft|langsam|nie|"
    r"not|never|no|dis\w+|poor\w*|bad|worst|terrible|difficult|hard|lowest|low|least|schlechteste\w*)\b"
)
GOOD = re.compile(
    r"\b(?:sehr|voll\w*|völlig|gut|beste\w*|bestens|zufrieden|einfach|leicht|hoch|höchste\w*|ausgezeichnet|hervorragend|super|schnell|"
    r"immer|ja|wahrscheinlich|very|extremely|excellent|good|best|easy|high\w*|likely|satisfied|always|yes|most|strongly|completely)\b"
)


@dataclass(frozen=True)
class Scale:
    """The scale of a question: native values at the worst and the best end, and the native value of each answer in words.

    `kind` is that of the words ("agreement", "satisfaction" …) or "numbers". `statement`: answers say how far a statement is true, so
    that a negative statement turns the scale. `told`: wording or labels name the direction.
    """

    kind: str
    worst: float
    best: float
    words: tuple[tuple[str, float], ...] = ()
    statement: bool = False
    usage: bool = False
    told: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest native value."""
        return min(self.worst, self.best), max(self.worst, self.best)

    def turned(self) -> "Scale":
        """The same scale with low and high exchanged in meaning."""
        return replace(self, worst=self.best, best=self.worst)


def scores(cells: pd.Series, question: Question) -> pd.Series:
    """The native values of the answers (float): of its words where the question has words, else as numbers; NaN where there is none."""
    worded = dict(question.words)

    def native(cell: str) -> float:
        if says_nothing(cell):
            return float("nan")
        known = worded.get(_key(cell), worded.get(_plain(cell)) if worded else None)
        if known is not None:
            return known
        found = values.score(cell)
        return float("nan") if found is None else found.value

    return values.read_each(cells, native).astype("float64")


def says_nothing(cell: str) -> bool:
    """Whether a cell is no answer: empty, "Keine Angabe", "weiß nicht" …"""
    return values.says_nothing(cell, NO_ANSWER)


def is_missing(cells: pd.Series) -> pd.Series:
    """Whether each cell is no answer (bool): empty, "Keine Angabe", "weiß nicht" …"""
    return values.is_missing(cells, NO_ANSWER)


def recognise(wording: str, answers: Counter[str]) -> Scale | None:
    """The scale of a question that is worded like this and was answered like this (cell -> how often); None where it is no scale.

    No answers, free texts, dates, ids, counts without end and single answers in words that no scale knows give None.
    """
    given = Counter({cell: n for cell, n in answers.items() if not says_nothing(cell)})
    numbered = {cell: found for cell in given if (found := _numbered(cell)) is not None}
    worded = Counter({cell: n for cell, n in given.items() if cell not in numbered})
    if not given:
        return None
    if not numbered:
        return _of_words(wording, worded)
    if not worded or sum(worded.values()) <= (1 - KNOWN) * sum(given.values()):
        return _of_numbers(wording, given, numbered)
    return _of_ends(numbered, worded)


# --- words


@dataclass(frozen=True)
class _Ladder:
    """A scale of the data: per step its phrases (plain -> form); worst first."""

    kind: str
    steps: tuple[dict[str, str], ...]
    balanced: bool
    statement: bool
    reversed: bool
    usage: bool

    def step(self, answer: str) -> int | None:
        """On which step an answer (plain) stands."""
        return next((place for place, phrases in enumerate(self.steps) if answer in phrases), None)

    def used(self, seen: set[int]) -> list[int]:
        """The steps of the scale on which those seen stand: an answer that nobody gave is there all the same."""
        if not self.balanced:
            return list(range(len(self.steps)))
        last = len(self.steps) - 1
        both = seen | {last - step for step in seen}
        if len(seen) == 1:
            both |= {0, last}
        return sorted(both)


@cache
def ladders() -> tuple[_Ladder, ...]:
    """The scales of words that are known. Raises OSError or tomllib.TOMLDecodeError where the file is missing or broken."""
    listed = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))["scale"]
    flags = ("balanced", "statement", "reversed", "usage")
    return tuple(
        _Ladder(
            kind=each["kind"],
            steps=tuple(_phrases(step, each.get("forms", ["…"])) for step in each["steps"]),
            **{flag: each.get(flag, False) for flag in flags},
        )
        for each in listed
    )


def _phrases(step: list[str], forms: list[str]) -> dict[str, str]:
    found = {}
    for phrase in step:
        for form in ["…"] if phrase.startswith("=") else forms:
            found.setdefault(_plain(form.replace("…", phrase.removeprefix("="))), form)
    return found


def _plain(answer: str) -> str:
    """An answer as the scales of the data write it: lower case, without marks between and around the words."""
    text = values.clean(answer).replace("\ufe0f", "").replace("’", "'").casefold()
    if not re.search(r"[^\W\d_]{2}", text):
        return text  # smileys are made of marks
    return " ".join(re.sub(r"[^\w'\s]|_", " ", text).split()).removeprefix("ich ")


def _key(cell: str) -> str:
    return values.clean(cell).casefold()


def _of_words(wording: str, worded: Counter[str]) -> Scale | None:
    total = sum(worded.values())
    plain = {cell: _plain(cell) for cell in worded}
    found = []
    for ladder in ladders():
        steps = {cell: step for cell in worded if (step := ladder.step(plain[cell])) is not None}
        if sum(worded[cell] for cell in steps) < KNOWN * total or not steps:
            continue
        used = ladder.used(set(steps.values()))
        if len(used) > 1:
            found.append((len(steps) - len(set(steps.values())), len(used), ladder, steps, used))
    if not found:
        return None
    _shared, _length, ladder, steps, used = min(found, key=lambda each: each[:2])
    return _scale(wording, ladder, steps, used)


def _scale(wording: str, ladder: _Ladder, steps: dict[str, int], used: list[int]) -> Scale:
    first = 0 if ladder.kind == YES_NO else 1
    native = {step: float(first + place) for place, step in enumerate(used)}
    forms = {ladder.steps[step][_plain(cell)] for cell, step in steps.items()}
    words = {phrase: native[step] for step in used for phrase, form in ladder.steps[step].items() if form in forms} | {
        _key(cell): native[step] for cell, step in steps.items()
    }
    low, high = float(first), float(first + len(used) - 1)
    effort = ladder.reversed and bool(EFFORT.search(" ".join([wording, *steps])))
    return Scale(
        kind=ladder.kind,
        worst=high if effort else low,
        best=low if effort else high,
        words=tuple(words.items()),
        statement=ladder.statement,
        usage=ladder.usage,
        told=not ladder.statement,
    )


def goodness(label: str, *, effort: bool = False) -> float:
    """How good an answer in words is, −1 … 1; 0 where that cannot be told. Of an `effort` more is worse."""
    plain = _plain(label)
    for ladder in ladders():
        step = ladder.step(plain)
        if step is not None and not ladder.usage:
            place = 2 * step / (len(ladder.steps) - 1) - 1
            return -place if ladder.reversed and (effort or EFFORT.search(plain)) else place
    if EFFORT.search(plain):
        return float(bool(BAD.search(plain)) or "wenig" in plain) * 2 - 1
    return -1.0 if BAD.search(plain) else float(bool(GOOD.search(plain)))


# --- numbers


def _numbered(cell: str) -> tuple[float, str] | None:
    """The number of a cell and the label beside it: "10 - sehr zufrieden", "5 (stimme voll zu)", "sehr gut (1)", "4"."""
    text = values.clean(cell)
    match = re.fullmatch(r"(-?\d{1,3})\s*(?:[-–=:.)(]|\s)\s*([^\d\W].*?)\)?", text) or None
    if match:
        return float(match[1]), match[2]
    match = re.fullmatch(r"([^\d\W][^\d]*?)\s*[-–=:(]\s*(-?\d{1,3})\)?", text)
    if match:
        return float(match[2]), match[1]
    found = values.score(text)
    return None if found is None else (found.value, "")


def _of_numbers(wording: str, given: Counter[str], numbered: dict[str, tuple[float, str]]) -> Scale | None:
    counts: Counter[float] = Counter()
    for cell, (number, _label) in numbered.items():
        counts[number] += given[cell]
    written = _written(wording)
    ends = _ends(counts, written)
    if ends is None:
        return None
    labels = {number: label for number, label in numbered.values() if label and _is_label(label)}
    asks_effort = bool(EFFORT.search(wording)) and _asks_how_much(wording)
    direction = _direction(labels | written.labels, effort=asks_effort)
    marks = bool(MARKS.search(wording)) and direction == 0 and ends in ((1, 5), (1, 6))
    if marks and written.ends is None and all(number.is_integer() for number in counts):
        ends = SCHOOL_MARKS
    effort = direction == 0 and asks_effort
    low, high = map(float, ends)
    falls = direction < 0 or (direction == 0 and bool(marks or effort))
    words = {_key(cell): number for cell, (number, _label) in numbered.items() if values.score(cell) is None}
    kinds = [ladder for label in labels.values() for ladder in ladders() if ladder.step(_plain(label)) is not None]
    return Scale(
        kind=YES_NO if ends == (0, 1) else kinds[0].kind if kinds else NUMBERS,
        worst=high if falls else low,
        best=low if falls else high,
        words=tuple(words.items()),
        statement=direction == 0 or any(kind.statement for kind in kinds) or written.agreement,
        told=bool(direction or marks or effort),
        usage=any(kind.usage for kind in kinds),
    )


@dataclass(frozen=True)
class _Written:
    """What a wording says of its scale: its ends and the labels of numbers."""

    ends: tuple[int, int] | None
    labels: dict[float, str]

    @property
    def agreement(self) -> bool:
        """Whether the labels speak of agreement."""
        plain = [_plain(label) for label in self.labels.values()]
        return any(ladder.statement and ladder.step(each) is not None for ladder in ladders() for each in plain)


def _written(wording: str) -> _Written:
    labels = {}
    for pattern in (LABEL_BEFORE, LABEL_AFTER):
        found = {float(match["number"]): match["label"] for match in pattern.finditer(wording)}
        told = {number: label for number, label in found.items() if _is_label(label)}
        if len(told) > len(labels):
            labels = told
    match = RANGE.search(wording)
    ends = (int(match["low"]), int(match["high"])) if match else None
    if len(labels) > 1:
        ends = (int(min(labels)), int(max(labels)))
    return _Written(ends if ends and _is_scale(*ends) else None, labels if len(labels) > 1 or ends else {})


def _is_label(label: str) -> bool:
    """Whether what stands beside a number says how good it is, as "sehr gut" and "trifft voll zu" do; "Sterne" does not."""
    return goodness(label) != 0 or any(ladder.step(_plain(label)) is not None for ladder in ladders())


def _is_scale(low: float, high: float) -> bool:
    return (
        (low in (0, 1) and 2 <= high - low <= 10) or (low, high) in ((0, 100), (1, 100)) or (low < 0 and low == -high)
    )


def _ends(counts: Counter[float], written: _Written) -> tuple[float, float] | None:
    """Lowest and highest value of the scale that holds the numbers; None where they are no answers on a scale."""
    real = {number: n for number, n in counts.items() if number not in CODES_OF_NOTHING or number == 100}
    if written.ends and all(written.ends[0] <= number <= written.ends[1] for number in real or counts):
        return written.ends
    inside = real if real and (max(real) <= 10 or max(counts) > 100) else counts
    low, high, n = min(inside), max(inside), sum(inside.values())
    if low < 0:
        return (-high, high) if low == -high and high in (1, 2, 3, 5, 100) else None
    if low < 1:
        return next((ends for ends in ((0, 1), (0, 5), (0, 10), (0, 100)) if high <= ends[1]), None)
    if n >= MANY and high in (3, 4) and all(number in inside for number in range(1, int(high) + 1)):
        return (1, high)
    return next((ends for ends in USUAL if high <= ends[1]), None)


def _direction(labels: dict[float, str], *, effort: bool) -> int:
    """1 where higher numbers have the better labels, −1 where lower ones have, 0 where the labels do not tell."""
    told = [(number, goodness(label, effort=effort)) for number, label in labels.items()]
    if not told:
        return 0
    middle = sum(number for number, _good in told) / len(told)
    slope = sum((number - middle) * good for number, good in told)
    return (slope > 0) - (slope < 0)


def _asks_how_much(wording: str) -> bool:
    """Whether an effort is asked for by its size: "Wie hoch war Ihr Aufwand?", not how content one is with it."""
    return not re.search(r"zufrieden|einfach|leicht|bewert|satisf|easy", wording, re.IGNORECASE)


def _of_ends(numbered: dict[str, tuple[float, str]], worded: Counter[str]) -> Scale | None:
    """Numbers between two ends in words: "unbewusst", "2", "3", "4", "bewusst"."""
    numbers = sorted({number for number, _label in numbered.values()})
    whole = all(number.is_integer() for number in numbers) and numbers[0] > 0 and numbers[-1] <= 10
    if not whole or len(worded) > 2 or len(numbers) < 2 or len(numbers) != numbers[-1] - numbers[0] + 1:
        return None
    by_goodness = sorted(worded, key=_leaning)
    if len(by_goodness) == 2 and _leaning(by_goodness[0]) < _leaning(by_goodness[1]):
        low, high = numbers[0] - 1, numbers[-1] + 1
        words = {_key(by_goodness[0]): low, _key(by_goodness[1]): high}
    elif len(by_goodness) == 1 and _leaning(by_goodness[0]):
        bad = _leaning(by_goodness[0]) < 0
        low, high = numbers[0] - bad, numbers[-1] + (not bad)
        words = {_key(by_goodness[0]): low if bad else high}
    else:
        return None
    return Scale(NUMBERS, low, high, tuple(words.items()), told=True)


def _leaning(word: str) -> float:
    plain = _plain(word)
    return goodness(word) or (-1.0 if re.match(r"un\w{4}", plain) else 0.0)
