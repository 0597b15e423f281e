"""Arrays of places against plain loops."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cx.text.places import before, begins, offsets, ranges, sums

stretches = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 6)), max_size=12)
grouped = st.lists(st.tuples(st.integers(0, 3), st.integers(-9, 9)), max_size=30).map(sorted)


@given(stretches)
def test_stretches_lie_end_to_end(drawn: list[tuple[int, int]]) -> None:
    first, count = np.array(drawn, np.int64).reshape(-1, 2).T
    assert ranges(first, count).tolist() == [n for start, size in drawn for n in range(start, start + size)]
    assert offsets(count).tolist() == [sum(count[:n]) for n in range(len(count) + 1)]


@given(grouped)
def test_groups_are_summed_and_know_what_stands_before(drawn: list[tuple[int, int]]) -> None:
    group, amount = np.array(drawn, np.int64).reshape(-1, 2).T
    earlier = [[a for g, a in drawn[:n] if g == mine] for n, (mine, _amount) in enumerate(drawn)]
    assert begins(group).tolist() == [not amounts for amounts in earlier]
    assert before(amount, begins(group)).tolist() == [sum(amounts) for amounts in earlier]
    assert sums(group, amount, 4).tolist() == [sum(a for g, a in drawn if g == each) for each in range(4)]
