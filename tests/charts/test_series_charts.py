"""A measure over time as a chart: what is drawn, what is withheld, what is marked."""

import pandas as pd
import pytest

import cx.charts
from cx.charts import compiled, series
from cx.charts.theme import Meaning
from cx.model.step import Step

NO_BANDS = pd.DataFrame({"start": [], "stop": []}, dtype="datetime64[ns]")


def points(n: list[int], outside: int = -1) -> pd.DataFrame:
    rows = [
        (
            pd.Timestamp(2026, place + 1, 1),
            10.0 + place,
            5.0,
            20.0,
            size,
            12.0,
            *((2.0, 22.0) if size >= 30 else (None, None)),
            place == outside,
        )
        for place, size in enumerate(n)
    ]
    names = ["start", "value", "low", "high", "n", "centre", "limit_low", "limit_high", "outside"]
    return pd.DataFrame(rows, columns=names)


def test_small_intervals_are_withheld_or_grey_and_unusual_ones_coloured() -> None:
    rows = series.rows(points([9, 10, 29, 30, 400], outside=4), "nps", Step.MONTH, NO_BANDS)
    assert rows["value"].isna().tolist() == [True, False, False, False, False]
    assert rows["text"].iloc[0] == "n zu klein"
    assert rows["meaning"].tolist()[1:] == [Meaning.UNCERTAIN, Meaning.UNCERTAIN, Meaning.NEUTRAL, Meaning.POSITIVE]
    assert rows["outside"].tolist() == [False] * 4 + [True]


def test_single_pieces_of_limits_are_not_drawn_unless_a_point_lies_outside() -> None:
    few = [12, 12, 12, 40]
    assert series.rows(points(few), "nps", Step.MONTH, NO_BANDS)["limit_low"].isna().all()
    assert series.rows(points(few, outside=3), "nps", Step.MONTH, NO_BANDS)["limit_low"].notna().sum() == 1


def test_each_shift_is_one_band() -> None:
    bands = pd.DataFrame({"start": pd.to_datetime(["2026-02-01"]), "stop": pd.to_datetime(["2026-03-01"])})
    rows = series.rows(points([50] * 5), "nps", Step.MONTH, bands)
    assert rows["band_start"].notna().sum() == 1
    assert rows.columns.tolist() == series.COLUMNS


@pytest.mark.parametrize("step", Step)
def test_an_interval_is_named_as_people_say_it(step: Step) -> None:
    names = {Step.DAY: "03.08.2026", Step.WEEK: "Woche ab 03.08.2026", Step.MONTH: "August 2026"}
    assert series.interval_name(pd.Timestamp("2026-08-03"), step) == names[step]


@pytest.mark.parametrize(
    ("measure", "shape"), [("nps", "nps//month"), ("ces", "ces/2.0/week"), ("trust", "trust//day")]
)
def test_the_app_draws_what_a_notebook_draws(measure: str, shape: str) -> None:
    step = shape.split("/")[2]
    spec = compiled.spec("series", "light", shape)
    chart = cx.charts.over_time(points([50] * 5), NO_BANDS, measure, step).to_dict()
    assert [layer["mark"]["type"] for layer in spec["layer"]] == [layer["mark"]["type"] for layer in chart["layer"]]
    [pick] = [parameter for layer in spec["layer"] for parameter in layer.get("params", [])] or spec["params"]
    assert pick["name"] == series.PICK


def test_a_level_goes_on_through_a_gap_but_not_into_another_level() -> None:
    levels = pd.Series([None, 2.0, None, 2.0, None, 3.0, None])
    assert series.bridged(levels).fillna(0).tolist() == [0, 2, 2, 2, 0, 3, 0]
