"""Säulen, Touchpoints, Modelle: the choice in the address, where a click leads, selections with little in them."""

from pathlib import Path

import pytest
from screen import Open, html_of

import cx
from cx.analysis import lenses
from cx.model.filter import Filter
from cx.model.taxonomy import LensKey
from cx.ui import filters, lens_figures, pillar_figures

PAGES = ("saeulen", "touchpoints", "modelle")
CHARTS = {"modules": 1, "value": 2, "four_c": 1, "stages": 1, "ux": 1}


@pytest.mark.parametrize("lens", CHARTS)
def test_a_lens_of_the_address_is_shown_with_its_assignment(open_app: Open, full: Path, lens: str) -> None:
    app = open_app(full, "modelle", lens=lens)
    assert not app.error
    assert len(app.get("vega_lite_chart")) == CHARTS[lens]
    assert [box.label for box in app.expander] == ["Welche Säule an welchem Touchpoint wohin gehört"]
    assert "".join(app.query_params.get("lens", "modules")) == lens


def test_an_unknown_lens_of_the_address_is_the_first(open_app: Open, full: Path) -> None:
    app = open_app(full, "modelle", lens="kaleidoscope", across="weather")
    assert not app.error
    assert "lens" not in app.query_params


def test_the_planted_month_is_found(open_app: Open, full: Path) -> None:
    assert "Erwartungen im März 2026 schlechter als sonst" in html_of(open_app(full, "saeulen"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "address", [{"channels": "E-Mail", "products": "Beauty"}, {"start": "2026-10-30", "end": "2026-10-31"}]
)
def test_little_feedback_is_no_error(open_app: Open, full: Path, page: str, address: dict[str, str]) -> None:
    app = open_app(full, page, **address)
    assert not app.error
    assert not app.exception


@pytest.mark.parametrize("page", PAGES)
def test_a_selection_that_names_nothing_says_so(open_app: Open, tmp_path: Path, page: str) -> None:
    path = tmp_path / "plain.duckdb"
    workspace = cx.open(path)
    workspace.import_file(b"Kommentar;Sterne\nHm.;3\nJa.;4\n", name="a.csv")
    workspace.close()
    app = open_app(path, page)
    assert not app.error
    assert "nennt kein Text eine Säule oder einen Touchpoint" in html_of(app)


@pytest.fixture
def led(monkeypatch: pytest.MonkeyPatch) -> list[Filter]:
    """Where clicks lead, instead of going there."""
    found: list[Filter] = []
    monkeypatch.setattr(filters, "lead", lambda page, selection: found.append(selection))
    return found


def test_cells_lead_to_their_voices(led: list[Filter]) -> None:
    pillar_figures._lead(Filter(words="x"), pillar="trust", channel="App")
    pillar_figures._lead(Filter(), pillar="trust", touchpoint="price")
    assert led == [
        Filter(words="x", pillars=("trust",), channels=("App",)),
        Filter(pillars=("trust",), touchpoints=("price",)),
    ]


def test_a_phase_leads_to_all_its_touchpoints_and_a_touchpoint_to_itself() -> None:
    assert pillar_figures._station(Filter(), "receive").touchpoints == ("delivery", "packaging")
    assert pillar_figures._station(Filter(), "usage").touchpoints == ("usage",)


def test_groups_of_touchpoints_lead_to_voices(led: list[Filter]) -> None:
    lens_figures._lead(Filter(), LensKey.FOUR_C, {"key": f"cost{lenses.CROSSED}partner"})
    assert led[0].touchpoints == ("payment",)
    lens_figures._lead(Filter(words="x"), LensKey.MODULES, {"key": "feel"})
    lens_figures._lead(Filter(), LensKey.VALUE, {"key": "gap"})
    assert led[1:] == [
        Filter(words="x", lens_groups=("modules.feel",)),
        Filter(lens_groups=("value.perception", "value.expectation")),
    ]
    surface = lens_figures._on_surface(Filter(), "App")
    assert surface.channels == ("App",)
    assert "checkout" in surface.touchpoints
    assert "delivery" not in surface.touchpoints
