"""Known shares: what an address may say of them, and when they are whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.model import targets

SHARES = st.dictionaries(st.text(min_size=1, max_size=8), st.floats(0, 100), min_size=1, max_size=4)


@given(st.dictionaries(st.sampled_from(list(map(str, targets.Dimension))), SHARES, max_size=3))
def test_shares_survive_the_address(chosen):
    text = targets.as_text(chosen)
    assert targets.from_text(text) == (chosen if text else {})


@pytest.mark.parametrize(
    "nonsense",
    ["", "{", "[1]", '"x"', '{"channel":5}', '{"planet":{"Mars":50}}', '{"channel":{"App":-1}}', '{"channel":{"App":NaN}}',
     '{"channel":{"App":true}}', '{"channel":{"App":"50"}}', "[" * 5_000, '{"channel":{"App":101}}'],
)  # fmt: skip
def test_what_an_address_may_not_say_is_left_out(nonsense):
    assert targets.from_text(nonsense) == {}


def test_so_many_shares_that_no_address_holds_them_are_not_written():
    assert targets.as_text({"product": {f"Produkt {n}": 0.5 for n in range(200)}}) == ""


@pytest.mark.parametrize(
    ("shares", "lacks"), [((60, 40), 0), ((33.3, 33.3, 33.3), 0), ((60, 30), 10), ((60, 50), -10), ((99.8,), 0.2)]
)
def test_shares_lack_what_is_missing_of_the_whole(shares, lacks):
    assert targets.missing(dict(enumerate(shares))) == pytest.approx(lacks)


@pytest.mark.parametrize(
    ("typed", "share"),
    [("28,3", 28.3), ("28.3 %", 28.3), (" 0 ", 0), ("100%", 100), ("", None), ("viel", None), ("101", None), ("-1", None),
     ("nan", None), ("inf", None)],
)  # fmt: skip
def test_percent_are_read_as_people_write_them(typed, share):
    assert targets.percent_of(typed) == share
