"""Survey questions that are rated, and what makes a response doubtful."""

from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    """Why a response of a survey may not count. Found and counted at every import; left out only where the user says so."""

    UNFINISHED = "unfinished"
    TEST = "test"  # "Survey Preview" and the like
    SPEEDER = "speeder"  # far faster than the others
    STRAIGHT_LINER = "straight_liner"  # the same answer to every question


@dataclass(frozen=True)
class Question:
    """A rating question: the column that holds its answers, its scale, and what of the CX model it asks about.

    `worst` and `best` are native values; the worst is the higher number where low is good (school marks). `words` gives the
    native value of each answer in words ("stimme eher zu" -> 4), in lower case; empty where answers are numbers.
    """

    header: str
    wording: str
    worst: float
    best: float
    words: tuple[tuple[str, float], ...] = ()
    pillar: str = ""
    touchpoint: str = ""
