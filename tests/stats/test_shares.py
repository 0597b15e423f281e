"""Shares and their differences; published numbers: tests/analysis/test_worked.py."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportions_ztest

from cx.stats.shares import newcombe, newcombe_frame, wilson, wilson_frame

SHARES = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_value_and_base_are_those_of_the_counts():
    found = wilson(81, 263)
    assert (found.value, found.n) == (81 / 263, 263)


@given(SHARES)
def test_the_interval_contains_the_share(share):
    found = wilson(*share)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(SHARES, SHARES)
def test_the_interval_contains_the_difference(first, second):
    found = newcombe(*first, *second)
    assert -1 <= found.low <= found.value <= found.high <= 1


def test_p_is_that_of_the_pooled_z_test():
    assert newcombe(56, 70, 48, 80).p == pytest.approx(proportions_ztest([56, 48], [70, 80])[1])


def test_equal_shares_without_spread_are_no_evidence():
    assert newcombe(0, 20, 0, 30).p == 1
    assert newcombe(20, 20, 30, 30).p == 1


def test_no_answers_give_nan_with_a_base_of_zero():
    found = wilson(0, 0)
    assert np.isnan([found.value, found.low, found.high]).all()
    assert found.n == 0
    difference = newcombe(1, 2, 0, 0)
    assert np.isnan([difference.value, difference.low, difference.high, difference.p]).all()


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (1, -5), (6, 5)])
def test_impossible_counts_are_refused(successes, n):
    with pytest.raises(ValueError, match="negative|more successes"):
        wilson(successes, n)
    with pytest.raises(ValueError, match="negative|more successes"):
        newcombe(successes, n, 1, 2)


def test_a_frame_gives_each_row_its_interval():
    shares = pd.DataFrame({"successes": [81, 0, 0], "n": [263, 20, 0]}, index=["a", "b", "c"])
    found = wilson_frame(shares)
    for name, row in shares.iterrows():
        single = wilson(*row)
        expected = [single.value, single.low, single.high, single.n]
        np.testing.assert_array_equal(found.loc[name].to_numpy(dtype=float), expected)


def test_a_frame_of_differences_follows_the_index_of_now():
    now = pd.DataFrame({"successes": [56, 1], "n": [70, 2]}, index=["App", "Filiale"])
    before = pd.DataFrame({"successes": [48], "n": [80]}, index=["App"])
    found, single = newcombe_frame(now, before), newcombe(56, 70, 48, 80)
    assert found.loc["App"].tolist() == [single.value, single.low, single.high, single.p]
    assert found.loc["Filiale"].isna().all()


def test_empty_frames_give_empty_frames():
    nothing = pd.DataFrame({"successes": [], "n": []})
    assert wilson_frame(nothing).empty
    assert newcombe_frame(nothing, nothing).empty
