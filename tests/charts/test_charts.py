"""The five charts: complete for a notebook, without data when compiled, honest where n is small."""

import json

import pandas as pd
import pytest

from cx import charts, language
from cx.charts import compiled, dots, quadrants, theme, trend, words

PILLARS = pd.DataFrame(
    {
        "pillar": ["emotion", "trust", "resolution", "control"],
        "n": [200, 40, 120, 7],
        "negative": [40, 20, 90, 3],
        "positive": [160, 20, 30, 4],
        "base": [500] * 4,
        "value": [0.4, 0.02, -0.3, 0.9],
        "low": [0.3, -0.1, -0.4, 0.5],
        "high": [0.5, 0.14, -0.2, 1.0],
        "share": [0.4, 0.08, 0.24, 0.014],
    }
)
DRIVERS = pd.DataFrame(
    {
        "predictor": ["resolution", "trust", "control"],
        "importance": [0.2, 0.08, 0.001],
        "low": [0.15, 0.05, 0.0],
        "high": [0.25, 0.12, 0.004],
        "rank_low": [1, 2, 3],
        "rank_high": [1, 2, 3],
        "effect": [23.4, -4.25, 0.5],
        "unsure": [False, False, True],
        "noise": [0.002] * 3,
        "real": [True, True, False],
        "correlation": [0.4, 0.1, 0.02],
        "n": [300, 200, 90],
        "performance": [-0.3, 0.2, 0.01],
        "performance_low": [-0.35, 0.1, -0.1],
        "performance_high": [-0.25, 0.3, 0.12],
    }
)
MONTHS = pd.DataFrame(
    {
        "month": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-04-01", "2026-05-01"]),
        "value": [10.0, 14.0, -20.0, 5.0],
        "low": [0.0, 4.0, -60.0, -9.0],
        "high": [20.0, 24.0, 20.0, 19.0],
        "n": [100, 120, 6, 20],
    }
)
TOUCHPOINTS = PILLARS.rename(columns={"pillar": "touchpoint"}).assign(touchpoint=["staff", "price", "returns", "app"])
SHAPES = {"change_split": "nps", "wording": "rest"}
WHOLE = {
    "pillars": lambda: charts.pillars(PILLARS),
    "touchpoints": lambda: charts.touchpoints(TOUCHPOINTS),
    "drivers": lambda: charts.drivers(DRIVERS),
    "importance_performance": lambda: charts.importance_performance(DRIVERS),
    "kpi_trend": lambda: charts.kpi_trend(MONTHS, "nps"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_notebook_gets_a_complete_valid_chart_with_a_description(name: str) -> None:
    spec = WHOLE[name]().to_dict()  # validates
    rows = next(iter(spec["datasets"].values()))
    assert len(rows) >= 3
    assert len(spec["description"]) > 10
    assert "layer" in spec


@pytest.mark.parametrize("name", WHOLE)
def test_a_compiled_spec_holds_no_data_and_can_be_clicked(name: str) -> None:
    spec = compiled.spec(name, "light", "nps" if name == "kpi_trend" else "")
    text = json.dumps(spec)
    assert "data" not in spec
    assert "datasets" not in spec
    assert '"frame"' not in text
    assert [parameter["name"] for parameter in spec["params"]] == ["pick"]
    assert len(spec["description"]) > 10


def test_a_spec_is_compiled_once_per_language_and_theme() -> None:
    assert compiled.spec("pillars", "light") is compiled.spec("pillars", "light")
    assert compiled.spec("pillars", "dark") is not compiled.spec("pillars", "light")
    german = compiled.spec("pillars", "light")
    language.use("en")
    try:
        assert compiled.spec("pillars", "light") is not german
        assert "locale" not in compiled.spec("pillars", "light")["config"]
    finally:
        language.use("de")


def test_every_field_that_a_spec_draws_is_in_its_rows() -> None:
    frames = {
        "pillars": (PILLARS,),
        "touchpoints": (TOUCHPOINTS,),
        "drivers": (DRIVERS,),
        "importance_performance": (DRIVERS, "middle"),
        "kpi_trend": (MONTHS, "nps"),
    }
    for name, arguments in frames.items():
        drawn = _fields(compiled.spec(name, "light", "nps" if name == "kpi_trend" else ""))
        assert drawn - set(compiled.rows(name, *arguments).columns) <= {"edge", "corner", "edge_x", "edge_y"}, name


def _fields(part: object) -> set[str]:
    if isinstance(part, dict):
        own = {part["field"]} if isinstance(part.get("field"), str) else set()
        return own.union(*map(_fields, part.values()))
    return set().union(*map(_fields, part)) if isinstance(part, list) else set()


def test_a_score_is_coloured_only_where_its_interval_clears_zero() -> None:
    rows = dots.score_rows(PILLARS, "pillar").set_index("key")
    assert rows["meaning"].to_dict() == {
        "emotion": "positive",
        "trust": "neutral",
        "resolution": "negative",
        "control": "withheld",
    }


def test_below_ten_there_is_no_number_and_the_row_comes_last() -> None:
    rows = dots.score_rows(PILLARS, "pillar")
    last = rows.iloc[-1]
    assert last["key"] == "control"
    assert pd.isna(last["value"])
    assert last["text"] == "n zu klein"
    assert "0,9" not in json.dumps(last.to_dict(), default=str)


def test_ten_to_twenty_nine_is_grey() -> None:
    rows = dots.score_rows(PILLARS.assign(n=[10, 29, 30, 9]), "pillar").set_index("key")
    assert list(rows.loc[["emotion", "trust", "resolution", "control"], "meaning"]) == [
        "uncertain",
        "uncertain",
        "negative",
        "withheld",
    ]


def test_names_and_numbers_are_german() -> None:
    row = dots.score_rows(PILLARS, "pillar").iloc[0]
    assert (row["name"], row["text"], row["bounds"]) == ("Emotionen", "+0,40", "+0,30\u00a0…\u00a0+0,50")
    assert row["note"] == "40\u00a0% der Texte · n = 200"


def test_a_score_axis_begins_at_zero_or_left_of_the_lowest_interval_with_room_for_its_number() -> None:
    rows = dots.score_rows(PILLARS, "pillar")
    assert (rows["start"] < rows["low"].min()).all()
    praised = dots.score_rows(PILLARS[PILLARS["low"] > 0], "pillar")
    assert (praised["start"] == 0).all()


def test_a_driver_that_is_not_real_is_muted_and_says_so() -> None:
    rows = dots.driver_rows(DRIVERS).set_index("key")
    assert rows.loc["control", "meaning"] == "uncertain"
    assert "nicht gesichert" in rows.loc["control", "note"]
    assert "Effekt" not in rows.loc["control", "note"]


def test_a_real_driver_shows_sign_and_rank_in_words() -> None:
    rows = dots.driver_rows(DRIVERS).set_index("key")
    assert rows.loc["resolution", "note"] == "Rang 1 · Effekt +23,4"
    assert rows.loc["trust", "note"] == "Rang 2 · Effekt −4,25, gegenläufig"
    assert rows.loc["trust", "meaning"] == "negative"


def test_months_without_feedback_and_below_ten_are_gaps() -> None:
    rows = trend.rows(MONTHS, "nps")
    assert list(rows["month"].dt.month) == [1, 2, 3, 4, 5]
    assert list(rows["value"].isna()) == [False, False, True, True, False]
    assert rows["meaning"].iloc[-1] == "uncertain"


def test_a_point_without_a_neighbour_shows_its_interval_by_itself() -> None:
    points = pd.Series([1.0, None, 2.0, 3.0, None, None, 4.0])
    assert theme.alone(points).tolist() == [True, False, False, False, False, False, True]
    assert list(trend.rows(MONTHS, "nps")["alone"]) == [False, False, False, False, True]
    [lone] = [layer for layer in compiled.spec("kpi_trend", "light", "nps")["layer"] if "alone" in json.dumps(layer)]
    assert {"low", "high"} <= _fields(lone)


def test_nothing_at_all_gives_empty_rows() -> None:
    assert trend.rows(MONTHS.head(0), "nps").empty
    assert dots.score_rows(PILLARS.head(0), "pillar").empty
    assert dots.driver_rows(DRIVERS.head(0)).empty
    assert quadrants.rows(DRIVERS.head(0)).empty


def test_a_sparkline_breaks_where_n_is_too_small_and_stays_in_its_box() -> None:
    paths = trend.sparkline(MONTHS)
    assert len(paths) == 2
    points = [pair.split(",") for path in paths for pair in path.removeprefix("M").split(" L")]
    assert all(0 <= float(x) <= trend.SPARK_WIDTH and 0 <= float(y) <= trend.SPARK_HEIGHT for x, y in points)
    assert trend.sparkline(MONTHS.head(1)) == ()


def test_a_quadrant_is_named_only_where_both_intervals_clear_their_line() -> None:
    assert quadrants.quadrant((-0.4, -0.2), (15, 25), 0, 10) == ("zuerst verbessern", theme.Meaning.NEGATIVE)
    assert quadrants.quadrant((0.2, 0.4), (15, 25), 0, 10) == ("halten", theme.Meaning.POSITIVE)
    assert quadrants.quadrant((0.2, 0.4), (1, 5), 0, 10) == ("beobachten", theme.Meaning.NEUTRAL)
    assert quadrants.quadrant((-0.4, 0.1), (15, 25), 0, 10) == ("", theme.Meaning.UNCERTAIN)
    assert quadrants.quadrant((-0.4, -0.2), (9, 25), 0, 10) == ("", theme.Meaning.UNCERTAIN)


def test_the_crosshair_stands_where_it_was_chosen() -> None:
    assert set(quadrants.rows(DRIVERS, "middle")["x_line"]) == {0.0}
    assert quadrants.rows(DRIVERS, "mean")["x_line"].iloc[0] == pytest.approx(-0.03)


def test_names_on_the_map_do_not_cover_each_other() -> None:
    close = DRIVERS.assign(performance=[0.1, 0.11, 0.12], importance=[0.05, 0.051, 0.049])
    close = close.assign(performance_low=0.05, performance_high=0.15, low=0.04, high=0.06)
    assert quadrants.rows(close)["place"].nunique() == 3


def test_names_on_the_map_keep_off_the_crosshair_where_they_can() -> None:
    near = DRIVERS.assign(performance=[0.01, -0.01, 0.3], importance=[0.2, 0.115, 0.05])
    found = quadrants.rows(near.assign(performance_low=-0.4, performance_high=0.4))
    points, lines = quadrants._pixels(found, quadrants.WIDTH)
    for place, point, name in zip(found["place"], points, found["name"], strict=True):
        box = quadrants._box(place, *point, quadrants.LETTER * len(name), quadrants.LINE)
        assert not quadrants._covered(box, lines), name


def test_two_values_get_the_decimals_that_tell_them_apart() -> None:
    assert words.pair("nps", 32.1, 32.4) == ("+32,1", "+32,4")
    assert words.pair("nps", 20.0, 5.8) == ("+20", "+6")
    assert words.pair("csat", 80.04, 80.01) == ("80,04\u00a0%", "80,01\u00a0%")
    assert words.pair("rating", 4.00001, 4.00002) == ("4,0", "4,0")


def test_a_long_name_of_a_row_breaks_on_a_phone() -> None:
    axis = json.dumps(compiled.spec("touchpoint_cells", "light"))
    assert "split(replace(datum.label" in axis and "containerSize()[0] < 460" in axis


def test_light_and_dark_have_their_own_colours_and_unknown_means_light() -> None:
    assert theme.palette("dark") != theme.palette("light")
    assert theme.palette("sepia") == theme.palette("light")
    assert "#FB923C" in json.dumps(compiled.spec("pillars", "dark"))


def test_questions_that_begin_alike_are_told_apart_by_what_differs() -> None:
    asked = pd.Series(["Wie zufrieden sind Sie mit der Beratung?", "Wie zufrieden sind Sie mit dem Preis?"])
    assert list(words.told_apart(asked)) == ["… der Beratung?", "… dem Preis?"]
    for names in (["Lösung"], ["Preis und Leistung", "Preis"], ["Wie war es", "Wie war es"], []):
        assert list(words.told_apart(pd.Series(names, dtype=object))) == names


@pytest.mark.parametrize(
    "name", ["pillars", "drivers", "driver_effects", "driver_sides", "journey", "change_split", "wording"]
)
def test_what_stands_right_of_the_marks_has_room_at_every_width(name: str) -> None:
    edges = [layer["encoding"].get("x2") for layer in compiled.spec(name, "light", SHAPES.get(name, ""))["layer"]]
    assert {"value": {"expr": f"width + ({theme.LABEL_ROOM})"}} in edges


def test_a_long_value_far_on_the_right_keeps_its_own_room() -> None:
    texts = [layer for layer in compiled.spec("drivers", "light")["layer"] if layer["encoding"].get("text")]
    hidden = next(layer for layer in texts if layer["mark"].get("opacity") == 0)
    assert hidden["encoding"]["x"] == {"value": {"expr": "width"}}
    assert hidden["encoding"]["text"]["field"] == "text"


@pytest.mark.parametrize("name", ["pillars", "drivers", "journey"])
def test_an_axis_has_no_more_numbers_than_have_room(name: str) -> None:
    spec = json.dumps(compiled.spec(name, "light"))
    assert f'"tickCount": {{"expr": "clamp(floor(width / {theme.TICK_ROOM}), 2, 5)"}}' in spec
