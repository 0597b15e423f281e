"""What drives an outcome: pillars or touchpoints from texts, or rated questions of a survey, with what the answer rests on."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from cx.analysis import asking, overview
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.model.kpi import Outcome, Predictors
from cx.model.limits import DRIVER_ITEMS, DRIVER_TOUCHPOINTS, N_UNCERTAIN
from cx.stats import drivers, kpis, means
from cx.stats.drivers import Commenting, Explained
from cx.stats.estimate import Difference
from cx.store import Store

ANSWERED = 0.5  # an item that fewer answer than so many of the most answered one would cost too many complete rows
BUCKETS = 1_000  # the bootstrap over them has intervals right to ±2 %, over 200 to ±5 %
PERFORMANCE = ["performance", "performance_low", "performance_high"]


def explained(store: Store, outcome: str, selection: Filter, predictors: str) -> Explained:
    """What drives `outcome`, one row per predictor, most important first: columns of cx.stats.drivers, performance, performance_low and
    performance_high (mean polarity of its mentions, or mean score of an item, −1…1).

    Touchpoints: the DRIVER_TOUCHPOINTS most named. Items: up to DRIVER_ITEMS rated questions, known by their wording; only feedback that answers all of
    them counts. `real` is tested over all effects and the difference between feedback with and without text. No rows where fewer than
    30 feedbacks have predictors and outcome. Raises AskError for an unknown outcome or set of predictors.
    """
    variant = asking.ces_variant(store, selection)
    asked = {"outcome": asking.known(Outcome, outcome), **asking.parameters(selection, variant)}
    commenting = _commenting(store.frame("patterns", **asked))
    found, incomplete = WAYS[Predictors(asking.known(Predictors, predictors))](
        store, selection, asked, commenting.difference.p
    )
    tests = np.append(found["p"].to_numpy(dtype=float), commenting.difference.p)
    real = bool(drivers.benjamini_hochberg(tests)[-1])
    return Explained(found, Commenting(commenting.read, commenting.other, commenting.difference, real), incomplete)


def ahead(store: Store, outcome: str, selection: Filter) -> None:
    """Begin to ask for what drives `outcome`."""
    variant = asking.ces_variant(store, selection)
    store.ahead("patterns", **{"outcome": asking.known(Outcome, outcome), **asking.parameters(selection, variant)})


def _commenting(patterns: pd.DataFrame) -> Commenting:
    reads, outcome, n = (patterns[name].to_numpy() for name in ("read", "outcome", "n"))
    read, other = (
        tuple(float(np.sum(n[side] * outcome[side] ** power)) for power in range(3)) for side in (reads, ~reads)
    )
    estimates = (means.mean_interval(total, squares, int(n)) for n, total, squares in (read, other))
    difference = means.mean_difference(read, other)
    if min(read[0], other[0]) < N_UNCERTAIN:
        difference = Difference(difference.value, difference.low, difference.high, float("nan"))
    return Commenting(*estimates, difference)


def _pillars(store: Store, selection: Filter, asked: dict[str, Any], p: float) -> tuple[pd.DataFrame, int]:
    found = drivers.drivers(*patterns(store, selection, asked, Predictors.PILLARS), [p])
    return _with_performance(found, _pillar_scores(store, selection), "pillar"), 0


def _pillar_scores(store: Store, selection: Filter) -> pd.DataFrame:
    """pillar, value, low, high: out of the sums by month where another page has asked for them, else of the whole alone, a third of the work."""
    if store.has("monthly_sums", **asking.parameters(selection, asking.ces_variant(store, selection))):
        return overview.pillars(store, selection)
    sums = store.frame("pillar_sums", filter=selection.parameter())
    return kpis.PILLAR.estimates(sums).assign(pillar=sums["pillar"])


def _touchpoints(store: Store, selection: Filter, asked: dict[str, Any], p: float) -> tuple[pd.DataFrame, int]:
    scores = overview.touchpoints(store, selection)
    found = drivers.drivers(*_of_touchpoints(store, asked, scores), [p])
    return _with_performance(found, scores, "touchpoint"), 0


def patterns(
    store: Store, selection: Filter, asked: dict[str, Any], predictors: str
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Counted patterns of pillars or touchpoints (columns: their keys, outcome, n), and these keys. `asked`: parameters of queries/patterns.sql."""
    if predictors == Predictors.PILLARS:
        counted = store.frame("patterns", **asked)
        return counted[counted["read"]].drop(columns="read"), taxonomy.pillar_keys()
    return _of_touchpoints(store, asked, overview.touchpoints(store, selection))


def _of_touchpoints(store: Store, asked: dict[str, Any], scores: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    ranked = scores.sort_values(["n", "touchpoint"], ascending=[False, True])
    named = tuple(ranked["touchpoint"].head(DRIVER_TOUCHPOINTS))
    coded = store.frame("touchpoint_patterns", aspects=list(named), **asked)
    counted = pd.DataFrame(signs(coded["code"].to_numpy(), len(named)), columns=list(named))
    return counted.assign(outcome=coded["outcome"], n=coded["n"]), named


def signs(codes: np.ndarray, places: int) -> np.ndarray:
    """The digits −1, 0, 1 (codes, places) of numbers Σ digit × 3^place, places from 0 (balanced ternary)."""
    shifted = codes.astype(np.int64)[:, None] + (3**places - 1) // 2  # every digit one higher: 0, 1, 2
    return shifted // 3 ** np.arange(places) % 3 - 1


def _with_performance(found: pd.DataFrame, scores: pd.DataFrame, key: str) -> pd.DataFrame:
    performance = scores.set_index(key)[["value", "low", "high"]].set_axis(PERFORMANCE, axis="columns")
    return found.join(performance, on="predictor")


def _items(store: Store, _selection: Filter, asked: dict[str, Any], p: float) -> tuple[pd.DataFrame, int]:
    answered = store.frame("survey_items", **asked)
    enough = answered["n"] >= ANSWERED * answered["n"].max()
    items = list(answered[enough]["item"].head(DRIVER_ITEMS))
    sums = store.frame("item_sums", items=items, buckets=BUCKETS, **asked)
    names = ["one", *(f"i{place:02d}" for place in range(1, len(items) + 1)), "y"]
    parts = sums[[f"{one} {other}" for one in names for other in names]].dropna().to_numpy(dtype=float)
    found = drivers.of_parts(parts.reshape(-1, len(names), len(names)), items, [p])
    performance = dict(zip(["mean", "mean_low", "mean_high"], PERFORMANCE, strict=True))
    return found.rename(columns=performance), int(sums["incomplete"].sum())


WAYS: dict[Predictors, Callable[[Store, Filter, dict[str, Any], float], tuple[pd.DataFrame, int]]] = {
    Predictors.PILLARS: _pillars,
    Predictors.TOUCHPOINTS: _touchpoints,
    Predictors.ITEMS: _items,
}
