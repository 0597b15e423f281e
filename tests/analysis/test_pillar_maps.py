"""Pillars by channel and month, touchpoints crossed and along the journey: a second implementation, and what must hold."""

import numpy as np
import pandas as pd
import pytest
from mentions import means, paired, random_workspace
from scipy import stats

from cx.errors import AskError
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.stats.comparison import benjamini_hochberg

SEEDS = range(3)


def check_contrast(row: pd.Series, inside: list[float], rest: list[float]) -> None:
    """A cell against Welch's interval and the larger p of Welch's and Student's test on the single values."""
    assert (row["n"], row["n_rest"]) == (len(inside), len(rest))
    assert row["value"] == pytest.approx(np.mean(inside))
    if min(len(inside), len(rest)) < 2:
        return
    welch = stats.ttest_ind(inside, rest, equal_var=False)
    bounds = welch.confidence_interval(0.95)
    assert row["rest"] == pytest.approx(np.mean(rest))
    assert [row["difference_low"], row["difference_high"]] == pytest.approx([bounds.low, bounds.high])
    tested = min(len(inside), len(rest)) >= 30
    assert np.isnan(row["p"]) != tested
    student = stats.ttest_ind(inside, rest)
    assert not tested or row["p"] == pytest.approx(max(welch.pvalue, student.pvalue))


@pytest.mark.parametrize("seed", SEEDS)
def test_pillars_of_channels_and_months_stand_against_the_rest_of_the_pillar(seed: int) -> None:
    workspace, feedback, _mentions = random_workspace(seed)
    found = workspace.pillar_map()
    months = feedback["submitted_at"].dt.to_period("M").dt.to_timestamp()
    for frame, parts in ((found.channels, feedback["channel"]), (found.months, months)):
        assert len(frame) == sum(feedback.loc[parts.notna(), p].groupby(parts).count().gt(0).sum() for p in PILLARS)
        for _place, row in frame.iterrows():
            scores = feedback[row["pillar"]]
            here = parts == row["part"]
            check_contrast(row, list(scores[here].dropna()), list(scores[~here].dropna()))


PILLARS = taxonomy.pillar_keys()


def test_tests_of_channels_and_months_are_controlled_together() -> None:
    workspace, _feedback, _mentions = random_workspace(1)
    found = workspace.pillar_map()
    together = benjamini_hochberg(pd.concat([found.channels["p"], found.months["p"]]))
    assert list(pd.concat([found.channels["real"], found.months["real"]])) == list(together)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pillar_at_a_touchpoint_is_its_mentions_in_statements_that_name_both(seed: int) -> None:
    workspace, feedback, mentions = random_workspace(seed)
    pairs = paired(mentions)
    wanted = means(pairs, ["touchpoint", "pillar"])
    cells = workspace.touchpoint_map().cells.rename(columns={"part": "pillar"}).set_index(["touchpoint", "pillar"])
    assert set(cells.index) == set(wanted.index)
    scores = feedback.set_index("id")
    for key, row in cells.iterrows():
        here = pairs[(pairs["touchpoint"] == key[0]) & (pairs["pillar"] == key[1])]
        inside = list(here.groupby("feedback")["polarity"].mean())
        check_contrast(row, inside, list(scores[key[1]].drop(here["feedback"].unique()).dropna()))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_touchpoint_in_a_channel_stands_against_the_others(seed: int) -> None:
    workspace, feedback, mentions = random_workspace(seed)
    places = mentions[mentions["dimension"] == "touchpoint"]
    scores = places.groupby(["aspect", "feedback"])["polarity"].mean()
    channels = feedback.set_index("id")["channel"]
    for _place, row in workspace.touchpoint_map(across="channels").cells.iterrows():
        here = scores[row["touchpoint"]]
        inside = channels[here.index] == row["part"]
        check_contrast(row, list(here[inside.to_numpy()]), list(here[~inside.to_numpy()]))


@pytest.mark.parametrize("seed", SEEDS)
def test_phases_and_touchpoints_come_in_the_order_of_the_journey(seed: int) -> None:
    workspace, feedback, mentions = random_workspace(seed)
    found = workspace.touchpoint_map()
    model = taxonomy.load()
    places = mentions[mentions["dimension"] == "touchpoint"]
    phase = places["aspect"].map({point.key: point.phase for point in model.touchpoints})
    for frame, keys, order in (
        (found.phases, phase, [each.key for each in model.phases]),
        (found.touchpoints, places["aspect"], list(taxonomy.touchpoint_keys())),
    ):
        wanted = means(places.assign(key=keys), ["key"])
        assert list(frame["key"]) == [key for key in order if key in wanted.index]
        pd.testing.assert_series_equal(frame.set_index("key")["value"].sort_index(), wanted["value"])
        assert (frame["base"] == len(feedback)).all()
        assert list(frame["share"]) == pytest.approx(list(frame["n"] / len(feedback)))
    touchpoints = workspace.touchpoints().set_index("touchpoint")
    assert dict(found.touchpoints.set_index("key")["value"]) == pytest.approx(dict(touchpoints["value"]))


def test_a_selection_narrows_every_map() -> None:
    workspace, feedback, _mentions = random_workspace(2)
    app = Filter(channels=("App",))
    found = workspace.pillar_map(app)
    assert set(found.channels["part"]) == {"App"}
    assert (found.channels["n_rest"] == 0).all()
    assert not found.channels["real"].any()
    assert (workspace.touchpoint_map(app).phases["base"] == (feedback["channel"] == "App").sum()).all()


def test_nothing_selected_gives_empty_frames() -> None:
    workspace, _feedback, _mentions = random_workspace(2, 20)
    nothing = Filter(channels=("Brieftaube",))
    for across in ("pillars", "channels"):
        found = workspace.touchpoint_map(nothing, across)
        assert found.cells.empty
        assert found.phases.empty
    assert workspace.pillar_map(nothing).months.empty


def test_an_unknown_crossing_is_refused() -> None:
    workspace, _feedback, _mentions = random_workspace(0, 5)
    with pytest.raises(AskError, match="pillars, channels"):
        workspace.touchpoint_map(across="weather")
