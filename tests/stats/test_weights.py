"""Raking and weighted numbers: against the single answers, against statsmodels, and by their margins."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from cx.stats import weights
from cx.stats.means import mean_interval
from cx.stats.nps import nps_interval
from cx.stats.shares import wilson

CELLS = pd.DataFrame(
    {
        "channel": ["App", "App", "Telefon", "Telefon", None],
        "location": ["Nord", "Süd", "Nord", "Süd", "Nord"],
        "n": [10, 20, 30, 40, 5],
    },
    index=list("abcde"),
)
CHANNELS = {"App": 0.5, "Telefon": 0.5}
LOCATIONS = {"Nord": 0.6, "Süd": 0.4}


def margin(cells, found, dimension):
    return (cells["n"] * found).groupby(cells[dimension]).sum()


def test_one_dimension_is_known_share_over_share_in_the_sample():
    found = weights.rake(CELLS.iloc[:4], {"channel": CHANNELS})
    np.testing.assert_allclose(found, [0.5 / 0.3, 0.5 / 0.3, 0.5 / 0.7, 0.5 / 0.7])


def test_raked_cells_have_the_known_shares_and_mean_one():
    cells = CELLS.iloc[:4]
    found = weights.rake(cells, {"channel": CHANNELS, "location": LOCATIONS})
    assert list(found.index) == list(cells.index)
    assert (cells["n"] * found).sum() == pytest.approx(100)
    assert margin(cells, found, "channel").to_dict() == pytest.approx({"App": 50, "Telefon": 50})
    assert margin(cells, found, "location").to_dict() == pytest.approx({"Nord": 60, "Süd": 40})


def test_cells_without_a_value_keep_their_share():
    found = weights.rake(CELLS, {"channel": CHANNELS})
    assert found["e"] == pytest.approx(1)
    assert margin(CELLS, found, "channel").to_dict() == pytest.approx({"App": 50, "Telefon": 50})


def test_a_dimension_that_only_one_channel_has_contradicts_no_share_of_channels():
    cells = pd.DataFrame(
        {"channel": ["App", "Filiale", "Filiale"], "location": [None, "Hafen", "Altstadt"], "n": [80, 5, 15]}
    )
    found = weights.rake(cells, {"channel": {"App": 0.5, "Filiale": 0.5}, "location": {"Hafen": 0.6, "Altstadt": 0.4}})
    np.testing.assert_allclose(cells["n"] * found, [50, 30, 20])


TABLES = st.tuples(st.integers(2, 4), st.integers(2, 4), st.integers(0, 2**32 - 1))


@settings(deadline=None)
@given(TABLES)
def test_raking_meets_all_margins_and_keeps_the_odds_ratios_of_the_sample(drawn):
    rows, columns, seed = drawn
    chance = np.random.default_rng(seed)
    table = chance.integers(1, 60, size=(rows, columns))
    goals = [chance.dirichlet(np.full(size, 3.0)) for size in table.shape]
    cells = pd.DataFrame(
        [(row, column, table[row, column]) for row in range(rows) for column in range(columns)],
        columns=["row", "column", "n"],
    )
    targets = {name: dict(enumerate(goal)) for name, goal in zip(("row", "column"), goals, strict=True)}
    found = weights.rake(cells, targets)
    raked = (cells["n"] * found).to_numpy().reshape(rows, columns) / table.sum()
    np.testing.assert_allclose(raked.sum(axis=1), goals[0], atol=1e-7)
    np.testing.assert_allclose(raked.sum(axis=0), goals[1], atol=1e-7)
    np.testing.assert_allclose(
        raked[0, 0] * raked[1, 1] / raked[0, 1] / raked[1, 0],
        table[0, 0] * table[1, 1] / table[0, 1] / table[1, 0],
        rtol=1e-6,
    )


def test_the_order_of_dimensions_does_not_matter():
    cells = CELLS.iloc[:4]
    forward = weights.rake(cells, {"channel": CHANNELS, "location": LOCATIONS})
    backward = weights.rake(cells, {"location": LOCATIONS, "channel": CHANNELS})
    np.testing.assert_allclose(forward, backward, rtol=1e-7)


def test_shares_rounded_to_a_tenth_of_a_percent_will_do():
    cells = pd.DataFrame({"channel": ["a", "b", "c"], "n": [10, 20, 30]})
    found = weights.rake(cells, {"channel": dict.fromkeys("abc", 0.333)})
    np.testing.assert_allclose(found * cells["n"], [20, 20, 20])


def test_a_share_of_zero_gives_weight_zero_and_no_targets_weight_one():
    assert weights.rake(CELLS.iloc[:4], {"channel": {"App": 1, "Telefon": 0}}).tolist() == pytest.approx(
        [100 / 30, 100 / 30, 0, 0]
    )
    assert weights.rake(CELLS, {}).tolist() == [1.0] * 5


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ({"channel": {"App": 0.5, "Telefon": 0.4}}, "sum to 1"),
        ({"channel": {"App": 0.5, "Telefon": 0.502}}, "sum to 1"),
        ({"channel": {"App": 1.2, "Telefon": -0.2}}, "negative"),
        ({"channel": {"App": np.nan, "Telefon": 1}}, "negative"),
        ({"channel": {"App": 1.0}}, "no share is given for channel: Telefon"),
        ({"channel": {"App": 0.4, "Telefon": 0.4, "Chat": 0.2}}, "no answers have channel: Chat"),
        ({"product": {"x": 1.0}}, "columns missing: product"),
    ],
)
def test_impossible_targets_are_refused_with_the_reason(targets, said):
    with pytest.raises(ValueError, match=said):
        weights.rake(CELLS, targets)


def test_shares_that_were_rounded_are_taken_for_the_parts_of_their_sum():
    rounded = weights.rake(CELLS, {"channel": {"App": 0.5, "Telefon": 0.501}})
    exact = weights.rake(CELLS, {"channel": {"App": 0.5 / 1.001, "Telefon": 0.501 / 1.001}})
    np.testing.assert_allclose(rounded, exact)


def test_targets_that_no_weights_meet_are_refused():
    # All of the app is Nord: Nord cannot be fewer than the app.
    cells = pd.DataFrame({"channel": ["App", "Telefon", "Telefon"], "location": ["Nord", "Nord", "Süd"], "n": 10})
    with pytest.raises(ValueError, match="no weights meet"):
        weights.rake(cells, {"channel": {"App": 0.7, "Telefon": 0.3}, "location": {"Nord": 0.5, "Süd": 0.5}})
    with pytest.raises(ValueError, match="no weights meet"):
        weights.rake(cells, {"channel": {"App": 1, "Telefon": 0}, "location": {"Nord": 0.5, "Süd": 0.5}})


def test_equal_weights_are_worth_their_number():
    assert weights.kish([3.0] * 7) == pytest.approx(7)
    assert weights.kish([2.0, np.nan, 2.0]) == pytest.approx(2)
    assert weights.kish([]) == 0


def test_counted_weights_are_worth_what_the_single_ones_are():
    assert weights.kish([1, 2, 5], [4, 3, 1]) == pytest.approx(weights.kish([1] * 4 + [2] * 3 + [5]))


def test_negative_weights_are_refused():
    with pytest.raises(ValueError, match="negative"):
        weights.kish([1, -1])
    with pytest.raises(ValueError, match="negative"):
        weights.mean(pd.DataFrame({"n": [1], "total": [1], "squares": [1]}), [-1])


@settings(deadline=None)
@given(st.lists(st.integers(1, 40), min_size=6, max_size=6), st.floats(0.1, 9))
def test_equal_weights_change_nothing(drawn, weight):
    groups = pd.DataFrame(np.reshape(drawn, (2, 3)), columns=["promoters", "passives", "detractors"])
    plain, found = nps_interval(*groups.sum()), weights.nps(groups, [weight, weight])
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high))
    assert (found.n, found.effective_n, found.design_effect) == (plain.n, pytest.approx(plain.n), pytest.approx(1))
    shares = pd.DataFrame({"successes": groups["promoters"], "n": groups.sum(axis=1)})
    plain, found = wilson(*shares.sum()), weights.share(shares, [weight, weight])
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high))
    sums = sums_of(groups)
    plain = mean_interval(*sums.sum()[["total", "squares", "n"]])
    found = weights.mean(sums, [weight, weight])
    assert (found.value, found.low, found.high) == pytest.approx((plain.value, plain.low, plain.high))


def sums_of(groups):
    values = np.array([1, 0, -1])
    return pd.DataFrame({"n": groups.sum(axis=1), "total": groups @ values, "squares": groups @ values**2})


ANSWERS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 5)), min_size=5, max_size=60)


@settings(deadline=None)
@given(ANSWERS.filter(lambda drawn: len({stars for _cell, stars in drawn}) > 1))
def test_the_mean_is_that_of_the_single_answers_with_the_linearised_error(drawn):
    rows = pd.DataFrame(drawn, columns=["cell", "stars"])
    weight = np.array([0.4, 1.0, 2.5])
    sums = rows.groupby("cell")["stars"].agg(n="size", total="sum", squares=lambda stars: (stars**2).sum())
    found = weights.mean(sums, weight[sums.index])
    w = weight[rows["cell"]]
    mean = (w * rows["stars"]).sum() / w.sum()
    n, effective = len(rows), w.sum() ** 2 / (w**2).sum()
    error = np.sqrt(n / (n - 1) * ((w * (rows["stars"] - mean)) ** 2).sum()) / w.sum()
    assert found.value == pytest.approx(mean)
    assert found.value == pytest.approx(DescrStatsW(rows["stars"], weights=w).mean)
    assert (found.n, found.effective_n) == (n, pytest.approx(effective))
    assert found.high - found.value == pytest.approx(error * stats.t.isf(0.025, effective - 1), abs=1e-6)


def test_equal_answers_are_no_certainty_with_weights_either():
    sums = pd.DataFrame({"n": [20, 20], "total": [100, 100], "squares": [500, 500]})
    found, plain = weights.mean(sums, [0.5, 1.5], (1, 5)), mean_interval(160, 800, 32, (1, 5))
    assert found.effective_n == pytest.approx(32)
    assert (found.value, found.low, found.high) == pytest.approx((5, plain.low, 5))
    assert plain.low < 4.6


def test_the_nps_and_the_share_are_those_of_the_weighted_answers():
    groups = pd.DataFrame({"promoters": [30, 5], "passives": [10, 5], "detractors": [10, 40]})
    found = weights.nps(groups, [0.5, 1.5])
    assert found.value == pytest.approx(100 * (0.5 * 20 - 1.5 * 35) / (0.5 * 50 + 1.5 * 50))
    assert (found.n, found.effective_n) == (100, pytest.approx(80))
    assert found.design_effect == pytest.approx(1.25)
    share = weights.share(pd.DataFrame({"successes": [30, 5], "n": [50, 50]}), [0.5, 1.5])
    expected = wilson(0.225 * 80, 80)
    assert (share.value, share.low, share.high) == pytest.approx((0.225, expected.low, expected.high))


def test_all_or_none_stay_within_their_bounds():
    for successes, value in ((0, 0), (7, 1)):
        found = weights.share(pd.DataFrame({"successes": [successes] * 3, "n": [7] * 3}), [0.1, 0.3, 0.7])
        assert found.value == pytest.approx(value)
        assert 0 <= found.low <= found.high <= 1


def test_no_answers_give_nan_with_a_base_of_zero():
    groups = pd.DataFrame({"promoters": [0], "passives": [0], "detractors": [0]})
    nothing = pd.DataFrame({"n": [0], "total": [0], "squares": [0], "successes": [0]})
    for found in (weights.nps(groups, [1]), weights.share(nothing, [1]), weights.mean(nothing, [1])):
        assert np.isnan([found.value, found.low, found.high, found.design_effect]).all()
        assert (found.n, found.effective_n) == (0, 0)


def test_one_answer_has_a_value_but_no_interval():
    found = weights.mean(pd.DataFrame({"n": [1], "total": [4], "squares": [16]}), [2])
    assert found.value == 4
    assert np.isnan([found.low, found.high]).all()


def test_as_many_weights_as_cells_are_needed():
    with pytest.raises(ValueError, match="one weight per cell"):
        weights.mean(pd.DataFrame({"n": [1], "total": [4], "squares": [16]}), [2, 3])
