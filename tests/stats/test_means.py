"""Means from sums and sums of squares: the same as from the values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cx.stats.means import cautious_difference_arrays, mean_difference, mean_difference_frame, mean_frame, mean_interval

SUMS = ["n", "total", "squares"]
STARS = st.lists(st.integers(1, 5), min_size=2, max_size=60)


def sums(values):
    values = np.asarray(values, dtype=float)
    return len(values), values.sum(), (values**2).sum()


@given(STARS.filter(lambda values: len(set(values)) > 1))
def test_the_interval_is_students_on_the_values(values):
    n, total, squares = sums(values)
    found = mean_interval(total, squares, n)
    reach = stats.t.ppf(0.975, n - 1) * np.std(values, ddof=1) / np.sqrt(n)
    assert found.value == pytest.approx(np.mean(values))
    assert (found.low, found.high) == pytest.approx((found.value - reach, found.value + reach), abs=1e-6)
    assert found.low <= found.value <= found.high


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy's, for equal values
@given(STARS, STARS)
def test_the_difference_is_welchs_on_the_values(now, before):
    found = mean_difference(now=sums(now), before=sums(before))
    assert found.value == pytest.approx(np.mean(now) - np.mean(before))
    if len(set(now)) + len(set(before)) > 2:
        welch = stats.ttest_ind(now, before, equal_var=False)
        assert found.p == pytest.approx(welch.pvalue, abs=1e-9)
        assert (found.low, found.high) == pytest.approx(tuple(welch.confidence_interval(0.95)), abs=1e-6)


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy's, for equal values
@settings(max_examples=50, deadline=None)
@given(STARS, STARS)
def test_the_cautious_p_is_the_larger_one_of_welch_and_student(now, before):
    *_apart, found = cautious_difference_arrays(sums(now), sums(before))
    if len(set(now)) + len(set(before)) > 2:
        both = [stats.ttest_ind(now, before, equal_var=equal).pvalue for equal in (True, False)]
        assert found == pytest.approx(max(both), abs=1e-9)
    else:
        assert np.isnan(found)


@given(st.integers(2, 400), st.integers(1, 5))
def test_equal_answers_are_no_certainty(n, star):
    found = mean_interval(n * star, n * star**2, n, (1, 5))
    other = (
        stats.binomtest(0, n).proportion_ci(0.95, method="exact").high
    )  # the most others that n equal ones leave open
    assert found.value == star
    assert (found.low, found.high) == pytest.approx((star - other * (star - 1), star + other * (5 - star)))


def test_the_interval_of_equal_answers_holds_a_mean_that_would_hardly_ever_give_them():
    # 34 times 0.64 of -1 … 1: were one in ten not 0.64 but -1, 34 equal answers came in 2.8 % of samples
    found = mean_interval(34 * 0.64, 34 * 0.64**2, 34, (-1, 1))
    assert found.low < 0.9 * 0.64 + 0.1 * -1 < found.value
    assert found.low == pytest.approx(0.47, abs=0.005)
    assert found.high == pytest.approx(0.68, abs=0.005)


def test_equal_answers_on_a_scale_without_known_ends_have_no_interval():
    found = mean_interval(34 * 0.64, 34 * 0.64**2, 34)
    assert found.value == pytest.approx(0.64)
    assert np.isnan([found.low, found.high]).all()


def test_no_interval_reaches_beyond_its_scale():
    n, total, squares = sums([5] * 11 + [2])
    assert mean_interval(total, squares, n).high > 5
    assert mean_interval(total, squares, n, (1, 5)).high == 5


def test_without_spread_on_both_sides_there_is_no_test():
    for now, before in (([5, 5, 5], [4, 4, 4]), ([0.1] * 3, [0.3] * 7)):
        found = mean_difference(sums(now), sums(before))
        assert found.value == pytest.approx(now[0] - before[0])
        assert np.isnan([found.low, found.high, found.p]).all()


def test_no_answers_give_nan_with_a_base_of_zero():
    found = mean_interval(0, 0, 0)
    assert np.isnan([found.value, found.low, found.high]).all()
    assert found.n == 0
    assert np.isnan(mean_difference((0, 0, 0), (5, 10, 30)).value)


def test_one_answer_has_a_value_but_no_interval():
    found = mean_interval(4, 16, 1)
    assert (found.value, found.n) == (4, 1)
    assert np.isnan([found.low, found.high]).all()


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        mean_interval(4, 16, -1)
    with pytest.raises(ValueError, match="negative"):
        mean_difference((1, 4, -16), (1, 4, 16))


def test_a_frame_gives_each_row_its_interval():
    table = pd.DataFrame([sums([1, 2, 5]), (0, 0, 0), sums([3])], columns=SUMS, index=["a", "b", "c"])
    found = mean_frame(table)
    for name, (n, total, squares) in table.iterrows():
        single = mean_interval(total, squares, n)
        expected = [single.value, single.low, single.high, single.n]
        np.testing.assert_array_equal(found.loc[name].to_numpy(dtype=float), expected)


def test_a_frame_of_differences_follows_the_index_of_now():
    now = pd.DataFrame([sums([1, 2, 5]), sums([3, 4])], columns=SUMS, index=["App", "Filiale"])
    before = pd.DataFrame([sums([2, 2, 4])], columns=SUMS, index=["App"])
    found, single = mean_difference_frame(now, before), mean_difference(sums([1, 2, 5]), sums([2, 2, 4]))
    assert found.loc["App"].tolist() == [single.value, single.low, single.high, single.p]
    assert found.loc["Filiale"].isna().all()


def test_empty_frames_give_empty_frames():
    nothing = pd.DataFrame(columns=SUMS)
    assert mean_frame(nothing).empty
    assert mean_difference_frame(nothing, nothing).empty
