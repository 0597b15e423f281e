"""Known shares that a sample is weighted to: which dimensions they may be of, and how an address writes them."""

import json
import math
from enum import StrEnum
from typing import Any

LONGEST = 2_000  # characters of an address; longer ones are no work of ours
WHOLE = 100.0
ROUNDING = 0.1  # percent by which shares that were rounded may miss the whole

Targets = dict[str, dict[str, float]]
"""Percent per value, per dimension."""


class Dimension(StrEnum):
    """What known shares can be of."""

    CHANNEL = "channel"
    PRODUCT = "product"
    LOCATION = "location"


def as_text(targets: Targets) -> str:
    """The shares as an address holds them; "" for none, or for so many that an address is no place for them."""
    text = json.dumps(targets, ensure_ascii=False, separators=(",", ":")) if targets else ""
    return text if len(text) <= LONGEST else ""


def from_text(text: str) -> Targets:
    """The shares of an address. The address is untrusted: what is not shares of a known dimension is left out."""
    try:
        said = json.loads(text) if len(text) <= LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    known = {str(dimension): _shares(said.get(dimension)) for dimension in Dimension}
    return {dimension: shares for dimension, shares in known.items() if shares}


def percent_of(text: str) -> float | None:
    """The percent that somebody has typed, with comma or point: "28,3", "28.3 %"; None for what is none from 0 to 100."""
    try:
        share = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        return None
    return share if _is_share(share) else None


def missing(shares: dict[str, float]) -> float:
    """How many percent the shares lack of the whole; below 0: how many they are too many; 0 within rounding."""
    lacks = WHOLE - sum(shares.values())
    return 0.0 if abs(lacks) <= ROUNDING + 1e-9 else lacks


def _shares(said: Any) -> dict[str, float]:
    if not isinstance(said, dict):
        return {}
    return {value: float(share) for value, share in said.items() if _is_share(share)}


def _is_share(share: Any) -> bool:
    number = isinstance(share, int | float) and not isinstance(share, bool) and math.isfinite(share)
    return number and 0 <= share <= WHOLE
