"""The filter bar and the address say the same, whatever the address says."""

import re
from pathlib import Path

import pytest
from screen import Open, html_of

from cx.model.filter import Filter
from cx.ui import address, filters

ADDRESSES = [
    {"channels": "Telefon~App"},
    {"start": "2026-01-15", "end": "2026-03-31"},
    {"start": "2026-08-01", "end": "2026-10-31", "pillars": "effort~trust", "labels": "negative"},
    {"undated": "1"},
    {"words": "Hotline & <b>", "touchpoints": "contact"},
    {"rating_min": "2.0", "rating_max": "4.0", "kinds": "review"},
    {"lang": "en", "kpi": "rating", "outcome": "csat", "crosshair": "mean", "products": "Küche"},
    {"start": "2026-05-01"},
    {"view": "contradictions", "channels": "Telefon", "languages": "de"},
    {"lens_groups": "modules.feel", "labels": "negative"},
]


def said(app: object) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


@pytest.mark.parametrize("query", ADDRESSES)
def test_an_address_shows_its_view_and_stays_as_it_is(open_app: Open, full: Path, query: dict[str, str]) -> None:
    app = open_app(full, **query)
    assert not app.exception
    assert not app.error
    assert said(app) == query
    assert app.session_state[filters.CURRENT] == Filter.from_query(query)


def test_the_view_survives_a_page_change(open_app: Open, full: Path) -> None:
    query = {"channels": "Telefon", "pillars": "trust", "kpi": "csat"}
    app = open_app(full, **query)
    for page in ("treiber", "stimmen", "daten_laden"):
        assert said(app.switch_page(f"pages/{page}.py").run()) == query


@pytest.mark.parametrize(
    "query",
    [
        {"channels": "Quatsch"},
        {"pillars": "wealth", "touchpoints": "<script>"},
        {"labels": "angry", "start": "gestern", "end": "2026-13-40"},
        {"lang": "xx", "kpi": "nonsense", "outcome": "polarity", "crosshair": "9", "page": "-3", "view": "x"},
        {"rating_min": "abc", "undated": "yes", "page": "9" * 50},
    ],
)
def test_what_an_address_may_not_say_is_left_out(open_app: Open, full: Path, query: dict[str, str]) -> None:
    app = open_app(full, **query)
    assert not app.exception
    assert not app.error
    assert said(app) == {}
    assert app.session_state[filters.CURRENT] == Filter()


def test_an_unknown_value_is_told_quietly_and_the_known_ones_hold(open_app: Open, full: Path) -> None:
    app = open_app(full, channels="Telefon~Quatsch")
    assert said(app) == {"channels": "Telefon"}
    assert "weggelassen: Quatsch" in html_of(app)


def test_the_grey_line_tells_what_is_set(open_app: Open, full: Path) -> None:
    text = html_of(open_app(full, channels="Telefon", words="Hotline", rating_min="2.0"))
    assert "Kanal: Telefon" in text
    assert "Suche: „Hotline“" in text
    assert "Sterne ab: 2,0" in text


def test_the_parts_of_a_channel_filter_sum_to_the_whole(open_app: Open, full: Path) -> None:
    def n(**query: str) -> int:
        return int(re.search(r"n = ([\d.]+)", html_of(open_app(full, **query))).group(1).replace(".", ""))

    phone, both, store = n(channels="Telefon"), n(channels="Telefon~Filiale"), n(channels="Filiale")
    assert 0 < phone < n()
    assert both == phone + store


def test_a_reset_selects_everything(open_app: Open, full: Path) -> None:
    app = open_app(full, channels="Telefon", start="2026-01-15", end="2026-03-31")
    app.button(key="filter_reset").click().run()
    assert said(app) == {}


def test_a_page_number_beyond_the_last_shows_the_last(open_app: Open, full: Path) -> None:
    app = open_app(full, "stimmen", page="99999")
    assert not app.error
    assert app.session_state[address.PAGE] < 99999
    assert "cx-voice" in html_of(app)


def test_english_speaks_english_numbers(open_app: Open, full: Path) -> None:
    assert "6,000" in html_of(open_app(full, lang="en"))
    assert "6.000" in html_of(open_app(full))
