"""Counted patterns: one row per distinct combination of predictors and outcome, with the number of answers.

Nothing is lost against the single answers: correlations, regressions with robust errors and the bootstrap come out
the same, at any n. Rows that are not counted together are patterns of weight 1.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cx.stats.estimate import columns, counts


def design(
    patterns: pd.DataFrame, predictors: Sequence[str], outcome: str, weight: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Predictors (patterns, p), outcome and weight (patterns,) of the complete patterns with a weight above 0.

    Patterns with a missing predictor, outcome or weight are left out. A negative weight or a column that is not
    there raises ValueError.
    """
    table = np.column_stack(columns(patterns, [*predictors, outcome, weight]))
    counts(table[:, -1])
    table = table[~np.isnan(table).any(axis=1) & (table[:, -1] > 0)]
    return table[:, :-2], table[:, -2], table[:, -1]
