"""Arrays of places: how stretches, groups and neighbours of them are written down without a loop."""

import numpy as np


def ranges(first: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Stretches of whole numbers laid end to end: `count[i]` of them from `first[i]` on (as large as `first`)."""
    ends = np.cumsum(count, dtype=first.dtype)
    return np.arange(ends[-1] if len(ends) else 0, dtype=first.dtype) + np.repeat(first - ends + count, count)


def offsets(count: np.ndarray) -> np.ndarray:
    """Where groups of `count` members begin, and where the last one ends: one more than there are groups (int64)."""
    return np.concatenate(([0], np.cumsum(count, dtype=np.int64)))


def begins(group: np.ndarray) -> np.ndarray:
    """Whether a member is the first of its group; members of a group stand together (bool)."""
    found = np.ones(len(group), bool)
    found[1:] = group[1:] != group[:-1]
    return found


def before(amount: np.ndarray, first: np.ndarray) -> np.ndarray:
    """The sum of what stands before each member in its group, which begins where `first` (bool) says so (int64)."""
    found = offsets(amount)[:-1]
    return found - found[first][np.cumsum(first) - 1]


def sums(group: np.ndarray, amount: np.ndarray, groups: int) -> np.ndarray:
    """The sum of whole numbers of each of `groups` groups (int64; exact below 2⁵³)."""
    return np.bincount(group, amount, groups).astype(np.int64)
