"""What an estimate tells about its base."""

import pytest

from cx.stats.estimate import Estimate


@pytest.mark.parametrize(
    ("n", "withheld", "uncertain"),
    [(0, True, False), (9, True, False), (10, False, True), (29, False, True), (30, False, False)],
)
def test_a_small_base_is_withheld_and_a_middling_one_uncertain(n, withheld, uncertain):
    estimate = Estimate(1.0, 0.0, 2.0, n)
    assert estimate.withheld == withheld
    assert estimate.uncertain == uncertain
