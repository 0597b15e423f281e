"""Segments beside each other, spread between channels, a change in steps: the rows that are drawn, and the specs."""

import pandas as pd
import pytest
from pytest import approx

from cx import charts
from cx.charts import consistency, segments, waterfall
from cx.report import segment_tables

CELL = {
    "segment": "App", "measure": "nps", "value": 20.0, "low": 10.0, "high": 30.0, "n": 200, "share": float("nan"), "base": 200, "other": 40.0,
    "n_other": 300, "change": -20.0, "change_low": -30.0, "change_high": -10.0, "p": 0.0001, "whole": 32.0, "variant": "2.0", "by": "channel",
    "real": True,
}  # fmt: skip


def cells(*changed: dict) -> pd.DataFrame:
    return pd.DataFrame([CELL | change for change in changed])


def test_a_real_difference_has_arrow_and_colour_and_others_have_none() -> None:
    rows = segments.rows(cells({}, {"segment": "Web", "real": False}), "kpis")
    assert rows["text"].tolist() == ["▼\u2009+20", "+20"]
    assert rows["meaning"].tolist() == ["negative", "neutral"]
    assert rows["verdict"].tolist() == ["gesichert", "nicht gesichert"]
    assert rows["against"].iloc[0] == "−20,0 (−30,0\u00a0…\u00a0−10,0), dort n = 300"


def test_where_low_is_good_a_lower_value_is_the_better_one() -> None:
    rows = segments.rows(cells({"measure": "ces", "variant": "1.0"}, {"measure": "ces", "segment": "Web"}), "kpis")
    assert rows["meaning"].tolist() == ["positive", "negative"]


def test_small_cells_are_withheld_or_grey_and_say_so() -> None:
    frame = cells(
        {"n": 9, "real": False}, {"segment": "Web", "n": 29, "real": False}, {"segment": "X", "n": 0, "real": False}
    )
    rows = segments.rows(frame, "kpis")
    assert rows["meaning"].tolist() == ["withheld", "uncertain", "withheld"]
    assert rows["text"].tolist() == ["", "+20", "–"]
    assert rows["bounds"].iloc[0] == "n zu klein"
    assert rows["verdict"].iloc[1] == "n zu klein für einen Vergleich"


def test_places_keep_the_order_of_values_and_stay_in_their_column() -> None:
    frame = cells({}, {"segment": "Web", "value": 55.0, "low": 50.0, "high": 60.0}, {"measure": "csat"})
    rows = segments.rows(frame, "kpis")
    assert rows.loc[0, "low"] < rows.loc[0, "value"] < rows.loc[0, "high"] < rows.loc[1, "low"]
    for row in rows.to_dict("records"):
        assert row["left"] <= row["low"] <= row["high"] <= row["right"]
    assert rows.loc[0, "whole"] == approx(segments.EDGE / 2 + (1 - 2 * segments.EDGE) / 2 * (32 - 10) / (60 - 10))


def test_pillars_share_one_scale_that_holds_zero() -> None:
    part = {"share": 0.2, "value": 0.3, "low": 0.2, "high": 0.4, "whole": 0.3}
    frame = cells(part | {"measure": "trust"}, part | {"measure": "effort", "value": 0.1, "low": 0.05, "high": 0.15})
    rows = segments.rows(frame, "pillars").set_index("measure")
    inside = (rows["value"] - rows["left"]) / (rows["right"] - rows["left"])
    assert inside["effort"] < inside["trust"]
    assert inside["effort"] > segments.EDGE
    assert rows.loc["trust", "base"] == "200 (20\u00a0% der Texte)"


@pytest.mark.parametrize(
    ("by", "key", "name"),
    [("month", "2026-03-01", "März 2026"), ("quarter", "2026-10-01", "4. Quartal 2026"), ("year", "2026-01-01", "2026"),
     ("channel", "2026-01-01", "2026-01-01")],
)  # fmt: skip
def test_periods_have_names(by: str, key: str, name: str) -> None:
    assert segments.segment_name(by, key) == name


