"""Means of overlapping bases: limits that are known, and a simulation."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cx.stats import overlap

GENERATOR = np.random.default_rng(5)


def sums(first: np.ndarray, second: np.ndarray) -> pd.DataFrame:
    """The sums of two columns of one value per feedback, NaN where it has none."""
    one, other = first[~np.isnan(first)], second[~np.isnan(second)]
    both = ~np.isnan(first) & ~np.isnan(second)
    a, b = first[both], second[both]
    row = [len(one), one.sum(), (one**2).sum(), len(other), other.sum(), (other**2).sum()]
    row += [len(a), a.sum(), (a**2).sum(), b.sum(), (b**2).sum(), (a * b).sum()]
    return pd.DataFrame([row], columns=[*overlap.FIRST, *overlap.SECOND, *overlap.BOTH])


def freedom_of(first: np.ndarray, second: np.ndarray, both: int) -> float:
    """The degrees of freedom of the paper, from the values: γ are Welch's."""
    a, b = first[~np.isnan(first)], second[~np.isnan(second)]
    gamma = stats.ttest_ind(a, b, equal_var=False).df
    alone_a, alone_b = len(a) - both, len(b) - both
    return both - 1 + (gamma - both + 1) / (alone_a + alone_b + 2 * both) * (alone_a + alone_b)


def test_with_everybody_in_both_it_is_the_paired_test() -> None:
    first = GENERATOR.normal(0.2, 1, 40)
    second = 0.5 * first + GENERATOR.normal(0, 0.7, 40)
    found, paired = overlap.difference(sums(first, second)).iloc[0], stats.ttest_rel(first, second)
    bounds = paired.confidence_interval(0.95)
    assert found[["p", "low", "high"]].to_list() == pytest.approx([paired.pvalue, bounds.low, bounds.high])


def test_with_nobody_in_both_it_is_welchs_test() -> None:
    first, second = np.full(70, np.nan), np.full(70, np.nan)
    first[:25], second[25:] = GENERATOR.normal(0.4, 1, 25), GENERATOR.normal(0, 2, 45)
    found = overlap.difference(sums(first, second)).iloc[0]
    welch = stats.ttest_ind(first[:25], second[25:], equal_var=False)
    bounds = welch.confidence_interval(0.95)
    assert found[["p", "low", "high"]].to_list() == pytest.approx([welch.pvalue, bounds.low, bounds.high])


def test_sums_of_nobody_in_both_may_be_missing() -> None:
    whole = sums(np.array([1.0, 2.0, 4.0, np.nan, np.nan]), np.array([np.nan, np.nan, np.nan, 1.0, 3.0]))
    missing = whole.assign(**dict.fromkeys(overlap.BOTH, np.nan))
    pd.testing.assert_frame_equal(overlap.difference(whole), overlap.difference(missing))


@pytest.mark.parametrize(("n", "first_until", "second_from"), [(60, 40, 25), (30, 26, 4), (50, 12, 11)])
def test_in_between_it_is_the_formula_of_2017_on_the_values_themselves(
    n: int, first_until: int, second_from: int
) -> None:
    first, second = GENERATOR.normal(0.3, 1, n), GENERATOR.normal(0, 1.5, n)
    second += 0.6 * first
    a, b = first[:first_until], second[second_from:]
    both, n_a, n_b = first_until - second_from, len(a), len(b)
    r = np.corrcoef(first[second_from:first_until], second[second_from:first_until])[0, 1] if both > 1 else 0.0
    own = a.var(ddof=1) / n_a + b.var(ddof=1) / n_b
    error = np.sqrt(own - 2 * r * a.std(ddof=1) * b.std(ddof=1) * both / (n_a * n_b))
    first[first_until:], second[:second_from] = np.nan, np.nan
    freedom = freedom_of(first, second, both)
    test = stats.t(freedom, loc=a.mean() - b.mean(), scale=error)
    found = overlap.difference(sums(first, second)).iloc[0]
    assert found[["low", "high"]].to_list() == pytest.approx(test.interval(0.95))
    assert found["p"] == pytest.approx(2 * stats.t.sf(abs(a.mean() - b.mean()) / error, freedom))


def test_the_interval_covers_the_true_difference_where_bases_overlap() -> None:
    runs, n, covered = 2000, 60, 0
    rows = []
    for _run in range(runs):
        first = GENERATOR.normal(0.3, 1, n)
        second = 0.6 * first + GENERATOR.normal(0, 1.2, n)  # true means 0.3 and 0.18
        first[40:], second[:25] = np.nan, np.nan
        rows.append(sums(first, second))
    found = overlap.difference(pd.concat(rows, ignore_index=True))
    covered = ((found["low"] <= 0.12) & (found["high"] >= 0.12)).mean()
    assert 0.935 < covered < 0.965  # three standard errors


def test_shared_feedback_without_spread_is_taken_as_unrelated() -> None:
    first = np.array([1.0, 0.5, 0.0, 0.5, 0.5, np.nan, np.nan])
    second = np.array([np.nan, np.nan, np.nan, 0.5, 0.5, 0.0, 1.0])
    found = overlap.difference(sums(first, second)).iloc[0]
    error = np.sqrt(np.nanvar(first, ddof=1) / 5 + np.nanvar(second, ddof=1) / 4)
    assert (found["high"] - found["low"]) / 2 == pytest.approx(error * stats.t.isf(0.025, freedom_of(first, second, 2)))


def test_values_without_spread_have_no_test() -> None:
    found = overlap.difference(sums(np.full(5, 0.5), np.full(5, 0.25))).iloc[0]
    assert found["value"] == 0.25
    assert found[["low", "high", "p"]].isna().all()
