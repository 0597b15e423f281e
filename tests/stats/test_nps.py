"""NPS: a naive second reading and what must always hold; published numbers: tests/analysis/test_worked.py."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.stats.nps import nps, nps_difference, nps_difference_frame, nps_frame, nps_interval, wald, wald_frame

COUNTS = st.integers(0, 5_000)
GROUPS = ["promoters", "passives", "detractors"]


def naive_nps(scores):
    points = [100 if score >= 9 else -100 if score <= 6 else 0 for score in scores if score is not None]
    return sum(points) / len(points)


def test_nps_counts_promoters_from_nine_and_detractors_to_six():
    assert nps(pd.Series([10, 9, 8, 7, 6, 0])) == 0
    assert nps(pd.Series([9, 9, 9, 6])) == 50


@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1).filter(lambda s: any(v is not None for v in s)))
def test_nps_agrees_with_a_naive_count_and_leaves_missing_out(scores):
    assert nps(pd.Series(scores, dtype="Int64")) == pytest.approx(naive_nps(scores))
    assert nps(pd.Series(scores, dtype=float)) == pytest.approx(naive_nps(scores))


def test_nps_of_nothing_is_nan():
    assert math.isnan(nps(pd.Series([], dtype=float)))
    assert math.isnan(nps(pd.Series([np.nan, np.nan])))


@given(COUNTS, COUNTS, COUNTS)
def test_the_base_is_the_number_of_answers(promoters, passives, detractors):
    assert nps_interval(promoters, passives, detractors).n == promoters + passives + detractors


def test_the_interval_is_clipped_at_one_hundred_points():
    # Unclipped, 5 promoters reach to 107.5.
    assert nps_interval(5, 0, 0).high == 100
    assert nps_interval(0, 0, 5).low == -100


@given(COUNTS, COUNTS, COUNTS)
def test_the_textbook_interval_is_the_plain_one_as_its_definition_says(promoters, passives, detractors):
    n = promoters + passives + detractors
    found = wald(promoters, passives, detractors)
    if n:
        points = np.repeat([100, 0, -100], [promoters, passives, detractors])
        reach = 1.959964 * points.std() / math.sqrt(n)
        assert (found.low, found.high) == pytest.approx((points.mean() - reach, points.mean() + reach), abs=1e-4)
    else:
        assert np.isnan([found.value, found.low, found.high]).all()


def test_the_adjusted_interval_is_the_textbook_one_of_three_answers_more():
    found, textbook = nps_interval(50, 30, 20), wald(50.75, 31.5, 20.75)
    assert (found.low, found.high) == pytest.approx((textbook.low, textbook.high))
    table = pd.DataFrame([[50.75, 31.5, 20.75], [0, 0, 0]], columns=GROUPS)
    assert wald_frame(table)["low"].tolist() == pytest.approx([textbook.low, np.nan], nan_ok=True)


@given(COUNTS, COUNTS, COUNTS)
def test_the_interval_contains_the_value_from_two_answers_on(promoters, passives, detractors):
    found = nps_interval(promoters, passives, detractors)
    if found.n >= 2:
        assert -100 <= found.low <= found.value <= found.high <= 100


@given(COUNTS, COUNTS, COUNTS)
def test_promoters_and_detractors_are_mirror_images(promoters, passives, detractors):
    found, mirrored = nps_interval(promoters, passives, detractors), nps_interval(detractors, passives, promoters)
    if found.n:
        assert (found.value, found.low) == pytest.approx((-mirrored.value, -mirrored.high))


def test_no_answers_give_nan_with_a_base_of_zero():
    found = nps_interval(0, 0, 0)
    assert np.isnan([found.value, found.low, found.high]).all()
    assert found.n == 0


def test_missing_counts_are_no_answers():
    assert nps_frame(pd.DataFrame([[np.nan, 1, 1]], columns=GROUPS)).loc[0, "n"] == 0


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        nps_interval(-1, 2, 3)
    with pytest.raises(ValueError, match="negative"):
        nps_frame(pd.DataFrame([[1, 2, -3]], columns=GROUPS))


def test_a_missing_column_is_refused():
    with pytest.raises(ValueError, match="detractors"):
        nps_frame(pd.DataFrame({"promoters": [1], "passives": [1]}))


def test_a_frame_gives_each_row_its_interval():
    counts = pd.DataFrame([[50, 30, 20], [0, 0, 0], [5, 0, 0]], columns=GROUPS, index=["Mai", "Juni", "Juli"])
    found = nps_frame(counts)
    assert list(found.columns) == ["value", "low", "high", "n"]
    for month, row in counts.iterrows():
        single = nps_interval(*row)
        expected = [single.value, single.low, single.high, single.n]
        np.testing.assert_array_equal(found.loc[month].to_numpy(dtype=float), expected)


def test_an_empty_frame_gives_an_empty_frame():
    assert nps_frame(pd.DataFrame(columns=GROUPS)).empty


def test_the_difference_is_z_on_adjusted_values():
    # By hand: 50.75, 31.5, 20.75 of 103 against 30.75, 31.5, 40.75 of 103.
    found = nps_difference((50, 30, 20), (30, 30, 40))
    now, before = 30 / 103, -10 / 103
    error = math.sqrt((71.5 / 103 - now**2) / 103 + (71.5 / 103 - before**2) / 103)
    assert found.value == pytest.approx(40)
    assert found.low == pytest.approx(100 * (now - before - 1.959964 * error), abs=1e-4)
    assert found.high == pytest.approx(100 * (now - before + 1.959964 * error), abs=1e-4)
    assert found.p == pytest.approx(math.erfc((now - before) / error / math.sqrt(2)))


@given(st.tuples(COUNTS, COUNTS, COUNTS), st.tuples(COUNTS, COUNTS, COUNTS))
def test_turning_a_difference_round_turns_its_sign(now, before):
    found, turned = nps_difference(now, before), nps_difference(before, now)
    if sum(now) and sum(before):
        assert (found.value, found.low, found.p) == pytest.approx((-turned.value, -turned.high, turned.p))
        assert (found.low > 0 or found.high < 0) == (found.p < 0.05)


def test_a_difference_to_nothing_is_nan():
    found = nps_difference((1, 2, 3), (0, 0, 0))
    assert np.isnan([found.value, found.low, found.high, found.p]).all()


def test_a_frame_of_differences_follows_the_index_of_now():
    now = pd.DataFrame([[50, 30, 20], [10, 10, 10]], columns=GROUPS, index=["App", "Filiale"])
    before = pd.DataFrame([[1, 1, 1], [30, 30, 40]], columns=GROUPS, index=["Telefon", "App"])
    found = nps_difference_frame(now, before)
    single = nps_difference((50, 30, 20), (30, 30, 40))
    assert found.loc["App"].tolist() == [single.value, single.low, single.high, single.p]
    assert found.loc["Filiale"].isna().all()
    assert list(found.index) == ["App", "Filiale"]
