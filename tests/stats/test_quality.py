"""Quality of labels and scores: published examples, a naive second implementation, the bootstrap against single texts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx.stats import quality

LABELS = ("negative", "neutral", "positive")
PAIRS = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from([*LABELS, None])), min_size=1, max_size=60)
TABLES = st.integers(1, 30).flatmap(
    lambda n: st.tuples(*[st.lists(st.tuples(st.booleans(), st.booleans()), min_size=n, max_size=n)] * 2)
)

# Hanley & McNeil, Radiology 143 (1982), table I: 109 CT images rated 1 (surely normal) to 5 (surely abnormal).
NORMAL, ABNORMAL = (33, 6, 6, 11, 2), (3, 2, 2, 11, 33)


def hanley() -> tuple[list[float], list[bool]]:
    scores = [grade for counts in (NORMAL, ABNORMAL) for grade, n in enumerate(counts, start=1) for _ in range(n)]
    return scores, [False] * sum(NORMAL) + [True] * sum(ABNORMAL)


def naive_f1(wanted: list, got: list, label: str) -> float | None:
    hits = sum(w == g == label for w, g in zip(wanted, got, strict=True))
    both = wanted.count(label) + got.count(label)
    return 2 * hits / both if both else None


def naive_auc(scores: list[float], good: list[bool]) -> float:
    best = [s for s, g in zip(scores, good, strict=True) if g]
    worst = [s for s, g in zip(scores, good, strict=True) if not g]
    return sum((b > w) + (b == w) / 2 for b in best for w in worst) / len(best) / len(worst)


# --- labels


def test_confusion_counts_wanted_by_row_and_what_came_out_by_column():
    found = quality.confusion(["negative", "negative", "positive"], ["negative", "positive", "positive"], LABELS)
    assert found.to_numpy().tolist() == [[1, 0, 1], [0, 0, 0], [0, 0, 1]]
    assert (found.index.tolist(), found.columns.tolist()) == ([*LABELS], [*LABELS])


def test_what_has_no_label_stands_in_a_column_of_its_own_and_counts_as_missed():
    found = quality.confusion(["negative", "negative"], ["negative", None], LABELS)
    assert found.loc["negative", quality.UNREAD] == 1
    row = quality.classes(found).loc["negative"]
    assert (row["precision"], row["recall"], row["n"], row["got"]) == (1, 0.5, 2, 1)


def test_unknown_labels_and_unequal_lengths_are_refused():
    with pytest.raises(ValueError, match="unknown"):
        quality.confusion(["negative"], ["great"], LABELS)
    with pytest.raises(ValueError):
        quality.confusion(["negative"], [], LABELS)


def test_the_report_in_the_manual_of_scikit_learn_comes_out():
    """User guide, classification_report: y_true = 0 1 2 2 2, y_pred = 0 0 2 2 1."""
    found = quality.confusion(list("01222"), list("00221"), list("012"))
    report = quality.classes(found)[["precision", "recall", "f1"]].round(2).to_numpy().tolist()
    assert report == [[0.5, 1.0, 0.67], [0.0, 0.0, 0.0], [1.0, 0.67, 0.8]]
    assert round(quality.macro_f1(found).value, 2) == 0.49
    assert quality.micro_f1(found).value == 0.6


def test_the_averages_in_the_manual_of_scikit_learn_come_out():
    """f1_score: y_true = 0 1 2 0 1 2, y_pred = 0 2 1 0 0 1."""
    found = quality.confusion(list("012012"), list("021001"), list("012"))
    assert quality.macro_f1(found).value == pytest.approx(0.26666666666666666)
    assert quality.micro_f1(found).value == pytest.approx(1 / 3)


@given(PAIRS)
def test_the_naive_way_agrees(pairs):
    wanted, got = map(list, zip(*pairs, strict=True))
    table = quality.confusion(wanted, got, LABELS)
    expected = [naive_f1(wanted, got, label) for label in LABELS]
    np.testing.assert_allclose(quality.classes(table, draws=5)["f1"], [np.nan if f is None else f for f in expected])
    known = [f for f in expected if f is not None]
    found = quality.macro_f1(table, draws=20)
    assert found.value == pytest.approx(sum(known) / len(known))
    assert 0 <= found.low <= found.high <= 1
    assert found.n == len(pairs)


def test_drawing_counted_patterns_is_drawing_texts():
    """The naive bootstrap draws the texts themselves; both intervals meet as the draws grow."""
    chance = np.random.default_rng(5)
    wanted = chance.choice(LABELS, 300)
    got = np.where(chance.random(300) < 0.6, wanted, chance.choice(LABELS, 300))
    drawn = []
    for _ in range(1_000):
        some = chance.integers(0, 300, 300)
        f1 = [naive_f1(wanted[some].tolist(), got[some].tolist(), label) for label in LABELS]
        drawn.append(np.mean(f1))
    found = quality.macro_f1(quality.confusion(wanted, got, LABELS), draws=4_000)
    assert (found.low, found.high) == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.008)


def test_the_interval_of_macro_f1_covers_as_often_as_it_says():
    chance = np.random.default_rng(9)
    truth = np.array([[20, 5, 5], [4, 12, 4], [6, 6, 38]]) / 100
    whole = quality.macro_f1(pd.DataFrame(np.rint(truth * 1e6).astype(int)), draws=2).value
    tables = chance.multinomial(400, truth.ravel(), size=300).reshape(-1, 3, 3)
    found = [quality.macro_f1(pd.DataFrame(table), draws=300) for table in tables]
    assert np.mean([f.low <= whole <= f.high for f in found]) == pytest.approx(0.95, abs=0.035)


def test_nothing_at_all_is_nan():
    nothing = quality.confusion([], [], LABELS)
    found = quality.macro_f1(nothing)
    assert np.isnan([found.value, found.low, found.high]).all() and found.n == 0
    assert np.isnan(quality.micro_f1(nothing).value)
    assert quality.classes(nothing)["f1"].isna().all()


def test_the_same_counts_give_the_same_interval():
    table = quality.confusion([*LABELS] * 9, ["negative", "positive", "positive"] * 9, LABELS)
    assert quality.macro_f1(table) == quality.macro_f1(table)


# --- aspects


def test_the_aspects_in_the_manual_of_scikit_learn_come_out():
    """f1_score, multilabel: 000 111 011 against 000 111 110."""
    wanted, got = np.array([[0, 0, 0], [1, 1, 1], [0, 1, 1]]), np.array([[0, 0, 0], [1, 1, 1], [1, 1, 0]])
    found = quality.aspects(wanted, got, ["a", "b", "c"])
    np.testing.assert_allclose(found["f1"], [2 / 3, 1, 2 / 3])
    assert found["n"].tolist() == [1, 2, 2] and found["got"].tolist() == [2, 2, 1]
    score = quality.micro(wanted, got)
    assert (score.precision.value, score.recall.value, score.f1.value) == (0.8, 0.8, 0.8)
    assert score.f1.n == 3


@given(TABLES)
def test_the_naive_way_agrees_on_aspects(tables):
    wanted, got = (np.array(table) for table in tables)
    hits, given_, due = (wanted & got).sum(), got.sum(), wanted.sum()
    score = quality.micro(wanted, got, draws=20)
    expected = (hits / given_ if given_ else np.nan, hits / due if due else np.nan)
    np.testing.assert_allclose((score.precision.value, score.recall.value), expected)
    f1 = [naive_f1([*w], [*g], True) for w, g in zip(wanted.T.tolist(), got.T.tolist(), strict=True)]
    found = quality.aspects(wanted, got, ["a", "b"], draws=5)
    np.testing.assert_allclose(found["f1"], [np.nan if f is None else f for f in f1])


def test_tables_of_different_shape_are_refused():
    with pytest.raises(ValueError):
        quality.micro(np.zeros((2, 3), bool), np.zeros((3, 2), bool))


def test_no_aspects_are_no_numbers():
    assert quality.aspects(np.zeros((0, 2)), np.zeros((0, 2)), ["a", "b"])["f1"].isna().all()
    assert np.isnan(quality.micro(np.zeros((0, 2)), np.zeros((0, 2))).f1.value)


# --- AUC


def test_the_published_area_comes_out_with_its_interval():
    """Stata, [R] roctab, `webuse hanley`: area 0.8932, standard error 0.0307, 0.83295 … 0.95339 (DeLong)."""
    found = quality.auc(*hanley())
    assert [round(found.value, 4), round(found.low, 5), round(found.high, 5)] == [0.8932, 0.83295, 0.95339]
    assert found.n == 109


@given(st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=2, max_size=40))
def test_the_naive_area_agrees(pairs):
    scores, good = map(list, zip(*pairs, strict=True))
    found = quality.auc(scores, good)
    if len(set(good)) < 2:
        assert np.isnan(found.value)
        return
    assert found.value == pytest.approx(naive_auc(scores, good))
    assert np.isnan(found.low) or 0 <= found.low <= found.value <= found.high <= 1


def test_scores_that_tell_nothing_give_a_half_and_perfect_ones_give_one():
    assert quality.auc([0, 0, 0, 0], [True, False, True, False]).value == 0.5
    assert quality.auc([1, 2, 3, 4], [False, False, True, True]).value == 1


def test_missing_scores_are_refused():
    with pytest.raises(ValueError, match="missing"):
        quality.auc([1.0, float("nan")], [True, False])
