"""Exact coverage against drawn samples."""

import numpy as np
import pandas as pd
import pytest

from cx.stats.coverage import held, nps_coverage
from cx.stats.nps import nps_frame, wald_frame

SHARES = (0.75, 0.20, 0.05)


@pytest.mark.parametrize("interval", [nps_frame, wald_frame])
def test_exact_coverage_is_what_many_samples_come_to(interval) -> None:
    drawn = np.random.default_rng(1).multinomial(10, SHARES, size=40_000)
    found = interval(pd.DataFrame(drawn, columns=["promoters", "passives", "detractors"]))
    assert nps_coverage(interval, SHARES, 10) == pytest.approx(held(found["low"], found["high"], 70).mean(), abs=0.008)


def test_an_interval_holds_its_bounds_and_one_without_holds_nothing() -> None:
    assert held(np.array([0, 1, 2, np.nan]), np.array([1, 2, 3, np.nan]), 1).tolist() == [True, True, False, False]
