"""Krippendorff's α against its definition over pairs."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.stats.agreement import krippendorff

TABLES = st.lists(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=3, max_size=3), min_size=1, max_size=8)


def naive(units):
    """1 − observed / expected disagreement over all ordered pairs within units, and over all values."""
    kept = [[v for v in unit if v is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    values = [v for unit in kept for v in unit]
    n = len(values)
    observed = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in kept) / max(n, 1)
    expected = sum(a != b for a, b in permutations(values, 2)) / max(n * (n - 1), 1)
    return 1 - observed / expected if expected else float("nan")


@given(TABLES)
def test_it_agrees_with_a_count_of_all_pairs(units):
    assert krippendorff(pd.DataFrame(units).T) == pytest.approx(naive(units), nan_ok=True)


def test_full_agreement_is_one_and_a_single_value_is_nothing_to_agree_on():
    assert krippendorff(pd.DataFrame([["a", "b", "a"], ["a", "b", "a"]])) == 1
    assert np.isnan(krippendorff(pd.DataFrame([["a", "a"], ["a", "a"]])))
    assert np.isnan(krippendorff(pd.DataFrame()))
