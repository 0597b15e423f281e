"""Pillars and touchpoints, read from `data/taxonomy.toml`: data the user can edit, never code."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "data" / "taxonomy.toml"


@dataclass(frozen=True)
class Aspect:
    """A pillar or a touchpoint. `phase`, `control`, `ux` and `four_c` are empty for pillars."""

    key: str
    de: str
    en: str
    description: str = ""
    phase: str = ""
    control: str = ""
    ux: bool = False
    four_c: str = ""

    def name(self, language: str) -> str:
        """The name on the screen."""
        return self.en if language == "en" else self.de


@dataclass(frozen=True)
class Taxonomy:
    """The CX model in one version; every stored score names it."""

    version: str
    pillars: tuple[Aspect, ...]
    touchpoints: tuple[Aspect, ...]

    def aspect(self, key: str) -> Aspect | None:
        """The pillar or touchpoint called `key`, or None."""
        return next((a for a in self.pillars + self.touchpoints if a.key == key), None)


@cache
def load(path: Path = SHIPPED) -> Taxonomy:
    """The taxonomy in `path`. Raises OSError or tomllib.TOMLDecodeError where the file is missing or broken."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Taxonomy(
        version=content["version"],
        pillars=tuple(Aspect(**entry) for entry in content["pillar"]),
        touchpoints=tuple(Aspect(**entry) for entry in content["touchpoint"]),
    )


def pillar_keys() -> tuple[str, ...]:
    """The six fixed pillars, in the order of the model."""
    return tuple(p.key for p in load().pillars)


def touchpoint_keys() -> tuple[str, ...]:
    """The touchpoints, in the order of the journey."""
    return tuple(t.key for t in load().touchpoints)
