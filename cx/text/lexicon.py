"""The lexicon: what each expression says about polarity, pillars and touchpoints. Read from data/lexicon/."""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from cx.text.german import folded

SHIPPED = Path(__file__).parents[2] / "data" / "lexicon"
POLART = "de-sentiment.xml"  # inside textblob-de, MIT; from the Zurich PolArt lexicon, Apache 2.0


class Role(StrEnum):
    """What a word does to its neighbours."""

    PLAIN = ""
    NEGATOR = "negator"
    NEITHER = "neither"
    NOR = "nor"  # "noch" negates after "weder" alone
    TOO = "too"
    INTENSIFIER = "intensifier"
    DIMINISHER = "diminisher"
    WISH = "wish"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class Entry:
    """An expression of the lexicon. `weight` −2…2; `kind` as in lexicon.tsv, "polart" where PolArt alone knows it."""

    expression: str
    kind: str
    weight: float
    pillars: tuple[str, ...] = ()
    touchpoints: tuple[str, ...] = ()

    @property
    def role(self) -> Role:
        """What the expression does to its neighbours."""
        if self.kind == "shifter":
            return SHIFTERS.get(self.expression, Role.NEGATOR)
        if self.kind == "wish" and self.weight:
            return Role.PLAIN
        return ROLES.get(self.kind, Role.PLAIN)


ROLES = {
    "negator": Role.NEGATOR,
    "intensifier": Role.INTENSIFIER,
    "downtoner": Role.DIMINISHER,
    "wish": Role.WISH,
}
SHIFTERS = {
    "zu": Role.TOO,
    "allzu": Role.TOO,
    "viel zu": Role.TOO,
    "wettmachen": Role.PLAIN,
    "trüben": Role.PLAIN,
    "schmälern": Role.PLAIN,
    "nachlassen": Role.PLAIN,
    "ersparen": Role.PLAIN,
    "zuwenig": Role.PLAIN,
    "zu wenig": Role.PLAIN,
}


@dataclass(frozen=True)
class Lexicon:
    """Everything that ships: our expressions, PolArt's words, irregular verbs, the numbers of the rules."""

    entries: tuple[Entry, ...]
    polart: dict[str, float]  # folded word -> −2…2 before damping
    verbs: dict[str, str]  # folded form -> folded infinitive
    numbers: dict[str, float]
    version: str


@cache
def load(folder: Path = SHIPPED) -> Lexicon:
    """The lexicon in `folder`. Raises OSError where a file is missing, ValueError where one is malformed."""
    names = ("lexicon.tsv", "polart.tsv", "verbs.tsv", "model.toml")
    content = {name: (folder / name).read_bytes() for name in names}
    model = tomllib.loads(content["model.toml"].decode())
    digest = hashlib.sha256(b"\0".join(content[name] for name in names)).hexdigest()
    return Lexicon(
        entries=tuple(_entry(row) for row in _rows(content["lexicon.tsv"])),
        polart=_polart(_rows(content["polart.tsv"])),
        verbs=_verbs(_rows(content["verbs.tsv"])),
        numbers={name: float(n) for part in ("scope", "factor", "verdict") for name, n in model[part].items()},
        version=f"{model['rules']}.{digest[:8]}",
    )


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode().splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _entry(row: dict[str, str]) -> Entry:
    pillars, touchpoints = (tuple(filter(None, row[name].split(","))) for name in ("pillars", "touchpoints"))
    return Entry(row["expression"], row["kind"], float(row["polarity"]), pillars, touchpoints)


def _polart(overrides: list[dict[str, str]]) -> dict[str, float]:
    """PolArt's words with their sign; what the overrides name is replaced, 0 drops a word."""
    package = find_spec("textblob_de")  # found without importing it, which takes a second
    path = Path(package.submodule_search_locations[0]) / "data" / POLART
    words: dict[str, float] = {}
    for word in ElementTree.parse(path).getroot().iter("word"):
        words.setdefault(folded(word.get("form", "")), 2 * float(word.get("polarity", "0")))
    words.update((folded(row["word"]), float(row["polarity"])) for row in overrides)
    return {word: weight for word, weight in words.items() if weight and len(word) > 2}


def _verbs(rows: list[dict[str, str]]) -> dict[str, str]:
    """Each irregular form with the endings it takes -> its infinitive."""
    found: dict[str, str] = {}
    for row in rows:
        for form in map(folded, row["forms"].split()):
            inflected = ("", "e", "en", "er", "es", "em") if form.endswith("en") else ("", "e", "en", "st", "t", "est")
            for ending in inflected:
                found.setdefault(form + ending, folded(row["infinitive"]))
    return found
