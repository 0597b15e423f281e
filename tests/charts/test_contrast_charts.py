"""Heat maps, lanes of months, the journey, lenses: complete charts, and honest where n is small."""

import json

import pandas as pd
import pytest

from cx import charts, language
from cx.charts import compiled, heat, lenses, multiples, stations
from cx.model import taxonomy

CONTRAST = [
    "value",
    "low",
    "high",
    "n",
    "rest",
    "n_rest",
    "difference",
    "difference_low",
    "difference_high",
    "p",
    "real",
]


def cell(value: float, n: int, *, real: bool = False) -> tuple:
    return (value, value - 0.1, value + 0.1, n, 0.1, 300, value - 0.1, value - 0.3, value + 0.1, 0.01, real)


CHANNELS = pd.DataFrame(
    [
        ("trust", "Telefon", *cell(-0.4, 200, real=True)),
        ("trust", "App", *cell(0.2, 80)),
        ("effort", "Telefon", *cell(0.3, 20)),
        ("effort", "App", *cell(0.9, 5)),
    ],
    columns=["pillar", "part", *CONTRAST],
)
MONTHS = pd.DataFrame(
    [
        ("trust", pd.Timestamp("2026-01-01"), *cell(0.2, 100)),
        ("trust", pd.Timestamp("2026-02-01"), *cell(0.9, 4)),
        ("trust", pd.Timestamp("2026-04-01"), *cell(-0.3, 50, real=True)),
        ("effort", pd.Timestamp("2026-04-01"), *cell(0.1, 15)),
    ],
    columns=["pillar", "part", *CONTRAST],
)
CELLS = pd.DataFrame(
    [
        ("delivery", "expectation", *cell(-0.2, 90, real=True)),
        ("search", "effort", *cell(0.1, 40)),
        ("delivery", "effort", *cell(0.3, 6)),
    ],
    columns=["touchpoint", "part", *CONTRAST],
)
LEVEL = ["value", "low", "high", "n", "base", "share", "share_low", "share_high"]


def level(value: float, n: int) -> tuple:
    return (value, value - 0.05, value + 0.05, n, 500, n / 500, 0.0, 1.0)


