"""The key figures a CX team reports, and the labels of a polarity."""

from enum import StrEnum


class Kpi(StrEnum):
    """A key figure. Its value names the column of `feedback` it is computed from."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    RATING = "rating"
    POLARITY = "polarity"


ENDS = {
    Kpi.NPS: (-100, 100),
    Kpi.CSAT: (0, 100),
    Kpi.CES: (1, 7),
    Kpi.RATING: (1, 5),
    Kpi.POLARITY: (-1, 1),
}  # the lowest and the highest value there can be; pillars are polarities


class Outcome(StrEnum):
    """What drivers explain. Polarity is left out: a text score must not explain itself."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    RATING = "rating"


class Predictors(StrEnum):
    """What drivers explain an outcome with. The sets never mix."""

    PILLARS = "pillars"
    TOUCHPOINTS = "touchpoints"
    ITEMS = "items"  # rated questions of a survey


class CesVariant(StrEnum):
    """CES 1.0: 1–5 effort, low is good. CES 2.0: 1–7 agreement, high is good. Never mixed."""

    V1 = "1.0"
    V2 = "2.0"


class Label(StrEnum):
    """What a polarity comes to. Mixed counts as neutral where three classes are evaluated."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    MIXED = "mixed"


class Kind(StrEnum):
    """How a feedback came about."""

    REVIEW = "review"
    SURVEY = "survey"


class Precision(StrEnum):
    """How exactly the date of a feedback is known; a relative date ("vor 2 Monaten") is never exact."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RELATIVE = "relative"
