"""What a person says against the reader: a statement's label, or an aspect that it names or does not."""

from dataclasses import dataclass
from enum import StrEnum

POLARITY = "polarity"
NONE = "none"  # the aspect is not named at all


class Dimension(StrEnum):
    """What of a statement is corrected."""

    POLARITY = POLARITY
    PILLAR = "pillar"
    TOUCHPOINT = "touchpoint"


@dataclass(frozen=True)
class Correction:
    """One correction of a statement. `label`: a cx.model.kpi.Label, for aspects also "none"; `aspect` is "" for polarity."""

    label: str
    dimension: str = POLARITY
    aspect: str = ""