def test_spread_is_ranked_and_one_channel_is_withheld() -> None:
    frame = pd.DataFrame(
        {"pillar": ["trust", "effort", "control"], "value": [0.1, 0.2, float("nan")], "low": [0.0, 0.1, float("nan")],
         "high": [0.2, 0.4, float("nan")], "i_squared": [0.2, 0.9, float("nan")], "channels": [4, 4, 1], "n": [90, 90, 40],
         "real": [False, True, False]}
    )  # fmt: skip
    rows = consistency.rows(frame)
    assert rows["key"].tolist() == ["effort", "trust", "control"]
    assert rows["meaning"].tolist() == ["negative", "neutral", "withheld"]
    assert rows["note"].iloc[0] == "je nach Kanal verschieden · I² 90\u00a0%"


PARTS = pd.DataFrame(
    [
        ("before", None, 100, 0, 30.0, 20.0, 40.0, False), ("mix", "App", 50, 40, 2.0, 1.0, 3.0, False), ("mix", "", 4, 9, -1.0, -2.0, 0.0, False),
        ("mix", None, 100, 100, 1.0, 0.0, 2.0, False), ("level", "App", 50, 40, -9.0, -12.0, -6.0, True), ("level", "", 4, 9, 1.0, -3.0, 5.0, False),
        ("level", None, 100, 100, -8.0, -12.0, -4.0, True), ("change", None, 100, 100, -7.0, -12.0, -2.0, False),
        ("now", None, 100, 0, 23.0, 13.0, 33.0, False),
    ],
    columns=["kind", "channel", "n", "n_before", "value", "low", "high", "real"],
)  # fmt: skip


def test_every_step_starts_where_the_last_one_ended() -> None:
    enough = PARTS.assign(n=PARTS["n"].clip(lower=10), n_before=PARTS["n_before"].clip(lower=10))
    rows = waterfall.rows(enough, "nps")
    assert rows["name"].tolist() == [
        "davor", "Mischung: App", "Mischung: übrige Kanäle", "Niveau: App", "Niveau: übrige Kanäle", "jetzt",
    ]  # fmt: skip
    assert rows["start"].iloc[1:5].tolist() == rows["stop"].iloc[:4].tolist() == [30, 32, 31, 22]
    assert rows["stop"].iloc[-2:].tolist() == [23, 23]
    assert rows["meaning"].tolist() == ["neutral", "uncertain", "uncertain", "negative", "uncertain", "neutral"]
    assert rows["text"].tolist() == ["+30", "+2,0", "−1,0", "−9,0", "+1,0", "+23"]


def test_channels_with_too_few_answers_are_one_step_without_a_bar_or_a_number() -> None:
    rows = waterfall.rows(PARTS, "nps").set_index("name")
    assert rows.index.tolist() == ["davor", "Mischung: App", "Niveau: App", "übrige Kanäle", "jetzt"]
    assert rows["start"].iloc[1:3].tolist() == rows["stop"].iloc[:2].tolist() == [30, 32]
    withheld = rows.loc["übrige Kanäle"]
    assert withheld[["stop", "low", "high"]].isna().all()
    assert (withheld["text"], withheld["bounds"], withheld["base"], withheld["meaning"]) == (
        "n zu klein", "", "9 → 4", "withheld",
    )  # fmt: skip
    assert withheld["right"] == rows.loc["Niveau: App", "stop"]
    assert segment_tables.split(PARTS, "nps").data.iloc[3].tolist() == ["übrige Kanäle", "n zu klein", "", "9 → 4", ""]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_charts_are_complete_specs(theme: str) -> None:
    spread = pd.DataFrame(
        [("trust", 0.1, 0.0, 0.2, 0.2, 4, 90, False)],
        columns=["pillar", "value", "low", "high", "i_squared", "channels", "n", "real"],
    )
    for chart in (
        charts.segment_differences(cells({}, {"segment": "Web"}), "kpis", theme),
        charts.channel_consistency(spread, theme),
        charts.change_split(PARTS, "nps", theme=theme),
    ):
        spec = chart.to_dict()
        assert spec["layer"]
        assert spec["datasets"]


def test_measures_that_nobody_answered_have_no_column() -> None:
    rows = segments.rows(cells({}, {"measure": "csat", "n": 0, "real": False}), "kpis")
    assert set(rows["measure"]) == {"nps"}
    assert segments.rows(cells({"n": 0, "real": False}), "kpis").empty
