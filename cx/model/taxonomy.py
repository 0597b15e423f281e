"""Pillars, touchpoints and the lenses over them, read from `data/taxonomy.toml`: data the user can edit, never code."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

SHIPPED = Path(__file__).parents[2] / "data" / "taxonomy.toml"
NOTHING = "-"  # in a lens's table: no pillar, or no touchpoint


class LensKey(StrEnum):
    """The lenses that a page can be asked for; "phases" follows from the list of phases."""

    MODULES = "modules"
    VALUE = "value"
    FOUR_C = "four_c"
    STAGES = "stages"
    UX = "ux"


@dataclass(frozen=True)
class Named:
    """What has a key, and a name in both languages."""

    key: str
    de: str
    en: str

    def name(self, language: str) -> str:
        """The name on the screen."""
        return self.en if language == "en" else self.de


@dataclass(frozen=True)
class Aspect(Named):
    """A pillar or a touchpoint. `phase`, `control`, `ux` and `four_c` are empty for pillars."""

    description: str = ""
    phase: str = ""
    control: str = ""
    ux: bool = False
    four_c: str = ""


@dataclass(frozen=True)
class Phase(Named):
    """A phase of the journey; `stage` is "before", "during" or "after" the purchase."""

    stage: str


@dataclass(frozen=True)
class Group(Named):
    """A group of a lens."""

    description: str = ""
    description_en: str = ""

    def described(self, language: str) -> str:
        """What belongs to it, in a few words; "" where the name says it."""
        return self.description_en if language == "en" else self.description


class Pair(NamedTuple):
    """A pillar and a touchpoint that one statement names ("": none on that side), and the group a lens puts them in ("": none)."""

    pillar: str
    touchpoint: str
    group: str


@dataclass(frozen=True)
class Lens(Named):
    """Another model over the same mentions: every pair with its group. `judged_by`: whose polarity counts, "pillar" or "touchpoint"."""

    judged_by: str
    groups: tuple[Group, ...]
    pairs: tuple[Pair, ...]

    def group(self, key: str) -> Group:
        """The group called `key`; an unknown key stands for itself."""
        return next((group for group in self.groups if group.key == key), Group(key, key, key))

    def by_touchpoint(self) -> dict[str, str]:
        """The group of each touchpoint that is named without a pillar."""
        return {pair.touchpoint: pair.group for pair in self.pairs if not pair.pillar}


@dataclass(frozen=True)
class Taxonomy:
    """The CX model in one version; every stored score names it."""

    version: str
    pillars: tuple[Aspect, ...]
    touchpoints: tuple[Aspect, ...]
    phases: tuple[Phase, ...] = ()
    lenses: tuple[Lens, ...] = ()

    def aspect(self, key: str) -> Aspect | None:
        """The pillar or touchpoint called `key`, or None."""
        return next((a for a in self.pillars + self.touchpoints if a.key == key), None)

    def lens(self, key: str) -> Lens:
        """The lens called `key`. Raises StopIteration where there is none."""
        return next(lens for lens in self.lenses if lens.key == key)

    def phase(self, key: str) -> Phase:
        """The phase called `key`; an unknown key stands for itself and lies after the purchase."""
        return next((phase for phase in self.phases if phase.key == key), Phase(key, key, key, "after"))


@cache
def load(path: Path = SHIPPED) -> Taxonomy:
    """The taxonomy in `path`. Raises OSError or tomllib.TOMLDecodeError where the file is missing or broken.

    A touchpoint that a lens's table leaves out belongs to no group of that lens.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    pillars = tuple(Aspect(**entry) for entry in content["pillar"])
    touchpoints = tuple(Aspect(**entry) for entry in content["touchpoint"])
    phases = tuple(Phase(**entry) for entry in content.get("phase", ()))
    stages = {phase.key: phase.stage for phase in phases}
    lenses = tuple(_lens(entry, pillars, touchpoints, stages) for entry in content.get("lens", ()))
    return Taxonomy(content["version"], pillars, touchpoints, phases, lenses)


def _lens(
    entry: dict[str, Any], pillars: tuple[Aspect, ...], touchpoints: tuple[Aspect, ...], stages: dict[str, str]
) -> Lens:
    table = _cells(entry["table"]) if "table" in entry else {}
    places = {touchpoint.key: _property(touchpoint, entry.get("of", ""), stages) for touchpoint in touchpoints}
    pairs = tuple(
        Pair(pillar, touchpoint, table.get((pillar, touchpoint), "") if table else places.get(touchpoint, ""))
        for touchpoint in (*places, "")
        for pillar in (*(pillar.key for pillar in pillars), "")
        if pillar or touchpoint
    )
    groups = tuple(Group(**group) for group in entry["group"])
    return Lens(entry["key"], entry["de"], entry["en"], entry["judged_by"], groups, pairs)


def _cells(table: str) -> dict[tuple[str, str], str]:
    """Pillar and touchpoint → group, from a table as text."""
    head, *lines = (line.split() for line in table.strip().splitlines())
    pillars = [_side(name) for name in head]
    rows = [(_side(line[0]), line[1:]) for line in lines]
    # The last row is shorter: nothing with nothing is no pair.
    return {(pillar, place): group for place, groups in rows for pillar, group in zip(pillars, groups, strict=False)}


def _side(name: str) -> str:
    return "" if name == NOTHING else name


def _property(touchpoint: Aspect, of: str, stages: dict[str, str]) -> str:
    if of == "stage":
        return stages.get(touchpoint.phase, "")
    if of == "ux":
        return "surface" if touchpoint.ux else "rest"
    return getattr(touchpoint, of, "")


def pillar_keys() -> tuple[str, ...]:
    """The six fixed pillars, in the order of the model."""
    return tuple(p.key for p in load().pillars)


def pair_groups() -> tuple[str, ...]:
    """The groups of all lenses that follow pairs of pillar and touchpoint, as a Filter names them: "modules.feel"."""
    followed = [lens for lens in load().lenses if lens.judged_by == "pillar"]
    return tuple(f"{lens.key}.{group.key}" for lens in followed for group in lens.groups)


def touchpoint_keys() -> tuple[str, ...]:
    """The touchpoints, in the order of the journey."""
    return tuple(t.key for t in load().touchpoints)
