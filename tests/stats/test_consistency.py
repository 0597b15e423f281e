"""Consistency across channels: the BCG trials, as every package for meta-analysis reports them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from cx.stats.consistency import between_channels

# Colditz et al. 1994: tuberculosis and none, vaccinated and not.
BCG = np.array(
    [
        *((4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761)),
        *((180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232)),
        *((17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825)),
    ],
    dtype=float,
)
CHANNELS = st.lists(st.tuples(st.floats(-1, 1), st.floats(0.001, 0.1)), min_size=2, max_size=8)


def bcg():
    ill, well, ill_control, well_control = BCG.T
    ratios = np.log(ill / (ill + well) / (ill_control / (ill_control + well_control)))
    return ratios, 1 / ill - 1 / (ill + well) + 1 / ill_control - 1 / (ill_control + well_control)


def test_the_bcg_trials_come_out_as_in_metafor():
    found = between_channels(*bcg())
    assert round(found.tau_squared, 4) == 0.3088
    assert (round(found.low, 4), round(found.high, 4)) == (0.1197, 1.1115)
    assert round(found.i_squared, 4) == 0.9212
    assert round(found.q, 4) == 152.2330
    assert found.p < 0.0001
    assert found.channels == 13


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # theirs, where τ² comes out negative
@given(CHANNELS)
def test_statsmodels_says_the_same(channels):
    means, variances = np.array(channels).T
    found, theirs = between_channels(means, variances), combine_effects(means, variances, method_re="chi2")
    assert found.q == pytest.approx(theirs.q, abs=1e-9)
    assert found.tau_squared == pytest.approx(max(theirs.tau2, 0), abs=1e-9)
    if theirs.q > 1e-6:  # theirs divides by it
        assert found.i_squared == pytest.approx(max(theirs.i2, 0), abs=1e-9)
    assert 0 <= found.low <= found.high


def test_equal_channels_show_nothing_beyond_chance():
    found = between_channels([0.2, 0.2, 0.2], [0.01, 0.02, 0.03])
    assert (found.tau_squared, found.low, found.high, found.i_squared, found.p) == (0, 0, 0, 0, 1)


def test_the_interval_covers_the_true_variance():
    chance = np.random.default_rng(1)
    v = np.array([0.01, 0.02, 0.03, 0.02, 0.01, 0.05])
    inside = []
    for _ in range(400):
        found = between_channels(chance.normal(scale=np.sqrt(v + 0.04)), v)
        inside.append(found.low <= 0.04 <= found.high)
    assert np.mean(inside) == pytest.approx(0.95, abs=0.03)


def test_channels_that_cannot_be_weighed_are_left_out():
    found = between_channels([0.1, 0.3, np.nan, 0.9, 0.5], [0.01, 0.02, 0.01, 0.0, np.nan])
    assert found == between_channels([0.1, 0.3], [0.01, 0.02])


def test_fewer_than_two_channels_give_nan():
    for means, variances in (([], []), ([0.1], [0.2])):
        found = between_channels(means, variances)
        assert np.isnan([found.tau_squared, found.low, found.high, found.i_squared, found.q, found.p]).all()
        assert found.channels == len(means)


def test_wrong_shapes_and_negative_variances_are_refused():
    with pytest.raises(ValueError, match="one variance per mean"):
        between_channels([0.1, 0.2], [0.1])
    with pytest.raises(ValueError, match="negative"):
        between_channels([0.1, 0.2], [0.1, -0.1])
