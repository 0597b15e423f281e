"""How well labels, aspects and scores agree with what they should be: confusion, precision, recall, F1, AUC.

Sources: van Rijsbergen, Information Retrieval, 1979 (F); Sebastiani, ACM Computing Surveys 34 (2002) (macro and micro averages);
Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13 (percentile intervals); DeLong, DeLong &
Clarke-Pearson, Biometrics 44 (1988), 837 (variance of an AUC). Every F1 has the interval of a bootstrap over texts, drawn
from counted patterns: a multinomial draw over them is the draw of texts. Shares have Wilson's.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cx.stats.estimate import TAIL, Estimate, Z
from cx.stats.shares import wilson, wilson_frame

DRAWS = 1_000
SEED = 1
UNREAD = ""  # the column of what has got no label
MEASURES = ("precision", "recall", "f1")
COLUMNS = [f"{measure}{end}" for measure in MEASURES for end in ("", "_low", "_high")]
NO_ESTIMATE = (float("nan"),) * 3


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 (each 0…1), with intervals; n is the number of texts."""

    precision: Estimate
    recall: Estimate
    f1: Estimate


def confusion(wanted: Sequence[str], got: Sequence[str | None], labels: Sequence[str]) -> pd.DataFrame:
    """Counts of texts: a row per label that is wanted, a column per label that came out, both in the order of `labels`.

    What came out without a label stands in a last column UNREAD, where there is any. An unknown label, or sequences of
    different lengths, raise ValueError.
    """
    both = (np.asarray(labelled, dtype=object).tolist() for labelled in (wanted, got))  # out of a series at once
    counted = Counter(zip(*both, strict=True))
    pairs = [(want, UNREAD if have is None or have != have else have, n) for (want, have), n in counted.items()]  # noqa: PLR0124  NaN
    known = {*labels, UNREAD}
    if unknown := {label for want, have, _n in pairs for label in (want, have)} - known:
        raise ValueError(f"unknown labels: {', '.join(map(str, sorted(unknown)))}")
    columns = [*labels, *([UNREAD] if any(have == UNREAD for _want, have, _n in pairs) else [])]
    row, column = ({label: place for place, label in enumerate(names)} for names in (labels, columns))
    table = np.zeros((len(labels), len(columns)), dtype=np.int64)
    for want, have, n in pairs:
        table[row[want], column[have]] += n
    return pd.DataFrame(table, index=list(labels), columns=columns)


