"""The intervals that time is cut into."""

from enum import StrEnum

MOST_INTERVALS = 200  # points; more can neither be read nor simulated in time


class Step(StrEnum):
    """An interval of time; a week begins on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def days(self) -> int:
        """About how long it is."""
        return {Step.DAY: 1, Step.WEEK: 7, Step.MONTH: 30}[self]

    @property
    def usual_days(self) -> int:
        """Up to how long a time it is the first choice."""
        return {Step.DAY: 62, Step.WEEK: 400, Step.MONTH: 100_000}[self]