PHASES = pd.DataFrame([("discover", *level(0.1, 100)), ("buy", *level(0.3, 7))], columns=["key", *LEVEL])
STATIONS = pd.DataFrame(
    [("search", *level(-0.2, 60)), ("reviews", *level(0.2, 40)), ("payment", *level(0.3, 7))], columns=["key", *LEVEL]
)
STAGES = pd.DataFrame(
    [("", "after", *level(0.1, 90)), ("", "before", *level(0.2, 80))], columns=["part", "group", *LEVEL]
)
VALUE = pd.DataFrame(
    [("", "expectation", *level(0.1, 90)), ("", "perception", *level(0.2, 80))], columns=["part", "group", *LEVEL]
)
GAP = pd.DataFrame(
    [("", "perception", "expectation", 0.1, 0.05, 0.15, 0.001, True, 40, "")],
    columns=["part", "first", "second", "value", "low", "high", "p", "real", "n", "mismatch"],
)
FOUR_C = pd.DataFrame(
    [("", "cost|", *level(0.1, 90)), ("", "cost|own", *level(0.2, 60)), ("", "customer|own", *level(0.2, 8))],
    columns=["part", "group", *LEVEL],
)
UX = pd.DataFrame(
    [
        ("App", "surface", *level(0.3, 90)),
        ("App", "whole", *level(-0.2, 180)),
        ("Telefon", "surface", *level(0.3, 4)),
        ("Telefon", "whole", *level(0.1, 70)),
    ],
    columns=["part", "group", *LEVEL],
)
SURFACES = pd.DataFrame(
    [
        ("App", "surface", "whole", 0.5, 0.4, 0.6, 0.0, True, 90, "good_surface"),
        ("Telefon", "surface", "whole", 0.2, 0.0, 0.4, float("nan"), False, 4, ""),
    ],
    columns=GAP.columns,
)
WHOLE = {
    "pillar_channels": lambda: charts.pillar_channels(CHANNELS),
    "pillar_months": lambda: charts.pillar_months(MONTHS),
    "touchpoint_cells": lambda: charts.touchpoint_cells(CELLS),
    "journey": lambda: charts.journey(PHASES, STATIONS),
    "lens_groups": lambda: charts.lens_groups(STAGES, "stages"),
    "lens_gap": lambda: charts.lens_gap(VALUE, GAP),
    "lens_four_c": lambda: charts.lens_four_c(FOUR_C),
    "lens_surfaces": lambda: charts.lens_surfaces(UX, SURFACES),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_notebook_gets_a_complete_valid_chart_with_a_description(name: str) -> None:
    spec = WHOLE[name]().to_dict()  # validates
    assert len(next(iter(spec["datasets"].values()))) >= 2
    assert len(spec["description"]) > 10


@pytest.mark.parametrize("name", WHOLE)
def test_a_compiled_spec_holds_no_data(name: str) -> None:
    spec = compiled.spec(name, "dark")
    assert "data" not in spec
    assert "datasets" not in spec
    assert [parameter["name"] for parameter in spec["params"]] == ["pick"]


def test_every_height_in_the_lanes_shares_one_scale_without_an_axis() -> None:
    text = json.dumps(compiled.spec("pillar_months", "light"))  # Vega fails where layers disagree about an axis
    spec = json.loads(text)
    heights = [layer["encoding"]["y"] for layer in spec["layer"] if "y" in layer["encoding"]]
    assert len(heights) >= 8
    assert all(height["axis"] is None and height["scale"]["domain"] == [-6, 0] for height in heights)


def test_a_heat_map_is_a_full_grid_in_the_order_of_the_model() -> None:
    rows = heat.pillar_rows(CHANNELS)
    assert len(rows) == 6 * 2
    assert list(rows["row"].unique()) == list(taxonomy.pillar_keys())
    assert list(rows["column"].unique()) == ["Telefon", "App"]  # most feedback first


def test_cells_are_withheld_grey_or_framed() -> None:
    rows = heat.pillar_rows(CHANNELS).set_index(["row", "column"])
    assert rows.loc[("effort", "App"), ["text", "tone", "bounds"]].to_list() == ["n zu klein", "withheld", ""]
    assert rows.loc[("effort", "Telefon"), "tone"] == "uncertain"
    assert rows.loc[("control", "App"), ["text", "base"]].to_list() == ["", "0"]
    assert rows.loc[("trust", "Telefon"), ["text", "tone"]].to_list() == ["−0,40", "negative"]
    assert list(rows.index[rows["real"]]) == [("trust", "Telefon")]
    assert rows.loc[("trust", "Telefon"), "apart"] == "−0,50 (−0,70\u00a0…\u00a0−0,30), gesichert"


def test_the_strongest_certain_cell_sets_the_depth_of_colour() -> None:
    rows = heat.pillar_rows(CHANNELS).set_index(["row", "column"])
    assert rows.loc[("trust", "Telefon"), "strength"] == 1.0
    assert rows.loc[("trust", "App"), "strength"] == pytest.approx(0.5)


def test_touchpoints_of_a_heat_map_follow_the_journey() -> None:
    rows = heat.touchpoint_rows(CELLS)
    assert list(rows["row"].unique()) == ["search", "delivery"]
    assert list(rows["column"].unique()) == ["effort", "expectation"]


def test_lanes_hold_every_month_and_leave_gaps() -> None:
    rows = multiples.rows(MONTHS)
    assert len(rows) == 6 * 4
    lane = rows[rows["row"] == "trust"].set_index("month")
    assert list(lane["y"].isna()) == [False, True, True, False]
    assert lane.loc["Februar 2026", ["text", "meaning"]].to_list() == ["n zu klein", "withheld"]
    assert lane.loc["April 2026", "meaning"] == "negative"
    assert rows.loc[(rows["row"] == "effort") & (rows["month"] == "April 2026"), "meaning"].item() == "uncertain"


def test_lanes_share_their_scale_and_stay_inside() -> None:
    rows = multiples.rows(MONTHS)
    heights = (rows["up"] - rows["zero"]).round(9)
    assert heights.nunique() == 1
    shown = rows.dropna(subset=["y"])
    assert (shown["high"] <= shown["lane"]).all()
    assert (shown["low"] >= shown["lane"] - 1).all()
    assert ((shown["y"] - shown["zero"]) * 1000).round().ne(0).all()


def test_touchpoints_stand_under_their_phase() -> None:
    rows = stations.rows(PHASES, STATIONS)
    assert list(rows["key"]) == ["discover", "search", "reviews", "buy", "payment"]
    assert list(rows["level"]) == ["phase", "touchpoint", "touchpoint", "phase", "touchpoint"]
    assert rows["note"].iloc[0] == "vor dem Kauf · 20\u00a0% · n = 100"
    assert rows["text"].iloc[3] == "n zu klein"


def test_groups_stand_in_the_order_of_their_lens() -> None:
    assert list(lenses.group_rows(STAGES, "stages")["key"]) == ["before", "after"]


def test_the_gap_is_coloured_only_where_it_is_real() -> None:
    assert lenses.gap_rows(VALUE, GAP).set_index("key").loc["gap", "meaning"] == "positive"
    assert lenses.gap_rows(VALUE, GAP.assign(real=False)).set_index("key").loc["gap", "meaning"] == "uncertain"
    few = VALUE.assign(n=[90, 6])
    assert lenses.gap_rows(few, GAP).set_index("key").loc["gap", "text"] == "n zu klein"


def test_channels_name_their_mismatch_and_withhold_small_ones() -> None:
    rows = lenses.channel_rows(UX, SURFACES).set_index("key")
    assert rows.loc["App", "note"] == "gute Oberfläche, schwaches Ganzes"
    assert rows.loc["Telefon", ["note", "meaning"]].to_list() == ["n zu klein", "withheld"]
    assert pd.isna(rows.loc["Telefon", "surface"])


def test_names_follow_the_language() -> None:
    language.use("en")
    assert list(heat.four_c_rows(FOUR_C)["row_name"].unique()) == ["Customer wants", "Cost"]


@pytest.mark.parametrize("name", ["pillar_channels", "pillar_months", "touchpoint_cells", "lens_four_c"])
def test_nothing_gives_no_rows(name: str) -> None:
    nothing = {"pillar_months": MONTHS, "touchpoint_cells": CELLS, "lens_four_c": FOUR_C}.get(name, CHANNELS).head(0)
    assert compiled.rows(name, nothing).empty
