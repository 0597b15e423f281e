"""*Gewichtung*: shares are typed, must be whole, and weigh the key figures; *Nachgerechnet* shows every published number."""

import json
from pathlib import Path

import pandas as pd
import pytest
from screen import Open, html_of
from streamlit.testing.v1 import AppTest

import cx
from cx.analysis import worked
from cx.ui import weighting

SHARES = {"Webshop": 10, "Filiale": 10, "App": 10, "Telefon": 50, "Marktplatz": 10, "E-Mail": 10}


def typed(app: AppTest, **shares: str) -> AppTest:
    for value, share in shares.items():
        app.text_input(key=f"gewichtung_channel_{value}").set_value(share)
    return app.run()


def address(**targets: dict[str, float]) -> str:
    return json.dumps(targets)


def test_at_first_everybody_counts_alike(open_app: Open, full: Path) -> None:
    app = open_app(full, "gewichtung")
    text = html_of(app)
    assert "Designeffekt 1,00" in text
    assert "Noch ohne Wirkung" in text
    assert app.text_input(key="gewichtung_channel_Telefon").value == "17,0"


def test_incomplete_shares_are_named_and_nothing_is_weighted(open_app: Open, full: Path) -> None:
    app = typed(open_app(full, "gewichtung"), Telefon="26,9")
    assert "10,0\u00a0% zu viel" in html_of(app)
    assert not app.get("vega_lite_chart")
    app = typed(app, Telefon="viel")
    assert "Bitte eine Zahl von 0 bis 100." in html_of(app)


def test_typed_shares_weigh_the_key_figures(open_app: Open, full: Path) -> None:
    app = typed(open_app(full, "gewichtung"), **{value: f"{share},0 %" for value, share in SHARES.items()})
    assert not app.exception
    text = html_of(app)
    assert "Designeffekt 1," in text
    assert "Designeffekt 1,00" not in text
    assert "2,94" in text  # 50 % known, 17 % in the sample


def test_the_address_brings_shares_along_and_what_it_may_not_say_is_ignored(open_app: Open, full: Path) -> None:
    app = open_app(full, "gewichtung", weights=address(channel=SHARES))
    assert app.text_input(key="gewichtung_channel_Telefon").value == "50,0"
    app = open_app(full, "gewichtung", weights='{"channel":{"Telefon":1e9}}')
    assert app.text_input(key="gewichtung_channel_Telefon").value == "17,0"


def test_contradicting_dimensions_are_refused_with_a_sentence(open_app: Open, full: Path) -> None:
    no_shop = SHARES | {"Filiale": 0, "Webshop": 20}
    places = {"Hafen": 100, "Altstadt": 0, "Westpark": 0, "Am Bahnhof": 0}
    app = open_app(full, "gewichtung", weights=address(channel=no_shop, location=places))
    assert not app.exception
    assert "Mit diesen Anteilen gibt es keine Gewichte" in html_of(app)


def test_one_channel_leaves_nothing_to_weigh_by_channel(open_app: Open, full: Path) -> None:
    app = open_app(full, "gewichtung", channels="Telefon", products="Garten")
    assert "nichts zu gewichten" in html_of(app)


def test_names_of_channels_are_shown_to_the_letter(open_app: Open, tmp_path: Path) -> None:
    path = tmp_path / "hostile.duckdb"
    workspace = cx.open(path)
    for stars, channel in ((4, "<b>x</b>"), (2, "![x](http://x.example/y.png)")):
        workspace.import_file(f"Datum;Sterne\n0{stars}.02.2026;{stars}\n".encode(), name="a.csv", channel=channel)
    workspace.close()
    app = open_app(path, "gewichtung")
    assert not app.exception
    assert "&lt;b&gt;" in html_of(app)
    assert all("](http" not in field.label for field in app.text_input)


@pytest.mark.parametrize("n", [2, 3, 7, 13, 30])
def test_shares_to_fill_in_are_whole(n: int) -> None:
    shares = pd.Series([place**1.7 for place in range(1, n + 1)])
    found = weighting._rounded(shares / shares.sum())
    assert abs(sum(found.values()) - 100) <= 0.1 + 1e-9
    assert all(abs(found[place] - 100 * share / shares.sum()) <= 0.1 for place, share in shares.items())


def test_every_published_number_is_shown_with_its_source(open_app: Open, full: Path) -> None:
    text = html_of(open_app(full, "nachgerechnet"))
    assert "Alle 93 veröffentlichten Zahlen kommen heraus" in text
    assert text.count(" ✓</td>") == len(worked.checks())
    for shown in ("0,0570912207681", "−8,8235", "Rocks, The American Statistician 70 (2016)", "40,4709"):
        assert shown in text
