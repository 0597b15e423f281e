"""Published worked examples, computed anew: what the source says, what CX-Explorer says, and whether the two agree.

The examples stand in data/examples/worked.toml; the page *Nachgerechnet* and the tests read this list and no other.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cx.model.limits import FALSE_DISCOVERY_RATE
from cx.stats import (
    asymmetry,
    comparison,
    consistency,
    coverage,
    effects,
    importance,
    nps,
    overlap,
    quality,
    shares,
    weights,
)
from cx.stats.agreement import krippendorff
from cx.stats.estimate import Estimate, Z

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
COLUMNS = ["method", "source", "example", "quantity", "said", "value", "difference", "agrees"]
ROUNDING = 1e-12  # computers' own, relative to the number

Numbers = dict[str, float]


def tables() -> list[dict[str, Any]]:
    """The tables of data/examples/worked.toml: method, source, and examples with name, input and what the source says."""
    return tomllib.loads((EXAMPLES / "worked.toml").read_text(encoding="utf-8"))["table"]


def data(name: str) -> pd.DataFrame:
    """A table of data/examples ("swiss", "mtcars"): n = 1, and the weight w = 1 + (row mod 3), rows from 1."""
    found = pd.read_csv(EXAMPLES / f"{name}.csv")
    return found.assign(n=1, w=1 + (found.index + 1) % 3)


def checks(listed: list[dict[str, Any]] | None = None) -> pd.DataFrame:
    """One row per published number: COLUMNS. `said` is the text of the source, `agrees` whether `value` rounds to it."""
    rows = [
        _row(table, example["name"], quantity, said, found[quantity])
        for table in (tables() if listed is None else listed)
        for example in table["example"]
        for found in [METHODS[table["method"]](example["input"])]
        for quantity, said in example["says"].items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def digits(said: str) -> int:
    """The decimals that a source prints."""
    return len(said.partition(".")[2])


def _row(table: dict[str, Any], example: str, quantity: str, said: str, value: float) -> tuple:
    difference = value - float(said)
    allowed = table.get("tolerance", 0.5 * 10.0 ** -digits(said)) + ROUNDING * abs(value)
    agrees = bool(abs(difference) <= allowed)
    return (table["method"], table["source"], example, quantity, said, float(value), difference, agrees)


def _bounds(found: Estimate) -> Numbers:
    return {"value": found.value, "low": found.low, "high": found.high}


def _wald(groups: list[float]) -> Numbers:
    found = nps.wald(*groups)
    reach = found.high - found.value
    return _bounds(found) | {"reach": reach, "variance": sum(groups) * (reach / Z / nps.LIMIT) ** 2}


def _coverage(given: list[float]) -> Numbers:
    *true, n = given
    intervals = {"adjusted_wald": nps.nps_frame, "wald": nps.wald_frame}
    return {name: 100 * coverage.nps_coverage(interval, true, int(n)) for name, interval in intervals.items()}


def _correlations(given: dict[str, Any]) -> np.ndarray:
    if "correlations" in given:
        return np.array(given["correlations"], dtype=float)
    return importance.correlations(
        data(given["data"]), given["predictors"], given["outcome"], weight=given.get("weight", "n")
    )


def _shares_of_r2(method: Callable[[np.ndarray], np.ndarray], given: dict[str, Any]) -> Numbers:
    found = method(_correlations(given))
    return dict(zip(given["predictors"], found, strict=True)) | {"r2": float(found.sum())}


def _suppressor(given: dict[str, Any]) -> Numbers:
    correlations = _correlations(given)
    return {"correlation": correlations[0, -1], "beta": effects.standardised(correlations)[0]}


def _rejected(p: list[float]) -> Numbers:
    bonferroni = np.array(p) <= FALSE_DISCOVERY_RATE / len(p)
    return {"benjamini_hochberg": comparison.benjamini_hochberg(p).sum(), "bonferroni": bonferroni.sum()}


def _simpson(given: dict[str, list[list[int]]]) -> Numbers:
    """Percent of each group (a_1, a_2, b_1, b_2), pooled (a, b), and whether the pooled difference turns round."""
    found: Numbers = {}
    frames = []
    for side, groups in given.items():
        successes, n = np.array(groups, dtype=float).T
        frames.append(pd.DataFrame({"n": n, "value": successes / n}))
        found |= {f"{side}_{place}": 100 * s / m for place, (s, m) in enumerate(groups, start=1)}
        found[side] = 100 * successes.sum() / n.sum()
    return found | {"reversed": float(comparison.simpson(*frames))}


def _between_channels(trials: list[list[float]]) -> Numbers:
    """Log risk ratios of trials (ill and well, with and without treatment), compared as channels are."""
    ill, well, ill_without, well_without = np.array(trials, dtype=float).T
    ratios = np.log(ill / (ill + well) / (ill_without / (ill_without + well_without)))
    found = consistency.between_channels(
        ratios, 1 / ill - 1 / (ill + well) + 1 / ill_without - 1 / (ill_without + well_without)
    )
    return {name: getattr(found, name) for name in ("tau_squared", "low", "high", "i_squared", "q")}


def _auc(given: dict[str, list[int]]) -> Numbers:
    grades = {side: np.repeat(np.arange(len(counts)), counts) for side, counts in given.items()}
    scores = np.concatenate([grades["good"], grades["bad"]])
    return _bounds(quality.auc(scores, np.arange(len(scores)) < len(grades["good"])))


def _overlapping(given: dict[str, list[Any]]) -> Numbers:
    """Two means over values that either side has alone (first, second) and pairs that both have."""
    pairs = np.array(given["pairs"], dtype=float)
    sides = [np.append(given[name], pairs[:, place]) for place, name in enumerate(("first", "second"))]
    counted = [number for values in sides for number in (len(values), values.sum(), (values**2).sum())]
    both = [number for values in pairs.T for number in (values.sum(), (values**2).sum())]
    sums = [*counted, len(pairs), *both, pairs.prod(axis=1).sum()]
    found = overlap.difference(pd.DataFrame([sums], columns=[*overlap.FIRST, *overlap.SECOND, *overlap.BOTH]))
    return found.iloc[0].to_dict()


def _judgements(rows: list[str]) -> pd.DataFrame:
    return pd.DataFrame([[None if mark == "." else mark for mark in row] for row in rows])


METHODS: dict[str, Callable[[Any], Numbers]] = {
    "nps": lambda groups: _bounds(nps.nps_interval(*groups)),
    "wald": _wald,
    "nps_coverage": _coverage,
    "wilson": lambda given: _bounds(shares.wilson(*given)),
    "newcombe": lambda given: _bounds(shares.newcombe(*given)),
    "lmg": lambda given: _shares_of_r2(importance.lmg, given),
    "johnson": lambda given: _shares_of_r2(importance.johnson, given),
    "suppressor": _suppressor,
    "leave_out": lambda given: {"value": effects.leave_out(*given)},
    "penalty_reward": lambda given: {"asymmetry": asymmetry.impact_asymmetry(-given[0], given[1])},
    "benjamini_hochberg": _rejected,
    "simpson": _simpson,
    "between_channels": _between_channels,
    "kish": lambda given: {"effective_n": weights.kish(data(given["data"])[given["weight"]])},
    "krippendorff": lambda rows: {"alpha": krippendorff(_judgements(rows))},
    "auc": _auc,
    "overlap": _overlapping,
}
