"""Series of means over intervals of time: which points are unusual, and where the level has shifted, from n and sums of powers.

Limits are those of an X-bar chart for unequal n, widened by the dispersion between neighbouring intervals as Laney does for attributes
(Quality Engineering 14 (2002), 531): feedback of one week has more in common than chance alone would give it; and moved to the side of the
longer tail (Chan & Cui, Naval Research Logistics 50 (2003), 555): ratings are far from normal. Shifts: binary
segmentation (Scott & Knott, Biometrics 30 (1974)) with the largest standardised difference of two stretches; its date by inverting the
likelihood ratio (Hansen, Econometrica 68 (2000), 575). Both rates of false alarm hold for a whole chart, by simulation with the very n of its
intervals, as long as neighbouring intervals are independent: season, trend and slow drift are no chance and will be found as changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from cx.model.limits import FALSE_DISCOVERY_RATE, N_UNCERTAIN
from cx.stats.estimate import Estimate, Z, columns, counts
from cx.stats.means import SUMS, mean_interval

ALARM_RATE = FALSE_DISCOVERY_RATE / 2  # of a chart without any change: one half for single points, one half for shifts
LEAST_INTERVALS = 8  # with fewer, the dispersion is a guess
SIMULATED = 4_999
SEED = 20261126
NOISE = 200  # intervals
KEPT = 64  # simulations, 20 KB each: one for each n of the intervals
GIVEN = (*SUMS, "cubes")
DATE_LIMIT = 7.35  # 95 % point of the likelihood ratio of a date (Hansen 2000, table 1)
MEAN_ABSOLUTE = float(np.sqrt(2 / np.pi))  # of a standard normal
ROUNDS = 10  # of looking again; two are the rule
SHARED_FROM = 0.8  # of the intervals with answers: then the course of n is near enough to that of all feedback
NPS_POINTS = 100
PERCENT = 100
ROUNDING = 1e-9


@dataclass(frozen=True)
class Change:
    """A shift of the level: the first interval after it and the first and last that it may be (95 %), as positions from 0; the size with
    95 % interval, p (of the largest difference anywhere in its stretch), the level of the stretch before and of the one after."""

    position: int
    earliest: int
    latest: int
    value: float
    low: float
    high: float
    p: float
    before: Estimate
    after: Estimate

    @property
    def n(self) -> int:
        """The answers on both sides."""
        return self.before.n + self.after.n


@dataclass(frozen=True, eq=False)
class _Series:
    """Means of intervals in units of the standard deviation within them, with their n, all > 0, and the skewness of the answers."""

    n: np.ndarray
    mean: np.ndarray
    unit: float
    skewness: float

    def part(self, start: int, stop: int) -> "_Series":
        """The intervals from `start` up to `stop`."""
        return _Series(self.n[start:stop], self.mean[start:stop], self.unit, self.skewness)


@dataclass(frozen=True)
class _Split:
    """A possible shift: the first interval after it, the first and last that it may be, and p."""

    position: int
    earliest: int
    latest: int
    p: float


def nps_sums(groups: pd.DataFrame) -> pd.DataFrame:
    """promoters, passives, detractors as n, total, squares, cubes of answers of 100, 0 and −100."""
    promoters, passives, detractors = counts(*columns(groups, ("promoters", "passives", "detractors")))
    net, clear = promoters - detractors, promoters + detractors
    parts = [clear + passives, NPS_POINTS * net, NPS_POINTS**2 * clear, NPS_POINTS**3 * net]
    return pd.DataFrame(dict(zip(GIVEN, parts, strict=True)), index=groups.index)


def share_sums(shares: pd.DataFrame) -> pd.DataFrame:
    """successes, n as n, total, squares, cubes of answers of 100 and 0."""
    successes, n = counts(*columns(shares, ("successes", "n")))
    parts = [n, *(PERCENT**power * successes for power in (1, 2, 3))]
    return pd.DataFrame(dict(zip(GIVEN, parts, strict=True)), index=shares.index)


def control_limits(sums: pd.DataFrame, changes: Sequence[int] = (), rate: float = ALARM_RATE) -> pd.DataFrame:
    """The limits that a chart without change leaves with probability `rate`, at any of its intervals.

    `sums`: n, total, squares, cubes, one row per interval, in order of time. `changes`: positions of intervals with which a new level begins; each
    level then has limits of its own. Back come, on the index of `sums`: value, n, centre (the level), low, high, outside. Limits and marks are
    only for intervals with at least 30 answers (NaN, False elsewhere). Fewer than 8 intervals with answers, or answers without any spread, give
    no limits. Negative n or squares raise ValueError.
    """
    n, total, squares, cubes = _given(sums)
    known = n > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        found = pd.DataFrame({"value": total / n, "n": n.astype("int64")}, index=sums.index)
    series = _series(n[known], total[known], squares[known], cubes[known])
    starts = sorted({0, *(int(known[:position].sum()) for position in changes)} - {int(known.sum())})
    centre, low, high = np.full((3, len(n)), np.nan)
    if series is not None:
        centre[known], low[known], high[known] = _limits(series, starts, rate)
    outside = (found["value"] < low - ROUNDING) | (found["value"] > high + ROUNDING)
    return found.assign(centre=centre, low=low, high=high, outside=outside)


def change_points(sums: pd.DataFrame, rate: float = ALARM_RATE) -> list[Change]:
    """The shifts of the level, in order of time: with probability `rate` any at all in a series that has none.

    `sums` as for `control_limits`. Every stretch between two shifts has at least 30 answers. Too few intervals or no spread: none.
    """
    n, total, squares, cubes = _given(sums)
    known = np.flatnonzero(n > 0)
    series = _series(n[known], total[known], squares[known], cubes[known])
    if series is None:
        return []
    splits = _splits(series, rate)
    borders = [0, *(split.position for split in splits), len(known)]
    parts = [
        mean_interval(
            *(float(part[known[start:stop]].sum()) for part in (total, squares)), int(n[known[start:stop]].sum())
        )
        for start, stop in zip(borders[:-1], borders[1:], strict=True)
    ]
    scatter = max(1.0, float(_dispersion(series.n, series.mean, borders[1:-1]))) * series.unit
    found = [_change(split, borders[i : i + 3], parts[i : i + 2], scatter) for i, split in enumerate(splits)]
    places = ("position", "earliest", "latest")
    return [replace(change, **{place: int(known[getattr(change, place)]) for place in places}) for change in found]


def change_p(sums: pd.DataFrame, like: np.ndarray | None = None) -> float:
    """How often a series without change, with the same n, would show a split as clear as the clearest one here; NaN where nothing can be
    tested. `like`: n of the same intervals from which these answers are a part; series with about this course of n then share one
    simulation."""
    n, *powers = _given(sums)
    known = n > 0
    series = _series(*(column[known] for column in (n, *powers)))
    if series is None:
        return np.nan
    if like is None or known.mean() < SHARED_FROM:
        return _p(series)
    return _share_above(_observed(series), _null_splits(tuple(np.maximum(like, 1.0))), _allowed(n))


def _given(sums: pd.DataFrame) -> list[np.ndarray]:
    """n, total, squares, cubes as arrays, missing as 0. Negative n or squares raise ValueError."""
    found = [np.nan_to_num(column) for column in columns(sums, GIVEN)]
    counts(found[0], found[2])
    return found


def _series(n: np.ndarray, total: np.ndarray, squares: np.ndarray, cubes: np.ndarray) -> _Series | None:
    """The means in units of the spread within intervals, which no shift widens; None where there is too little or no spread."""
    if len(n) < LEAST_INTERVALS or n.sum() <= len(n):
        return None
    mean = total / n
    within = max(float((squares - mean * total).sum()), 0.0)
    unit = float(np.sqrt(within / (n.sum() - len(n))))
    if unit <= ROUNDING * np.sqrt(squares.sum() / n.sum()):
        return None
    third = float((cubes - 3 * mean * squares + 2 * mean**2 * total).sum() / n.sum())
    return _Series(n, mean / unit, unit, third / unit**3)


def _dispersion(n: np.ndarray, means: np.ndarray, changes: Sequence[int] = ()) -> np.ndarray:
    """How much further neighbouring means lie apart than chance explains (1: just as far); `means` may hold many series, by row."""
    steps = np.diff(means)
    np.abs(steps, out=steps)
    steps /= np.sqrt(1 / n[1:] + 1 / n[:-1]).astype(means.dtype)
    kept = np.delete(steps, [position - 1 for position in changes], axis=-1) if len(changes) else steps
    return kept.mean(axis=-1) / MEAN_ABSOLUTE


@lru_cache(maxsize=2)  # 200 intervals: 4 MB
def _noise(intervals: int) -> np.ndarray:
    return np.random.default_rng(SEED).standard_normal((SIMULATED, intervals), dtype=np.float32)


def _null(n: np.ndarray) -> np.ndarray:
    """Series without change: means of intervals with these n, by row."""
    size = NOISE * -(-len(n) // NOISE)  # the same for all common lengths: drawing costs more than all that follows
    return _noise(size)[:, : len(n)] / np.sqrt(n, dtype=np.float32)


def _limits(series: _Series, starts: list[int], rate: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Level and limits of every interval, in the unit of the answers; NaN limits where an interval is too small."""
    centre, error = _levels(series.n, series.mean, starts)
    width = np.quantile(_furthest(tuple(series.n), tuple(starts)), 1 - rate)
    skewness = series.skewness / np.sqrt(series.n)
    aside = skewness * (width**2 - 1) / 6 / (1 + 0.2 * skewness**2)  # Chan & Cui 2003, there for a width of 3
    scale = np.where(series.n >= N_UNCERTAIN, _dispersion(series.n, series.mean, starts[1:]) * error, np.nan)
    bounds = (centre + (sign * width + aside) * scale for sign in (-1, 1))
    return centre * series.unit, *(np.where(np.isfinite(bound), bound * series.unit, np.nan) for bound in bounds)