def classes(counts: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """One row per label of a confusion matrix: COLUMNS (0…1), n (texts that should have it), got (that have it).

    A label that is neither wanted nor given has NaN.
    """
    n = counts.to_numpy()
    right = n.diagonal()
    frame = _shares(right, n.sum(axis=0)[: len(right)], n.sum(axis=1), counts.index)
    low, high = _bounds(_f1(_drawn(n, draws, seed)))
    return frame.assign(f1_low=low, f1_high=high)[[*COLUMNS, "n", "got"]]


def macro_f1(counts: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> Estimate:
    """The mean of the labels' F1, 0…1; labels that are neither wanted nor given are left out. No texts give NaN."""
    n = counts.to_numpy()
    return _estimate(_mean(_f1(n[None]))[0], _mean(_f1(_drawn(n, draws, seed))), int(n.sum()))


def micro_f1(counts: pd.DataFrame) -> Estimate:
    """The share of texts with the right label, 0…1: with one label per text, micro-F1 is that. Interval: Wilson."""
    return wilson(int(counts.to_numpy().diagonal().sum()), int(counts.to_numpy().sum()))


def aspects(
    wanted: np.ndarray, got: np.ndarray, names: Sequence[str], draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """One row per aspect, from two tables of bool (texts × aspects): COLUMNS (0…1), n (texts that should name it), got.

    An aspect that is neither wanted nor named has NaN.
    """
    want, have = _tables(wanted, got)
    hits, missed, added = (want & have).sum(axis=0), (want & ~have).sum(axis=0), (~want & have).sum(axis=0)
    frame = _shares(hits, hits + added, hits + missed, pd.Index(list(names)))
    bounds = [
        _bounds(_f1(_drawn(np.array([[tp, fn], [fp, len(want) - tp - fn - fp]]), draws, seed))[:, 0])
        for tp, fn, fp in zip(hits, missed, added, strict=True)
    ]
    low, high = np.array(bounds).reshape(-1, 2).T
    return frame.assign(f1_low=low, f1_high=high)[[*COLUMNS, "n", "got"]]


def micro(wanted: np.ndarray, got: np.ndarray, draws: int = DRAWS, seed: int = SEED) -> Score:
    """Precision, recall and F1 over all pairs of text and aspect, from two tables of bool (texts × aspects).

    The bootstrap draws texts, not pairs: what one text names belongs together.
    """
    want, have = _tables(wanted, got)
    triples = np.column_stack([(want & have).sum(axis=1), (~want & have).sum(axis=1), (want & ~have).sum(axis=1)])
    patterns, n = np.unique(triples, axis=0, return_counts=True)
    whole, drawn = _rates(triples.sum(axis=0)), _rates(_draw(n, draws, seed) @ patterns)
    return Score(*(_estimate(value, some, len(want)) for value, some in zip(whole, drawn, strict=True)))


def auc(scores: Sequence[float], good: Sequence[bool]) -> Estimate:
    """How often a good text scores above a bad one (ties count half), 0…1, with DeLong's interval, clipped to 0…1.

    `n` counts both. Missing scores raise ValueError; where one side is empty there is NaN, where it is one text no interval.
    """
    score, side = np.asarray(scores, dtype=float), np.asarray(good, dtype=bool)
    if np.isnan(score).any():
        raise ValueError("scores must not be missing")
    values, place = np.unique(score, return_inverse=True)
    best, worst = (np.bincount(place[mine], minlength=len(values)).astype(float) for mine in (side, ~side))
    if not best.sum() or not worst.sum():
        return Estimate(*NO_ESTIMATE, len(score))
    below, above = _below(worst), 1 - _below(best)  # of each value: which share of the other side it beats, or loses to
    area = float(best @ below / best.sum())
    error = Z * np.sqrt(_variance(below, best) / best.sum() + _variance(above, worst) / worst.sum())
    return Estimate(area, *(float(np.clip(area + side * error, 0, 1)) for side in (-1, 1)), len(score))


def _below(counts: np.ndarray) -> np.ndarray:
    """The share of `counts` below each value, the value itself counting half."""
    return (counts.cumsum() - counts / 2) / counts.sum()


def _variance(values: np.ndarray, counts: np.ndarray) -> float:
    n = counts.sum()
    return float(counts @ (values - counts @ values / n) ** 2 / (n - 1)) if n > 1 else float("nan")


def _tables(wanted: np.ndarray, got: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    want, have = np.asarray(wanted, dtype=bool), np.asarray(got, dtype=bool)
    if want.shape != have.shape or want.ndim != 2:
        raise ValueError("two tables of the same shape are wanted")
    return want, have


def _shares(right: np.ndarray, got: np.ndarray, wanted: np.ndarray, index: pd.Index) -> pd.DataFrame:
    """Precision and recall with Wilson's intervals, F1, and the counts behind them."""
    frame = pd.DataFrame({"n": wanted, "got": got}, index=index)
    for measure, base in (("precision", got), ("recall", wanted)):
        found = wilson_frame(pd.DataFrame({"successes": right, "n": base}, index=index))
        frame = frame.assign(
            **{measure: found["value"], f"{measure}_low": found["low"], f"{measure}_high": found["high"]}
        )
    return frame.assign(f1=_ratio(2 * right, got + wanted))


def _f1(tables: np.ndarray) -> np.ndarray:
    """F1 of each label (…, labels) of confusion matrices (…, labels, labels or one more)."""
    right = np.diagonal(tables, axis1=-2, axis2=-1)
    return _ratio(2 * right, tables.sum(axis=-2)[..., : right.shape[-1]] + tables.sum(axis=-1))


def _rates(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall and F1 of hits, additions and misses (…, 3)."""
    hits, added, missed = np.moveaxis(np.asarray(counts, dtype=float), -1, 0)
    return _ratio(hits, hits + added), _ratio(hits, hits + missed), _ratio(2 * hits, 2 * hits + added + missed)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    whole = np.asarray(whole, dtype=float)
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def _mean(values: np.ndarray) -> np.ndarray:
    """The mean of each row without what is missing."""
    known = ~np.isnan(values)
    return _ratio(np.where(known, values, 0).sum(axis=-1), known.sum(axis=-1))


def _drawn(counts: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Tables (draws, …) as drawn from the texts that `counts` counts."""
    return _draw(counts.ravel(), draws, seed).reshape(draws, *counts.shape)


def _draw(counts: np.ndarray, draws: int, seed: int) -> np.ndarray:
    n = int(counts.sum())
    if not n:
        return np.zeros((draws, len(counts)), dtype=int)
    return np.random.default_rng(seed).multinomial(n, counts / n, size=draws)


def _bounds(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The percentile interval of each column; NaN where nothing was drawn that has a value."""
    known = ~np.isnan(drawn).all(axis=0)
    filled = np.where(known, drawn, 0)
    low, high = (np.where(known, bound, np.nan) for bound in np.nanquantile(filled, [TAIL, 1 - TAIL], axis=0))
    return low, high


def _estimate(value: np.ndarray, drawn: np.ndarray, n: int) -> Estimate:
    low, high = _bounds(drawn)
    return Estimate(float(value), float(low), float(high), n)
