"""The chart of an answer: what its columns are, what is drawn."""

from datetime import date, datetime

import pandas as pd
import pytest

import cx
from cx.charts import compiled, result
from cx.charts.result import CATEGORIES, Kind, Mark

FRAME = pd.DataFrame(
    {
        "channel": ["App", "Web", None],
        "day": [date(2026, 1, 1), date(2026, 2, 1), None],
        "at": [datetime(2026, 1, 1, 12), datetime(2026, 2, 1), None],
        "n": [10, 20, 30],
        "nps": [1.5, None, -3.0],
        "good": [True, False, True],
        "words": [["a"], ["b"], []],
        "none": [None, None, None],
    }
)


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("channel", Kind.NAME),
        ("day", Kind.TIME),
        ("at", Kind.TIME),
        ("n", Kind.NUMBER),
        ("nps", Kind.NUMBER),
        ("good", Kind.NAME),
        ("words", Kind.NAME),
        ("none", Kind.NAME),
    ],
)
def test_a_column_is_times_numbers_or_names(column: str, kind: Kind) -> None:
    assert result.kind(FRAME[column]) == kind


def test_only_numbers_are_values() -> None:
    assert result.numbers(FRAME) == ["n", "nps"]


def test_rows_without_a_value_are_left_out_and_numbers_are_german() -> None:
    rows = result.rows(FRAME, "channel", "nps")
    assert rows["x"].tolist() == ["App", "–"]
    assert rows["text"].tolist() == ["1,500", "−3"]
    assert result.rows(FRAME, "day", "n")["name"].tolist() == ["01.01.2026", "01.02.2026"]


def test_more_names_than_a_chart_can_hold_are_cut() -> None:
    many = pd.DataFrame({"name": [f"x{n}" for n in range(200)], "n": range(200)})
    assert len(result.rows(many, "name", "n")) == CATEGORIES


def test_times_are_a_line_and_names_never() -> None:
    assert result.marks(FRAME["day"])[0] == Mark.LINE
    assert Mark.LINE not in result.marks(FRAME["channel"])


@pytest.mark.parametrize("mark", list(Mark))
@pytest.mark.parametrize("x", ["channel", "day", "n"])
def test_every_shape_is_drawn_and_compiled(x: str, mark: str) -> None:
    drawn = cx.charts.answer(FRAME, x, "n", mark).to_dict()
    wanted = {"dot": ["point"], "line": ["line", "point"], "bar": ["bar"]}[mark]
    assert [layer["mark"]["type"] for layer in drawn["layer"]] == wanted
    assert "data" not in compiled.spec("result", "light", result.form(FRAME[x], mark))


def test_names_stand_on_the_left_in_the_order_of_the_answer() -> None:
    drawn = cx.charts.answer(FRAME, "channel", "n").to_dict()
    assert drawn["layer"][0]["encoding"]["y"]["field"] == "x"
    assert drawn["layer"][0]["encoding"]["y"]["sort"] is None


def test_bars_begin_at_zero_and_dots_need_not() -> None:
    scale = {
        mark: cx.charts.answer(FRAME, "channel", "n", mark).to_dict()["layer"][0]["encoding"]["x"]["scale"]
        for mark in ("bar", "dot")
    }
    assert scale["bar"]["zero"] is True
    assert scale["dot"]["zero"] is False
