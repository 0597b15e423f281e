"""Quality on what is labelled by hand: the split that nothing is learned from, the challenge set, stars."""

import pandas as pd
import pytest

from cx.text import corpus, quality


@pytest.fixture(scope="module")
def read() -> pd.DataFrame:
    return quality.held_out()


def test_only_the_test_split_is_measured(read: pd.DataFrame) -> None:
    assert all(map(corpus.is_test, read["text"]))
    assert len(read) == corpus.statements()["test"].sum()


def test_levels_have_their_intervals(read: pd.DataFrame) -> None:
    found = quality.levels(read).set_index("measure")
    assert found.index.tolist() == ["right", "macro_f1", "auc", "f1_negative", "f1_neutral", "f1_positive"]
    assert ((found["low"] < found["value"]) & (found["value"] < found["high"])).all()
    assert found.loc["right", "n"] == len(read)
    f1 = found.loc[["f1_negative", "f1_neutral", "f1_positive"], "value"]
    assert found.loc["macro_f1", "value"] == pytest.approx(f1.mean())


def test_what_ships_reads_at_least_so_well(read: pd.DataFrame) -> None:
    """Raise these with the reader, never lower them."""
    found = quality.levels(read).set_index("measure")["value"]
    assert found["macro_f1"] >= 0.74
    assert found["auc"] >= 0.94
    assert quality.coverage().value >= 0.87


def test_mixed_counts_as_neutral_among_three() -> None:
    frame = pd.DataFrame({"wanted": ["mixed", "positive"], "got": ["neutral", "mixed"], "polarity": [0.0, 0.1]})
    assert quality.confusion(frame, quality.THREE).loc["neutral", "neutral"] == 1
    assert quality.confusion(frame, quality.THREE).loc["positive", "neutral"] == 1
    assert quality.confusion(frame).loc["mixed", "neutral"] == 1


def test_what_was_not_read_is_wrong_and_lies_in_the_middle() -> None:
    frame = pd.DataFrame(
        {"wanted": ["positive", "negative"], "got": [None, "negative"], "polarity": [float("nan"), -0.5]}
    )
    found = quality.levels(frame).set_index("measure")["value"]
    assert (found["right"], found["auc"]) == (0.5, 1.0)


def test_stars_speak_for_labels() -> None:
    labels = quality.rated(pd.Series([1, 2, 2.5, 3, 3.9, 4, 5]))
    assert labels.tolist() == [*["negative"] * 2, *["neutral"] * 3, *["positive"] * 2]


def test_engines_stand_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "_statements", lambda: corpus.statements().query("test").head(60).reset_index())
    found = quality.compared(("cx", "textblob-de"))
    assert found.groupby("engine")["n"].max().to_dict() == {"cx": 60, "textblob-de": 60}


def test_aspects_re_add_to_their_whole() -> None:
    found = quality.aspects()
    assert found.groupby("dimension").size().to_dict() == {"pillar": 7, "touchpoint": 28}
    held_out = corpus.statements().query("test")
    for dimension, column in (("pillar", "pillars"), ("touchpoint", "touchpoints")):
        mine = found[found["dimension"] == dimension]
        each, whole = mine[mine["aspect"] != ""], mine[mine["aspect"] == ""].iloc[0]
        listed = held_out[column].str.split(",").explode()
        assert each["n"].sum() == (listed != "").sum()
        hits = (each["recall"] * each["n"]).sum()
        assert whole["precision"] == pytest.approx(hits / each["got"].sum())
        assert whole["recall"] == pytest.approx(hits / each["n"].sum())
        assert whole["f1"] == pytest.approx(2 * hits / (each["n"].sum() + each["got"].sum()))


def test_phenomena_are_shares_of_right_cases_best_first() -> None:
    cases = quality.challenge()
    found = quality.phenomena(cases)
    assert found["value"].is_monotonic_decreasing
    assert found["n"].sum() == len(cases)
    assert found["failed"].sum() == (~cases["right"]).sum()
    assert ((found["low"] <= found["value"]) & (found["value"] <= found["high"])).all()
