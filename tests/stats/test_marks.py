"""What stands apart from the rest: marks where nothing does."""

import numpy as np
import pandas as pd

from cx.stats.comparison import benjamini_hochberg
from cx.stats.contrasts import against_rest, remainder
from cx.stats.means import mean_difference_frame

SCORES, SHARES = np.array([-1.0, -0.5, 0.0, 0.5, 1.0]), (0.05, 0.05, 0.1, 0.3, 0.5)
PAGES, CELLS, NAMED = 400, 48, 35  # a page: so many small cells of one pillar, each named by so many
PAGES_WITH_A_MARK = 0.05


def test_pages_without_truth_seldom_bear_a_mark_though_their_cells_are_small_and_skewed() -> None:
    counts = np.random.default_rng(7).multinomial(NAMED, SHARES, (PAGES, CELLS))
    cells, wholes = _sums(counts), _sums(np.repeat(counts.sum(axis=1, keepdims=True), CELLS, axis=1))
    rest = remainder(wholes, cells)
    assert _marked(against_rest(cells, rest)["p"]) <= PAGES_WITH_A_MARK
    assert _marked(mean_difference_frame(cells, rest)["p"]) > 2 * PAGES_WITH_A_MARK, "Welch alone would do"


def _sums(counts: np.ndarray) -> pd.DataFrame:
    powers = {"n": counts.sum(axis=2), "total": counts @ SCORES, "squares": counts @ SCORES**2}
    return pd.DataFrame({name: values.ravel().astype(float) for name, values in powers.items()})


def _marked(p: pd.Series) -> float:
    return float(np.mean([benjamini_hochberg(page).any() for page in p.to_numpy().reshape(PAGES, CELLS)]))