@lru_cache(maxsize=KEPT)
def _furthest(n: tuple[float, ...], starts: tuple[int, ...]) -> np.ndarray:
    """How far the furthest interval of each series without change lies from its level, in standard errors widened by its dispersion."""
    base = np.array(n)
    null, tested = _null(base), base >= N_UNCERTAIN
    centre, error = _levels(base, null, list(starts))
    away = np.abs(null - centre)[:, tested] / error[tested]
    return away.max(axis=1, initial=0) / _dispersion(base, null, starts[1:])


def _levels(n: np.ndarray, means: np.ndarray, starts: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """The mean of the stretch that each interval lies in, and the standard error of the interval around it."""
    centre, error = np.empty_like(means), np.empty(len(n))
    for start, stop in zip(starts, [*starts[1:], len(n)], strict=True):
        part = n[start:stop]
        centre[..., start:stop] = (means[..., start:stop] @ part.astype(means.dtype) / part.sum())[..., None]
        error[start:stop] = np.sqrt(np.maximum(1 / part - 1 / part.sum(), 0))
    error[error == 0] = np.inf  # a stretch of one interval is its own level
    return centre, error


def _differences(n: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Standardised difference of the stretches after and before each position from 1 on."""
    weights = n.astype(means.dtype)
    before, all_of = np.cumsum(weights)[:-1], weights.sum()
    summed = means * weights
    np.cumsum(summed, axis=-1, out=summed)
    gap = before / all_of * summed[..., -1:]
    gap -= summed[..., :-1]
    gap /= np.sqrt(before * (all_of - before) / all_of)
    return gap


def _allowed(n: np.ndarray) -> np.ndarray:
    """Which positions from 1 on leave enough answers on both sides."""
    before = np.cumsum(n)[:-1]
    return (before >= N_UNCERTAIN) & (n.sum() - before >= N_UNCERTAIN)


def _observed(series: _Series) -> float:
    """The clearest split, in standard errors widened by the dispersion; 0 where none is allowed."""
    clear = np.abs(_differences(series.n, series.mean))[_allowed(series.n)]
    return float(clear.max(initial=0) / _dispersion(series.n, series.mean))


def _p(series: _Series) -> float:
    """The p of the clearest split, by simulation."""
    return _share_above(_observed(series), _null_splits(tuple(series.n)), _allowed(series.n))


def _share_above(observed: float, null: np.ndarray, allowed: np.ndarray) -> float:
    if observed == 0 or not allowed.any():
        return 1.0
    first, last = np.flatnonzero(allowed)[[0, -1]]  # with all between: n adds up
    return float((1 + (null[:, first : last + 1].max(axis=1) >= observed).sum()) / (1 + SIMULATED))


@lru_cache(maxsize=8)  # 200 intervals: 4 MB
def _null_splits(n: tuple[float, ...]) -> np.ndarray:
    """Every split of each series without change, in standard errors widened by its dispersion."""
    base = np.array(n)
    null = _null(base)
    clear = _differences(base, null)
    np.abs(clear, out=clear)
    clear /= _dispersion(base, null)[:, None]
    return clear


def _splits(series: _Series, rate: float) -> list[_Split]:
    """The shifts, in order of time: found from the whole to the parts, then each looked for again between its neighbours (Bai, Econometric
    Theory 13 (1997), 315) until all stand; what does not stand there was a trace of another one."""
    positions = sorted(_halved(series, 0, len(series.n), rate))
    for _round in range(ROUNDS):
        borders = [0, *positions, len(series.n)]
        again = [_split(series, borders[place], borders[place + 2]) for place in range(len(positions))]
        worst = max(again, key=lambda split: split.p, default=None)
        if worst is None or (worst.p <= rate and [split.position for split in again] == positions):
            break
        kept = [split for split in again if split is not worst] if worst.p > rate else again
        positions = sorted({split.position for split in kept})
    return [split for split in again if split.p <= rate]


def _halved(series: _Series, start: int, stop: int, rate: float) -> Iterator[int]:
    """The position of the clearest split of a stretch, then those of its two parts."""
    if stop - start < LEAST_INTERVALS or (split := _split(series, start, stop)).p > rate:
        return
    yield split.position
    yield from _halved(series, start, split.position, rate)
    yield from _halved(series, split.position, stop, rate)


def _split(series: _Series, start: int, stop: int) -> _Split:
    """The clearest split of a stretch, with the positions that are nearly as likely."""
    part = series.part(start, stop)
    clear = np.where(_allowed(part.n), _differences(part.n, part.mean) ** 2, 0)
    position = int(clear.argmax()) + 1
    ratio = (clear.max() - clear) / max(1.0, float(_dispersion(part.n, part.mean, [position]))) ** 2
    possible = start + 1 + np.flatnonzero((ratio <= DATE_LIMIT) & (clear > 0))
    if not len(possible):
        return _Split(start + position, start + position, start + position, 1.0)
    return _Split(start + position, int(possible.min()), int(possible.max()), _p(part))


def _change(split: _Split, borders: list[int], sides: list[Estimate], scatter: float) -> Change:
    before, after = sides
    value, reach = after.value - before.value, Z * scatter * np.sqrt(1 / before.n + 1 / after.n)
    # A date may not pass the shift before or after it: that one was found with its own date.
    bounded = max(split.earliest, borders[0] + 1), min(split.latest, borders[2] - 1)
    return Change(split.position, *bounded, value, value - reach, value + reach, split.p, before, after)
