"""Whether people who judge the same texts agree beyond chance.

Source: Krippendorff, Content Analysis (2004), 11.3: α for nominal judgements, any number of judges, gaps allowed.
"""

import numpy as np
import pandas as pd


def krippendorff(judgements: pd.DataFrame) -> float:
    """Krippendorff's nominal α: 1 for full agreement, 0 for what chance would do; one row per judge, a column per unit.

    Missing judgements are left out, units with fewer than two as well. Where only one value occurs there is nothing to
    agree on: NaN.
    """
    coded, values = pd.factorize(judgements.to_numpy().ravel())
    table = coded.reshape(judgements.shape)
    counts = (table[:, :, None] == np.arange(len(values))).sum(axis=0).astype(float)
    pairable = counts[counts.sum(axis=1) >= 2]
    n, sizes = pairable.sum(), pairable.sum(axis=1)
    disagreement = ((sizes**2 - (pairable**2).sum(axis=1)) / (sizes - 1)).sum()
    expected = (n**2 - (pairable.sum(axis=0) ** 2).sum()) / (n - 1) if n else 0.0
    return float(1 - disagreement / expected) if expected else float("nan")
