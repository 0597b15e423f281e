"""Log-odds with a prior, beside a naive second implementation, and how often chance alone is marked."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.stats.wording import PRIOR_FEEDBACKS, collocated, log_odds


def words_of(*rows: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame([(f"wort{i}", *row) for i, row in enumerate(rows)], columns=["word", "n_a", "n_b"])


def naive(n_a: int, n_b: int, feedbacks_a: int, feedbacks_b: int, prior_feedbacks: float) -> tuple[float, float]:
    """Value and standard error of one word, equation by equation."""
    alpha = prior_feedbacks * (n_a + n_b) / (feedbacks_a + feedbacks_b)
    odds_a = (n_a + alpha) / (feedbacks_a + prior_feedbacks - n_a - alpha)
    odds_b = (n_b + alpha) / (feedbacks_b + prior_feedbacks - n_b - alpha)
    cells = [
        n_a + alpha,
        feedbacks_a - n_a + prior_feedbacks - alpha,
        n_b + alpha,
        feedbacks_b - n_b + prior_feedbacks - alpha,
    ]
    return math.log(odds_a) - math.log(odds_b), math.sqrt(sum(1 / cell for cell in cells))


def test_by_hand():
    # 30 of 200 against 10 of 300, prior of 100 feedbacks: 8 contain it. 38/262 against 18/382 is an odds ratio of 3.0780.
    row = log_odds(words_of((30, 10)), 200, 300, prior_feedbacks=100).iloc[0]
    assert math.exp(row["log_odds"]) == pytest.approx(38 / 262 * 382 / 18)
    error = math.sqrt(1 / 38 + 1 / 262 + 1 / 18 + 1 / 382)
    assert (row["low"], row["high"]) == pytest.approx(
        (row["log_odds"] - 1.959964 * error, row["log_odds"] + 1.959964 * error), abs=1e-6
    )
    assert row["z"] == pytest.approx(3.7834, abs=1e-4)
    assert row["real"]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), min_size=1, max_size=20),
    st.integers(41, 400),
    st.integers(61, 400),
    st.floats(0.5, 500),
)
def test_agrees_with_the_naive_one(rows, feedbacks_a, feedbacks_b, prior):
    found = log_odds(words_of(*rows), feedbacks_a, feedbacks_b, prior)
    for (n_a, n_b), row in zip(rows, found.itertuples(), strict=True):
        if n_a + n_b == 0:
            assert math.isnan(row.log_odds) and not row.real
            continue
        value, error = naive(n_a, n_b, feedbacks_a, feedbacks_b, prior)
        assert row.log_odds == pytest.approx(value)
        assert row.high - row.log_odds == pytest.approx(1.959964 * error, rel=1e-6)
        assert row.p == pytest.approx(math.erfc(abs(value / error) / math.sqrt(2)), abs=1e-12)


@given(st.integers(0, 50), st.integers(0, 50))
def test_changing_sides_changes_the_sign(n_a, n_b):
    there = log_odds(words_of((n_a, n_b)), 90, 70).iloc[0]
    back = log_odds(words_of((n_b, n_a)), 70, 90).iloc[0]
    assert there["log_odds"] == pytest.approx(-back["log_odds"], nan_ok=True)
    assert there["low"] == pytest.approx(-back["high"], nan_ok=True)


def test_the_prior_draws_rare_words_to_the_middle():
    rare, frequent = log_odds(words_of((2, 0), (200, 50)), 1000, 1000).itertuples()
    assert rare.log_odds == pytest.approx(math.log(2.1 / 0.1), rel=0.01)  # without a prior it is infinite
    assert log_odds(words_of((2, 0)), 1000, 1000, prior_feedbacks=1000)["log_odds"].item() < rare.log_odds / 2
    assert not rare.real and frequent.real
    assert frequent.log_odds == pytest.approx(math.log(200 / 800 * 950 / 50), rel=0.2)


def test_keeps_index_and_order_and_leaves_the_frame_alone():
    words = words_of((5, 1), (1, 5)).set_axis([7, 3])
    before = words.copy()
    found = log_odds(words, 50, 50)
    assert list(found.index) == [7, 3]
    assert list(found.columns) == ["word", "log_odds", "low", "high", "z", "p", "n_a", "n_b", "real"]
    pd.testing.assert_frame_equal(words, before)


def test_a_word_of_one_customer_has_a_number():
    assert log_odds(words_of((1, 0), (0, 1)), 50, 50)["log_odds"].notna().all()


def test_nothing_to_compare():
    assert log_odds(words_of((0, 5)), 0, 50)["log_odds"].isna().all()
    assert log_odds(words_of((50, 50)), 50, 50)["p"].isna().all()  # all use it
    assert log_odds(words_of(), 10, 10).empty


def test_impossible_counts():
    with pytest.raises(ValueError):
        log_odds(words_of((11, 0)), 10, 10)
    with pytest.raises(ValueError):
        log_odds(words_of((-1, 0)), 10, 10)
    with pytest.raises(ValueError):
        log_odds(words_of((1, 0)), 10, 10, prior_feedbacks=0)


def test_chance_alone_is_marked_in_at_most_one_page_of_twenty():
    generator = np.random.default_rng(1)
    shares = 0.4 / np.arange(1, 401) ** 0.8  # words as frequent as in a language
    marked = 0
    for _ in range(400):
        n_a, n_b = generator.binomial(300, shares), generator.binomial(1500, shares)
        words = pd.DataFrame({"word": np.arange(400), "n_a": n_a, "n_b": n_b})
        marked += log_odds(words[n_a + n_b >= 10], 300, 1500, PRIOR_FEEDBACKS)["real"].any()
    assert marked <= 30  # 20 expected at most, and so many by chance


def test_pairs_that_stand_together_more_often_than_chance():
    # Independent words of 100 and 50 among 1,000 share 5 feedbacks.
    found = collocated([5, 7, 30, 50], [100] * 4, [50] * 4, 1000)
    assert found.tolist() == [False, False, True, True]
    assert not collocated([], [], [], 0).size


def test_clearly_more_often_begins_at_half_as_often_again():
    assert collocated([150, 149], [1000] * 2, [1000] * 2, 10_000).tolist() == [True, False]  # 100 expected
    assert not collocated([45], [300], [300], 3000).any()  # half as often again, and within chance


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), st.integers(1, 500))
def test_collocation_agrees_with_a_naive_log_likelihood_ratio(pair, more_first, more_second, others):
    first, second, n = pair + more_first, pair + more_second, pair + more_first + more_second + others
    table = [(pair, first, second), (more_first, first, n - second), (more_second, n - first, second)]
    table.append((others, n - first, n - second))
    ratio = sum(2 * o * math.log(o * n / (row * column)) for o, row, column in table if o)
    expected = pair >= 1.5 * first * second / n and ratio > 10.8276
    if abs(ratio - 10.8276) > 1e-3 and abs(pair - 1.5 * first * second / n) > 1e-9:
        assert collocated([pair], [first], [second], n).tolist() == [expected]
