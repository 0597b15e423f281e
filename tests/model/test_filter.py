"""A Filter is its own address; a foreign address is never trusted."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.model.filter import LIST_SEPARATOR, LONGEST_VALUE, Filter

words = st.text(st.characters(exclude_characters=LIST_SEPARATOR, exclude_categories=["Cs"]), min_size=1, max_size=30)
lists = st.lists(words, max_size=5, unique=True).map(tuple)
days = st.none() | st.dates()
ratings = st.none() | st.floats(allow_nan=False, allow_infinity=False)
filters = st.builds(
    Filter,
    start=days,
    end=days,
    undated=st.booleans(),
    **dict.fromkeys(("channels", "sources", "products", "locations", "kinds", "languages"), lists),
    **dict.fromkeys(("pillars", "touchpoints", "lens_groups", "labels"), lists),
    rating_min=ratings,
    rating_max=ratings,
    words=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
NAMES = [f.name for f in fields(Filter)]


@given(filters)
def test_a_filter_comes_back_from_its_address(selection: Filter) -> None:
    address = selection.query()
    assert all(isinstance(name, str) and isinstance(value, str) for name, value in address.items())
    assert Filter.from_query(address) == selection


@given(filters)
def test_a_filter_can_be_a_key(selection: Filter) -> None:
    assert {selection: 1}[Filter.from_query(selection.query())] == 1


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(), st.text(max_size=200), max_size=12))
def test_no_address_raises(address: dict[str, str]) -> None:
    found = Filter.from_query(address)
    assert Filter.from_query(found.query()) == found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("start", "2026-13-45"),
        ("end", "gestern"),
        ("undated", "ja"),
        ("rating_min", "viel"),
        ("rating_min", "nan"),
        ("rating_max", "inf"),
        ("channels", LIST_SEPARATOR * 3),
    ],
)
def test_what_does_not_parse_is_left_out(name: str, text: str) -> None:
    assert Filter.from_query({name: text}) == Filter()


def test_endless_values_are_cut() -> None:
    assert len(Filter.from_query({"words": "x" * 10 * LONGEST_VALUE}).words) == LONGEST_VALUE


def test_nothing_chosen_is_an_empty_address() -> None:
    assert Filter().query() == {}


def test_an_address_reads_like_its_filter() -> None:
    selection = Filter(start=date(2026, 1, 1), channels=("E-Mail", "Chat & Telefon"), undated=True, rating_min=2.5)
    assert selection.query() == {
        "start": "2026-01-01",
        "channels": "E-Mail~Chat & Telefon",
        "undated": "1",
        "rating_min": "2.5",
    }


def test_parameter_names_every_field_and_holds_lists() -> None:
    parameter = Filter(channels=("Chat",)).parameter()
    assert list(parameter) == [*NAMES, "pairs"]
    assert parameter["channels"] == ["Chat"]
    assert parameter["pillars"] == []
    assert parameter["pairs"] == []


def test_a_lens_group_is_bound_as_its_pairs_and_an_unknown_one_as_none() -> None:
    pairs = Filter(lens_groups=("modules.feel",)).parameter()["pairs"]
    assert "emotion|" in pairs
    assert all("|" in pair for pair in pairs)
    assert Filter(lens_groups=("modules.nonsense",)).parameter()["pairs"] == []


def test_without_mentions_keeps_the_rest() -> None:
    selection = Filter(
        channels=("Chat",), pillars=("trust",), touchpoints=("price",), lens_groups=("modules.feel",), words="Geld"
    )
    assert selection.without_mentions() == Filter(channels=("Chat",))
