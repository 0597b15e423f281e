"""What training has learned about words: which way they lean, whether they judge, and what they speak of. From data/weights/."""

import csv
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from cx.model import taxonomy

SHIPPED = Path(__file__).parents[2] / "data" / "weights"
UNIT = 1024  # weights are whole numbers of this part, so that sums are exact
LARGEST = 32_000  # what a weight can reach, in units: a column of two bytes
LEAN, JUDGES = 0, 1  # the columns before those of the aspects
MEASURES = ("bias", "good", "bad", "question")  # what a whole statement adds to the score of an aspect


@dataclass(frozen=True)
class Weights:
    """The learned weights. `rows`: feature -> its row of `matrix`; the columns are lean, judges, then one per aspect.

    `seen` says in how many statements of the training texts a feature stood; `aspects` are (dimension, key); `numbers` decide whether a text judges; `measures` (aspects × MEASURES, in units) what a
    statement as a whole adds to the score of an aspect.
    """

    aspects: tuple[tuple[str, str], ...]
    rows: dict[str, int]
    seen: dict[str, int]
    matrix: np.ndarray
    numbers: dict[str, float]
    measures: np.ndarray
    digest: str

    def of(self, features: Iterable[str]) -> np.ndarray | None:
        """The sum of the rows of `features`; None where none is known or all add nothing."""
        found = [self.rows[feature] for feature in features if feature in self.rows]
        if not found:
            return None
        total = self.matrix[found[0]]
        if len(found) > 1:
            # Ufuncs: the methods of an array take three times as long, and this is asked for every new word of a file.
            total = np.add.reduce(self.matrix[found], dtype=np.int32)
            total = np.minimum(np.maximum(total, -LARGEST), LARGEST).astype(np.int16)
        return total if np.count_nonzero(total) else None


def aspects() -> tuple[tuple[str, str], ...]:
    """(dimension, key) of every pillar and touchpoint, in the order of the taxonomy."""
    return tuple(("pillar", key) for key in taxonomy.pillar_keys()) + tuple(
        ("touchpoint", key) for key in taxonomy.touchpoint_keys()
    )


def untrained() -> Weights:
    """No weights at all: what training starts from. The rules alone judge, and no aspect is named."""
    named = aspects()
    numbers = {"bias": 0.0, "strength": 0.0, "good": 0.0, "mass": 0.0, "question": 0.0}
    return Weights(
        named, {}, {}, np.zeros((0, 2 + len(named)), np.int16), numbers, np.zeros((len(named), 4), np.int64), ""
    )


@cache
def load(folder: Path = SHIPPED) -> Weights:
    """The weights in `folder`: words.tsv and numbers.toml. Raises OSError where one is missing, ValueError if malformed.

    A touchpoint of the taxonomy that the weights do not know is never named.
    """
    words, numbers = (folder / "words.tsv").read_bytes(), (folder / "numbers.toml").read_bytes()
    named = aspects()
    columns = {key: 2 + place for place, (_, key) in enumerate(named)}
    table = list(csv.DictReader(words.decode().splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    matrix = np.zeros((len(table), 2 + len(named)), np.int64)
    for place, row in enumerate(table):
        matrix[place, LEAN], matrix[place, JUDGES] = _units(row["lean"]), _units(row["judges"])
        for part in row["aspects"].split():
            key, _, weight = part.partition(":")
            if key in columns:
                matrix[place, columns[key]] = _units(weight)
    content = tomllib.loads(numbers.decode())
    return Weights(
        aspects=named,
        rows={row["feature"]: place for place, row in enumerate(table)},
        seen={row["feature"]: int(row["seen"]) for row in table},
        matrix=matrix.clip(-LARGEST, LARGEST).astype(np.int16),
        numbers={name: float(number) for name, number in content["judges"].items()},
        measures=np.array([_measures(content["aspect"].get(key)) for _, key in named], np.int64),
        digest=hashlib.sha256(words + b"\0" + numbers).hexdigest(),
    )


def _units(weight: str | float) -> int:
    return round(float(weight or 0) * UNIT)


def _measures(numbers: dict[str, float] | None) -> list[int]:
    if numbers is None:
        return [-LARGEST * UNIT, 0, 0, 0]
    return [_units(numbers[name]) for name in MEASURES]
