"""The results that every page shows: a number with its interval and its base, a difference with its test."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from cx.model.limits import CONFIDENCE, N_UNCERTAIN, N_WITHHELD

TAIL = (1 - CONFIDENCE) / 2
Z = float(stats.norm.isf(TAIL))


@dataclass(frozen=True)
class Estimate:
    """A number with its 95 % interval and its base n, in the unit of the value; NaN where there is nothing."""

    value: float
    low: float
    high: float
    n: int

    @property
    def withheld(self) -> bool:
        """Whether the base is too small to show any number."""
        return self.n < N_WITHHELD

    @property
    def uncertain(self) -> bool:
        """Whether the number may be shown, but only as unsure."""
        return N_WITHHELD <= self.n < N_UNCERTAIN


@dataclass(frozen=True)
class Difference:
    """A difference with its 95 % interval, in the unit of the value, and its two-sided p; NaN where there is nothing."""

    value: float
    low: float
    high: float
    p: float


def estimate(value: np.ndarray, low: np.ndarray, high: np.ndarray, n: np.ndarray) -> Estimate:
    """One Estimate from arrays of a single number each; a missing n counts as 0."""
    return Estimate(float(value), float(low), float(high), int(np.rint(np.nan_to_num(n))))


def estimates(value: np.ndarray, low: np.ndarray, high: np.ndarray, n: np.ndarray, index: pd.Index) -> pd.DataFrame:
    """One row per element: value, low, high (floats), n (int, 0 where missing)."""
    base = np.rint(np.nan_to_num(n)).astype("int64")
    return pd.DataFrame({"value": value, "low": low, "high": high, "n": base}, index=index)


def difference(value: np.ndarray, low: np.ndarray, high: np.ndarray, p: np.ndarray) -> Difference:
    """One Difference from arrays of a single number each."""
    return Difference(float(value), float(low), float(high), float(p))


def differences(value: np.ndarray, low: np.ndarray, high: np.ndarray, p: np.ndarray, index: pd.Index) -> pd.DataFrame:
    """One row per element: value, low, high, p (floats)."""
    return pd.DataFrame({"value": value, "low": low, "high": high, "p": p}, index=index)


def columns(frame: pd.DataFrame, names: Sequence[str]) -> list[np.ndarray]:
    """The named columns as float arrays, missing as NaN. A column that is not there raises ValueError."""
    absent = [name for name in names if name not in frame.columns]
    if absent:
        raise ValueError(f"columns missing: {', '.join(absent)}")
    return [frame[name].to_numpy(dtype=float) for name in names]


def counts(*numbers: float | np.ndarray) -> list[np.ndarray]:
    """The numbers as float arrays of one shape. A negative one raises ValueError; missing is NaN."""
    arrays = np.broadcast_arrays(*(np.asarray(number, dtype=float) for number in numbers))
    if any((array < 0).any() for array in arrays):
        raise ValueError("counts must not be negative")
    return list(arrays)
