"""Feedback whose words and rating disagree, and what may be the reason."""

from enum import StrEnum


class Cause(StrEnum):
    """A likely reason, named only where a rule supports it."""

    IRONY = "irony"  # praise beside words of irony, rated low
    MIXED = "mixed"  # the words go both ways
    MISPLACED = "misplaced"  # every judging word goes against the rating
    UNKNOWN = ""
