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


def test_values_without_spread_have_no_test() -> None:
    found = overlap.difference(sums(np.full(5, 0.5), np.full(5, 0.25))).iloc[0]
    assert found["value"] == 0.25
    assert found[["low", "high", "p"]].isna().all()
