"""From sums to verdicts: polarity, whether a text judges, its label. Sums are whole numbers of 1/1024."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cx.model.kpi import Label
from cx.text.weights import UNIT

GRAIN = 16_384  # parts of a polarity: sums of them are exact
LABELS = (str(Label.NEUTRAL), str(Label.MIXED), str(Label.POSITIVE), str(Label.NEGATIVE))

Numbers = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Sums:
    """What n statements or feedbacks come to; fields are arrays (n,) of int64."""

    judges: np.ndarray
    total: np.ndarray  # good minus bad
    mass: np.ndarray  # good and bad together
    question: np.ndarray  # bool


@dataclass(frozen=True, eq=False)
class Verdicts:
    """Polarity (NaN without one) and label (place in LABELS, −1 without one) of n statements, mentions or feedbacks."""

    polarity: np.ndarray
    label: np.ndarray

    def only(self, those: np.ndarray) -> "Verdicts":
        """No verdict but for `those` ((n,) bool)."""
        return Verdicts(np.where(those, self.polarity, np.nan), np.where(those, self.label, -1))


def judge(sums: Sums, rules: Numbers, weights: Numbers, mixed_share: float) -> Verdicts:
    """The verdicts that `sums` come to; `rules`: verdict of data/lexicon/model.toml, `weights`: judges of data/weights/numbers.toml."""
    polarity = polarity_of(sums.total, sums.mass, rules["doubt"])
    judging = sums.judges + judging_of(polarity, sums.mass, sums.question, weights)
    return Verdicts(polarity, label_of(judging, sums.total, sums.mass, rules["mixed_mass"], mixed_share))


def polarity_of(total: np.ndarray, mass: np.ndarray, doubt: float | np.ndarray) -> np.ndarray:
    """Balance / (mass + doubt), −1…1, as a whole number of 1/16384."""
    return np.floor(GRAIN * total.astype(np.float64) / (mass.astype(np.float64) + UNIT * doubt) + 0.5) / GRAIN


def filled(mass: np.ndarray) -> np.ndarray:
    """How much of a whole is there: 0 for nothing, towards 1."""
    mass = mass.astype(np.float64)
    return mass / (mass + UNIT)


def judging_of(polarity: np.ndarray, mass: np.ndarray, question: np.ndarray, weights: Numbers) -> np.ndarray:
    """What a text as a whole adds to the score that tells a judging text from a neutral one (0 and more: it judges), in 1/1024."""
    score = weights["bias"] + weights["strength"] * np.abs(polarity) + weights["good"] * np.maximum(polarity, 0.0)
    score = score + weights["mass"] * filled(mass) + np.where(question, weights["question"], 0.0)
    return np.floor(UNIT * score + 0.5).astype(np.int64)


def label_of(
    judging: np.ndarray, total: np.ndarray, mass: np.ndarray, mixed_mass: float, mixed_share: float
) -> np.ndarray:
    """The place of the label in LABELS (int64)."""
    weaker = mass - np.abs(total) >= 2 * np.maximum(UNIT * mixed_mass, mixed_share * mass)
    return np.select([(judging < 0) | (mass == 0), weaker, total > 0, total < 0], [0, 1, 2, 3], 0)
