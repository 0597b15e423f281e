"""What is added up from the sums by month and channel, against asking for each period, month and channel by itself."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import cx
from cx import Filter
from cx.analysis import overview
from cx.model.period import end_of_month

CHANNELS = ("App", "Telefon", "")
TEXTS = ("Das Paket kam nie an.", "Die Lieferung war schnell und der Service freundlich.", "", "The parcel never came.")
SELECTIONS = (Filter(), Filter(channels=("App",)), Filter(start=date(2026, 2, 10)), Filter(rating_min=2.0))


@pytest.fixture(scope="module")
def workspace() -> cx.Workspace:
    opened = cx.open()
    rows = [
        f"{'' if n % 17 == 0 else f'{1 + n % 28:02}.{1 + n % 8:02}.2026'};{CHANNELS[n % 3]};{n * 7 % 11};{1 + n * 3 % 5};{TEXTS[n * 5 % 4]}"
        for n in range(400)
    ]
    opened.import_file("\n".join(["Datum;Kanal;NPS;Sterne;Kommentar", *rows]).encode(), name="a.csv")
    return opened


def values(frame: pd.DataFrame, key: str) -> dict[str, float]:
    return {row[key]: pytest.approx(row["value"], nan_ok=True) for row in frame.to_dict("records")}


@pytest.mark.parametrize("selection", SELECTIONS)
def test_a_change_is_that_between_two_levels(workspace: cx.Workspace, selection: Filter) -> None:
    found = workspace.kpis(selection).set_index("kpi")
    now, before = (workspace.levels(part).set_index("kpi") for part in workspace.compared(selection))
    pd.testing.assert_series_equal(found["before"], before["value"], check_names=False)
    assert found["n_before"].to_dict() == before["n"].to_dict()
    pd.testing.assert_series_equal(found["change"], now["value"] - before["value"], check_names=False)


@pytest.mark.parametrize("selection", SELECTIONS[:2])
def test_a_month_is_what_the_selection_of_this_month_says(workspace: cx.Workspace, selection: Filter) -> None:
    course = workspace.trends(selection)
    for month, rows in course.groupby("month"):
        alone = replace(selection, start=month.date(), end=end_of_month(month.date()))
        assert values(rows, "kpi") == values(workspace.levels(alone), "kpi")
    assert len(course["month"].unique()) == 8


def test_a_channel_is_what_the_selection_of_this_channel_says(workspace: cx.Workspace) -> None:
    found = workspace.channels()
    assert set(found["channel"]) == {"App", "Telefon"}
    for channel, rows in found.groupby("channel"):
        assert values(rows, "kpi") == values(workspace.levels(Filter(channels=(channel,))), "kpi")


@pytest.mark.parametrize("selection", SELECTIONS)
def test_answers_are_the_n_of_the_levels(workspace: cx.Workspace, selection: Filter) -> None:
    answers, levels = workspace.answers(selection), workspace.levels(selection)
    assert answers[["kpi", "n", "variant"]].to_dict("list") == levels[["kpi", "n", "variant"]].to_dict("list")


def test_a_channel_that_one_period_lacks_does_not_change() -> None:
    opened = cx.open()
    rows = [
        f"15.{month:02}.2026;{channel};{n % 11}"
        for month in range(1, 7)
        for channel in ("App", "Telefon" if month < 4 else "Filiale")
        for n in range(20)
    ]
    rows += [f"30.06.2026;App;{n % 11}" for n in range(20)]
    opened.import_file("\n".join(["Datum;Kanal;NPS", *rows]).encode(), name="a.csv")
    assert set(overview.changes(opened._store, Filter())["part"]) == {"", "App"}
