"""Comparing fairly: the example of 1995, kidney stones, and a change that re-adds."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.stats.comparison import benjamini_hochberg, mix_and_level, simpson

EXAMPLE = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def naive_benjamini_hochberg(p_values, rate):
    ordered = sorted(p_values)
    passed = [p for place, p in enumerate(ordered, start=1) if p <= place / len(ordered) * rate]
    return [bool(passed) and p <= max(passed) for p in p_values]


def test_the_example_of_1995_rejects_four_where_bonferroni_rejects_three():
    assert benjamini_hochberg(EXAMPLE).tolist() == [True] * 4 + [False] * 11
    assert sum(p <= 0.05 / 15 for p in EXAMPLE) == 3


@given(P_VALUES, st.floats(0.001, 0.5))
def test_benjamini_hochberg_agrees_with_a_naive_reading(p_values, rate):
    assert benjamini_hochberg(p_values, rate).tolist() == naive_benjamini_hochberg(p_values, rate)


@given(P_VALUES, st.floats(0.001, 0.5))
def test_a_smaller_p_and_a_larger_rate_never_reject_less(p_values, rate):
    rejected = benjamini_hochberg(p_values, rate)
    if rejected.any():
        assert rejected[np.array(p_values) <= np.array(p_values)[rejected].max()].all()
    assert (rejected <= benjamini_hochberg(p_values, 2 * rate)).all()


def test_a_missing_p_is_never_rejected_and_never_counted():
    with_missing = benjamini_hochberg([np.nan, *EXAMPLE, np.nan])
    assert with_missing.tolist() == [False, *benjamini_hochberg(EXAMPLE), False]
    assert benjamini_hochberg([np.nan]).tolist() == [False]
    assert benjamini_hochberg([]).tolist() == []


def test_a_p_outside_zero_to_one_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.5, 1.5])


def channels(**parts):
    return pd.DataFrame(parts, index=["n", "value"]).T


def test_a_channel_that_never_answers_takes_no_part():
    silent = channels(app=(60, 30), shop=(0, np.nan))
    found = mix_and_level(silent, channels(app=(30, 20), shop=(0, np.nan)))
    assert found.parts.loc["shop"].tolist() == [0, 0]
    assert (found.mix, found.level, found.change) == pytest.approx((0, 10, 10))


def test_the_same_channels_with_other_scores_are_all_level():
    found = mix_and_level(channels(app=(60, 30), shop=(40, 50)), channels(app=(30, 20), shop=(20, 40)))
    assert (found.mix, found.level, found.change) == pytest.approx((0, 10, 10))


def test_other_shares_of_the_same_scores_are_all_mix():
    found = mix_and_level(channels(app=(80, 20), shop=(20, 40)), channels(app=(50, 20), shop=(50, 40)))
    assert (found.mix, found.level, found.change) == pytest.approx((-6, 0, -6))
    assert (found.parts["mix"] < 0).all()  # the weak channel grows, the strong one shrinks


def test_a_new_channel_is_mix():
    found = mix_and_level(channels(app=(50, 20), chat=(50, 40)), channels(app=(50, 20)))
    assert (found.mix, found.level, found.change) == pytest.approx((10, 0, 10))


CHANNEL = st.tuples(st.integers(0, 1000), st.floats(-100, 100))
PERIOD = st.dictionaries(st.sampled_from("abcdef"), CHANNEL, min_size=1).filter(
    lambda period: any(n for n, _ in period.values())
)


@given(PERIOD, PERIOD)
def test_mix_and_level_re_add_to_the_change(now, before):
    found = mix_and_level(channels(**now), channels(**before))
    means = [sum(n * value for n, value in p.values()) / sum(n for n, _ in p.values()) for p in (now, before)]
    assert found.change == pytest.approx(means[0] - means[1], abs=1e-9)
    assert found.mix + found.level == pytest.approx(found.change, abs=1e-9)
    assert found.parts.sum().tolist() == pytest.approx([found.mix, found.level])


@given(PERIOD, PERIOD)
def test_the_mix_is_kitagawas_sum_of_share_change_times_mean_value(now, before):
    def share(period, name):
        return period.get(name, (0, 0))[0] / sum(n for n, _ in period.values())

    both = [name for name in "abcdef" if share(now, name) and share(before, name)]
    if {name for name in "abcdef" if share(now, name) or share(before, name)} != set(both):
        return
    mix = sum((share(now, name) - share(before, name)) * (now[name][1] + before[name][1]) / 2 for name in both)
    level = sum((share(now, name) + share(before, name)) / 2 * (now[name][1] - before[name][1]) for name in both)
    found = mix_and_level(channels(**now), channels(**before))
    assert (found.mix, found.level) == pytest.approx((mix, level), abs=1e-9)


def test_a_period_without_answers_gives_nan():
    for nothing in (channels(app=(0, np.nan)), channels(app=(1, 1)).head(0)):
        found = mix_and_level(channels(app=(10, 20)), nothing)
        assert np.isnan([found.mix, found.level, found.change]).all()
        assert not simpson(channels(app=(10, 20)), nothing)


def test_negative_counts_and_missing_columns_are_refused():
    with pytest.raises(ValueError, match="negative"):
        mix_and_level(channels(app=(-1, 20)), channels(app=(10, 20)))
    with pytest.raises(ValueError, match="value"):
        mix_and_level(channels(app=(1, 20))[["n"]], channels(app=(10, 20)))


def test_kidney_stones_are_better_in_both_groups_and_worse_pooled():
    open_surgery = channels(small=(87, 81 / 87), large=(263, 192 / 263))
    puncture = channels(small=(270, 234 / 270), large=(80, 55 / 80))
    found = mix_and_level(open_surgery, puncture)
    assert found.change == pytest.approx(273 / 350 - 289 / 350)
    assert (found.parts["level"] > 0).all()
    assert simpson(open_surgery, puncture)


def test_a_change_in_step_with_its_channels_needs_no_guard():
    assert not simpson(channels(app=(60, 30), shop=(40, 50)), channels(app=(60, 20), shop=(40, 40)))
    assert not simpson(channels(app=(60, 0.3)), channels(app=(10, 0.1)))
    assert not simpson(channels(app=(60, 30)), channels(app=(60, 30)))


def test_a_pooled_change_out_of_mix_alone_needs_the_guard():
    assert simpson(channels(app=(80, 20), shop=(20, 40)), channels(app=(50, 20), shop=(50, 40)))
