"""KPIs and changes from sums, against the raw scores they were summed from."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cx.stats import kpis


def sums(part, *, nps=(), csat=(), ces=(), rating=(), polarity=()):
    nps, csat = np.array(nps), np.array(csat)
    row = {
        "part": part,
        "promoters": (nps >= 9).sum(),
        "passives": ((nps > 6) & (nps < 9)).sum(),
        "detractors": (nps <= 6).sum(),
        "csat_top": (csat >= 4).sum(),
        "csat_n": len(csat),
    }
    for name, scores in (("ces", ces), ("rating", rating), ("polarity", polarity)):
        given = np.array(scores, dtype=float)
        row |= {f"{name}_n": len(given), f"{name}_total": given.sum(), f"{name}_squares": (given**2).sum()}
    return row


def summed(*rows):
    """The parts, and their sums as cx.stats.kpis takes them."""
    return [row["part"] for row in rows], np.array([[row.get(name, 0) for name in kpis.SUMMED] for row in rows])


def changes(now, before):
    """What moved, for the parts of the first side."""
    return kpis.changes(summed(*now)[0], summed(*now)[1], summed(*before)[1])


def test_every_kpi_of_a_part_carries_its_own_n():
    found = kpis.kpis(summed(sums("", nps=[10, 9, 7, 3], csat=[5, 4, 1, 1, 1], rating=[5, 4]))[1]).set_index("kpi")
    assert found["n"].to_dict() == {"nps": 4, "csat": 5, "ces": 0, "rating": 2, "polarity": 0}
    assert found.loc["nps", "value"] == pytest.approx(25)
    assert found.loc["csat", "value"] == pytest.approx(40)
    assert found.loc["rating", "value"] == pytest.approx(4.5)
    assert np.isnan(found.loc["ces", "value"])


def test_no_sums_give_an_empty_frame_with_the_same_columns():
    nothing = kpis.kpis(np.zeros((0, len(kpis.SUMMED))), part=[])
    assert list(nothing.columns) == ["part", "kpi", "value", "low", "high", "n"]
    assert nothing.empty


def test_a_change_of_means_equals_welch_on_the_raw_scores():
    rng = np.random.default_rng(1)
    now, before = rng.normal(4, 1, 80), rng.normal(3.5, 2, 60)
    found = changes([sums("a", rating=now)], [sums("a", rating=before)]).set_index("measure").loc["rating"]
    expected = stats.ttest_ind(now, before, equal_var=False)
    assert found["p"] == pytest.approx(expected.pvalue, rel=1e-9)
    assert (found["change_low"], found["change_high"]) == pytest.approx(tuple(expected.confidence_interval()), rel=1e-9)


def test_the_pillars_that_both_periods_name_and_every_kpi_have_a_row():
    named = {"trust_n": 40, "trust_total": 20.0, "trust_squares": 30.0}
    now, before = sums("a", nps=[10] * 40) | named, sums("a", nps=[1] * 40)
    assert changes([now], [before])["measure"].tolist() == kpis.KPIS
    assert changes([now], [before | named])["measure"].tolist() == [*kpis.KPIS, "trust"]


def test_a_change_on_a_small_base_is_never_real():
    assert not changes([sums("a", nps=[10] * 29)], [sums("a", nps=[0] * 200)])["real"].any()


def test_thirty_answers_on_either_side_are_enough_for_a_real_change():
    for now, before in ((30, 200), (200, 30)):
        found = changes([sums("a", nps=[10] * now)], [sums("a", nps=[0] * before)])
        assert found.query("real")["measure"].tolist() == ["nps"]


def test_movements_are_ranked_by_their_share_of_what_a_measure_can_change():
    widest = {"nps": 200, "csat": 100, "ces": 6, "rating": 4, "polarity": 2, "trust": 2}
    moved = pd.DataFrame({"part": list(widest), "measure": list(widest), "change": 0.0, "real": True})
    moved["change"] = [
        -share * span for share, span in zip((0.3, 0.1, 0.6, 0.2, 0.5, 0.4), widest.values(), strict=True)
    ]
    found = kpis.movements(moved, limit=5)
    assert found["measure"].tolist() == ["ces", "polarity", "trust", "nps", "rating"]
    assert found["size"].tolist() == pytest.approx([0.6, 0.5, 0.4, 0.3, 0.2])
    assert list(found.index) == list(range(5))


def test_movements_are_the_largest_real_changes_one_per_part():
    now = sums("a", nps=[10] * 100, rating=[5, 4] * 50), sums("b", nps=[10, 10, 6] * 40)
    before = sums("a", nps=[0] * 100, rating=[4, 3] * 50), sums("b", nps=[10, 6, 6] * 40)
    found = kpis.movements(changes(now, before), limit=3)
    assert found[["part", "measure"]].to_numpy().tolist() == [["a", "nps"], ["b", "nps"]]
    assert found["size"].is_monotonic_decreasing


def test_pillars_are_sorted_best_first_with_share_of_their_base():
    raw = pd.DataFrame(
        {
            "pillar": ["effort", "trust"], "n": [40, 20], "total": [-20.0, 10.0], "squares": [30.0, 12.0],
            "negative": [30, 5], "positive": [10, 15], "base": [100, 100],
        }
    )  # fmt: skip
    found = kpis.pillars(raw)
    assert found["pillar"].tolist() == ["trust", "effort"]
    assert found["share"].tolist() == [0.2, 0.4]
    assert ((found["low"] < found["value"]) & (found["value"] < found["high"])).all()
