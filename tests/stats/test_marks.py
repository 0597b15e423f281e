"""What stands apart from the rest: marks where nothing does."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cx.stats.comparison import benjamini_hochberg
from cx.stats.contrasts import against_rest, remainder, with_real
from cx.stats.means import mean_difference_frame
from cx.stats.regression import robust_fit

SCORES, SHARES = np.array([-1.0, -0.5, 0.0, 0.5, 1.0]), (0.05, 0.05, 0.1, 0.3, 0.5)
PAGES, CELLS, NAMED = 400, 48, 35  # a page: so many small cells of one pillar, each named by so many
PAGES_WITH_A_MARK = 0.05
FEW = 40  # feedbacks, of which some ten name a predictor


def test_pages_without_truth_seldom_bear_a_mark_though_their_cells_are_small_and_skewed() -> None:
    counts = np.random.default_rng(7).multinomial(NAMED, SHARES, (PAGES, CELLS))
    cells, wholes = _sums(counts), _sums(np.repeat(counts.sum(axis=1, keepdims=True), CELLS, axis=1))
    rest = remainder(wholes, cells)
    assert _marked(against_rest(cells, rest)["p"]) <= PAGES_WITH_A_MARK
    assert _marked(mean_difference_frame(cells, rest)["p"]) > 2 * PAGES_WITH_A_MARK, "Welch alone would do"


def test_pages_without_truth_seldom_bear_a_driver_though_few_name_each() -> None:
    chance, pages = np.random.default_rng(5), []
    for _ in range(PAGES):
        named = chance.choice([-1.0, 0.0, 1.0], p=[0.1, 0.75, 0.15], size=(FEW, 6))
        fit = robust_fit(named, chance.choice([-100.0, 0.0, 100.0], FEW), np.ones(FEW))
        size = np.abs(fit.coefficients) / np.sqrt(np.diag(fit.covariance))
        pages.append(2 * np.array([stats.t.sf(size, fit.freedom), stats.norm.sf(size)]))
    by_t, by_normal = (pd.Series(np.ravel(p)) for p in np.swapaxes(pages, 0, 1))
    assert _marked(by_t) <= PAGES_WITH_A_MARK
    assert _marked(by_normal) > 1.5 * PAGES_WITH_A_MARK, "the normal distribution would do"


def test_the_rest_is_what_lies_outside_and_is_compared_by_welch() -> None:
    values, inside = np.random.default_rng(3).normal(0.2, 0.5, 100), np.arange(100) < 40
    rest = remainder(_of(values), _of(values[inside]))
    assert rest.iloc[0].to_list() == pytest.approx(_of(values[~inside]).iloc[0].to_list())
    found = against_rest(_of(values[inside]), rest).iloc[0]
    welch = stats.ttest_ind(values[inside], values[~inside], equal_var=False).confidence_interval()
    assert found[["value", "rest", "n_rest"]].to_list() == pytest.approx(
        [values[inside].mean(), values[~inside].mean(), 60]
    )
    assert found[["difference_low", "difference_high"]].to_list() == pytest.approx([welch.low, welch.high])


def test_equal_scores_leave_no_negative_square() -> None:
    assert remainder(_of(np.full(7, 0.1)), _of(np.full(6, 0.1)))["squares"].item() >= 0


@pytest.mark.parametrize(("inside", "outside", "tested"), [(30, 30, True), (29, 90, False), (90, 29, False)])
def test_fewer_than_thirty_on_either_side_are_not_tested(inside: int, outside: int, tested: bool) -> None:
    values = np.random.default_rng(4).normal(0, 1, inside + outside)
    found = against_rest(_of(values[:inside]), _of(values[inside:])).iloc[0]
    assert found[["value", "difference"]].notna().all()
    assert (not np.isnan(found["p"])) == tested


def test_what_is_real_is_decided_over_all_frames_together() -> None:
    one, many, none = (pd.DataFrame({"p": p}) for p in ([0.04], [0.001, 0.9, 0.9], []))
    assert with_real(one)[0]["real"].tolist() == [True]
    assert [frame["real"].tolist() for frame in with_real(one, many, none)] == [[False], [True, False, False], []]


def _of(values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"n": [float(len(values))], "total": [values.sum()], "squares": [(values**2).sum()]})


def _sums(counts: np.ndarray) -> pd.DataFrame:
    powers = {"n": counts.sum(axis=2), "total": counts @ SCORES, "squares": counts @ SCORES**2}
    return pd.DataFrame({name: values.ravel().astype(float) for name, values in powers.items()})


def _marked(p: pd.Series) -> float:
    return float(np.mean([benjamini_hochberg(page).any() for page in p.to_numpy().reshape(PAGES, -1)]))
