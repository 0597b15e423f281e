"""Lenses: every pair in its group, a second implementation, and the mismatches of surface and whole."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from mentions import means, paired, random_workspace
from scipy import stats

import cx
from cx.analysis import lenses
from cx.analysis.lenses import Mismatch
from cx.errors import AskError
from cx.model import taxonomy
from cx.model.filter import Filter
from cx.model.taxonomy import LensKey

SEEDS = range(3)


def pairs_of(mentions: pd.DataFrame, key: str) -> pd.DataFrame:
    """The pairs of every statement, "" where it names none of one side, with their group in a lens."""
    assigned = {pair[:2]: pair.group for pair in taxonomy.load().lens(key).pairs}
    pairs = paired(mentions, "outer")
    pairs["group"] = [assigned[pair] for pair in zip(pairs["pillar"], pairs["touchpoint"], strict=True)]
    return pairs


@pytest.mark.parametrize("key", ["modules", "value"])
@pytest.mark.parametrize("seed", SEEDS)
def test_groups_of_pairs_are_means_over_the_pairs_of_each_feedback(seed: int, key: str) -> None:
    workspace, feedback, mentions = random_workspace(seed)
    pairs = pairs_of(mentions, key)
    wanted = means(pairs, ["group"])
    found = workspace.lens(key).groups.set_index("group").sort_index()
    assert dict(found["n"]) == dict(wanted["n"])
    assert dict(found["value"]) == pytest.approx(dict(wanted["value"]))
    reach = stats.t.ppf(0.975, wanted["n"] - 1) * wanted["deviation"] / np.sqrt(wanted["n"])
    assert list(found["high"]) == pytest.approx(list(wanted["value"] + reach))
    assert (found["base"] == len(feedback)).all()


@pytest.mark.parametrize("key", ["modules", "value"])
def test_a_group_leads_to_the_feedback_that_names_one_of_its_pairs_with_that_label(key: str) -> None:
    workspace, _feedback, mentions = random_workspace(1)
    pairs = pairs_of(mentions, key)
    negative = pairs[pairs["polarity"] < 0]
    assert negative["group"].ne("").any()
    for group, wanted in negative[negative["group"] != ""].groupby("group"):
        selection = replace(lenses.leading(Filter(), key, group), labels=("negative",))
        assert workspace.extent(selection)["with_text"] == wanted["feedback"].nunique()
        assert workspace.lens(key, selection).groups.set_index("group").loc[group, "n"] == wanted["feedback"].nunique()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gap_is_perception_minus_expectation_on_overlapping_feedback(seed: int) -> None:
    workspace, _feedback, mentions = random_workspace(seed)
    pairs = pairs_of(mentions, "value")
    scores = pairs.groupby(["feedback", "group"])["polarity"].mean().unstack()
    [row] = workspace.lens("value").difference.to_dict("records")
    both = scores[["perception", "expectation"]].dropna()
    assert row["n"] == len(both)
    assert row["value"] == pytest.approx(scores["perception"].mean() - scores["expectation"].mean())
    a, b = scores["perception"].dropna(), scores["expectation"].dropna()
    r = np.corrcoef(both["perception"], both["expectation"])[0, 1]
    shared = 2 * r * a.std() * b.std() * len(both) / (len(a) * len(b))
    error = np.sqrt(a.var() / len(a) + b.var() / len(b) - shared)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.97 * error, rel=0.02)
    assert row["low"] < row["value"] < row["high"]


@pytest.mark.parametrize("key", ["stages", "four_c", "ux"])
@pytest.mark.parametrize("seed", SEEDS)
def test_groups_of_touchpoints_are_means_over_their_mentions(seed: int, key: str) -> None:
    workspace, feedback, mentions = random_workspace(seed)
    model = taxonomy.load()
    places = mentions[mentions["dimension"] == "touchpoint"].copy()
    point = places["aspect"].map(model.aspect)
    places["part"] = places["feedback"].map(feedback.set_index("id")["channel"]) if key == "ux" else ""
    groups = {
        "stages": [point.map(lambda t: model.phase(t.phase).stage)],
        "four_c": [point.map(lambda t: f"{t.four_c}|"), point.map(lambda t: f"{t.four_c}|{t.control}")],
        "ux": [point.map(lambda t: "surface" if t.ux else None), point.map(lambda t: "whole")],
    }[key]
    members = pd.concat([places.assign(group=group) for group in groups])
    wanted = means(members.dropna(subset=["part", "group"]), ["part", "group"])
    found = workspace.lens(key).groups.set_index(["part", "group"]).sort_index()
    assert dict(found["n"]) == dict(wanted["n"])
    assert dict(found["value"]) == pytest.approx(dict(wanted["value"]))


def test_surface_against_whole_is_the_difference_of_the_two_rows() -> None:
    workspace, _feedback, _mentions = random_workspace(4)
    found = workspace.lens("ux")
    levels = found.groups.set_index(["part", "group"])["value"].unstack()
    for row in found.difference.to_dict("records"):
        assert row["value"] == pytest.approx(levels.loc[row["part"], "surface"] - levels.loc[row["part"], "whole"])


def said(surface: str, rest: str) -> cx.workspace.Workspace:
    """Sixty feedbacks that judge the app, 140 that judge something else, in one channel."""
    workspace = cx.open()
    lines = [f"{surface} Nummer {n}." for n in range(60)] + [f"{rest} Nummer {n}." for n in range(140)]
    workspace.import_file("\n".join(["Kommentar;Kanal", *(f"{line};App" for line in lines)]).encode(), name="a.csv")
    return workspace


def test_a_good_surface_over_a_weak_whole_is_named_and_the_reverse() -> None:
    good = said(
        "Die App ist super übersichtlich.",
        "Die Lieferung kam viel zu spät und das Personal war furchtbar unfreundlich.",
    )
    weak = said("Die App stürzt ständig ab.", "Die Lieferung kam pünktlich und das Personal war wunderbar freundlich.")
    assert list(good.lens("ux").difference["mismatch"]) == [Mismatch.GOOD_SURFACE]
    assert list(weak.lens("ux").difference["mismatch"]) == [Mismatch.WEAK_SURFACE]


def test_no_mismatch_is_named_without_a_real_difference() -> None:
    for seed in range(5):
        workspace, _feedback, _mentions = random_workspace(seed)
        found = workspace.lens("ux").difference
        unreal = found.loc[~found["real"], "mismatch"]
        assert len(unreal) and set(unreal) == {""}


def test_a_group_leads_to_the_voices_of_its_touchpoints() -> None:
    chosen = lenses.leading(Filter(channels=("App",)), LensKey.STAGES, "during")
    assert chosen.channels == ("App",)
    assert set(chosen.touchpoints) == {t.key for t in taxonomy.load().touchpoints if t.phase == "buy"}


def test_an_unknown_lens_is_refused() -> None:
    with pytest.raises(AskError, match="modules"):
        cx.open().lens("kaleidoscope")


@pytest.mark.parametrize("key", list(LensKey))
def test_a_lens_over_nothing_is_empty(key: str) -> None:
    found = cx.open().lens(key)
    assert found.groups.empty
    assert found.difference.empty
