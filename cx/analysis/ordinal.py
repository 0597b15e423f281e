"""Does an effect hold where the outcome's values are steps in an order and no numbers? For pillars and touchpoints."""

import numpy as np
import pandas as pd

from cx.analysis import asking, drivers
from cx.model.filter import Filter
from cx.model.kpi import Outcome, Predictors
from cx.model.limits import N_UNCERTAIN
from cx.stats import effects
from cx.stats.ordinal import average_marginal_effects
from cx.store import Store

STRAIGHT, ORDERED = (["effect", "effect_low", "effect_high"], ["ordered", "ordered_low", "ordered_high"])
COLUMNS = ["predictor", "n", *STRAIGHT, *ORDERED]


def ordered(store: Store, outcome: str, selection: Filter, predictors: str) -> pd.DataFrame:
    """Both effects per step of each predictor, largest first: predictor, n (feedback naming it), effect (least squares) and ordered (average
    marginal effect of a proportional odds model) with _low and _high (95 %), in the unit of the outcome; NaN where the data do not tell.

    No rows for survey items, and where fewer than 30 feedbacks have predictors and outcome. Raises AskError for an unknown outcome or set of
    predictors.
    """
    variant = asking.ces_variant(store, selection)
    asked = {"outcome": asking.known(Outcome, outcome), **asking.parameters(selection, variant)}
    if asking.known(Predictors, predictors) == Predictors.ITEMS:
        return pd.DataFrame(columns=COLUMNS)
    patterns, names = drivers.patterns(store, selection, asked, predictors)
    if patterns["n"].sum() < N_UNCERTAIN:
        return pd.DataFrame(columns=COLUMNS)
    named = np.abs(patterns[list(names)].to_numpy()).T @ patterns["n"].to_numpy()
    straight = effects.adjusted(patterns, names, "outcome")[["effect", "low", "high"]].to_numpy()
    steps = average_marginal_effects(patterns, names, "outcome").outcome[["effect", "low", "high"]].to_numpy()
    found = pd.DataFrame(np.column_stack([named, straight, steps]), columns=COLUMNS[1:])
    found.insert(0, "predictor", names)
    return found.sort_values("effect", key=np.abs, ascending=False, ignore_index=True)
