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


def frame(*rows):
    return pd.DataFrame(list(rows))


def test_every_kpi_of_a_part_carries_its_own_n():
    found = kpis.kpis(frame(sums("", nps=[10, 9, 7, 3], csat=[5, 4, 1, 1, 1], rating=[5, 4]))).set_index("kpi")
    assert found["n"].to_dict() == {"nps": 4, "csat": 5, "ces": 0, "rating": 2, "polarity": 0}
    assert found.loc["nps", "value"] == pytest.approx(25)
    assert found.loc["csat", "value"] == pytest.approx(40)
    assert found.loc["rating", "value"] == pytest.approx(4.5)
    assert np.isnan(found.loc["ces", "value"])


def test_no_sums_give_an_empty_frame_with_the_same_columns():
    assert list(kpis.kpis(frame(sums("")).head(0)).columns) == ["part", "kpi", "value", "low", "high", "n"]


def test_a_change_of_means_equals_welch_on_the_raw_scores():
    rng = np.random.default_rng(1)
    now, before = rng.normal(4, 1, 80), rng.normal(3.5, 2, 60)
    found = (
        kpis.kpi_changes(frame(sums("a", rating=now)), frame(sums("a", rating=before)))
        .set_index("measure")
        .loc["rating"]
    )
    expected = stats.ttest_ind(now, before, equal_var=False)
    assert found["p"] == pytest.approx(expected.pvalue, rel=1e-9)
    assert (found["change_low"], found["change_high"]) == pytest.approx(tuple(expected.confidence_interval()), rel=1e-9)


def test_parts_that_exist_on_one_side_only_do_not_change():
    found = kpis.kpi_changes(frame(sums("new", nps=[10] * 40)), frame(sums("old", nps=[1] * 40)))
    assert found.empty


def test_a_change_on_a_small_base_is_never_real():
    now, before = frame(sums("a", nps=[10] * 29)), frame(sums("a", nps=[0] * 200))
    assert not kpis.with_real(kpis.kpi_changes(now, before))["real"].any()


def test_thirty_answers_on_either_side_are_enough_for_a_real_change():
    for now, before in ((30, 200), (200, 30)):
        changes = kpis.kpi_changes(frame(sums("a", nps=[10] * now)), frame(sums("a", nps=[0] * before)))
        assert kpis.with_real(changes).query("real")["measure"].tolist() == ["nps"]


def test_movements_are_ranked_by_their_share_of_what_a_measure_can_change():
    widest = {"nps": 200, "csat": 100, "ces": 6, "rating": 4, "polarity": 2, "trust": 2}
    changes = pd.DataFrame({"part": list(widest), "measure": list(widest), "change": 0.0, "real": True})
    changes["change"] = [
        -share * span for share, span in zip((0.3, 0.1, 0.6, 0.2, 0.5, 0.4), widest.values(), strict=True)
    ]
    found = kpis.movements(changes, limit=5)
    assert found["measure"].tolist() == ["ces", "polarity", "trust", "nps", "rating"]
    assert found["size"].tolist() == pytest.approx([0.6, 0.5, 0.4, 0.3, 0.2])
    assert list(found.index) == list(range(5))


def test_movements_are_the_largest_real_changes_one_per_part():
    now = frame(sums("a", nps=[10] * 100, rating=[5, 4] * 50), sums("b", nps=[10, 10, 6] * 40))
    before = frame(sums("a", nps=[0] * 100, rating=[4, 3] * 50), sums("b", nps=[10, 6, 6] * 40))
    found = kpis.movements(kpis.with_real(kpis.kpi_changes(now, before)), limit=3)
    assert found[["part", "measure"]].to_numpy().tolist() == [["a", "nps"], ["b", "nps"]]
    assert found["size"].is_monotonic_decreasing


def test_pillars_are_sorted_best_first_with_share_of_their_base():
    raw = pd.DataFrame(
        {
            "part": "", "pillar": ["effort", "trust"], "n": [40, 20], "total": [-20.0, 10.0], "squares": [30.0, 12.0],
            "negative": [30, 5], "positive": [10, 15], "base": [100, 100],
        }
    )  # fmt: skip
    found = kpis.pillars(raw)
    assert found["pillar"].tolist() == ["trust", "effort"]
    assert found["share"].tolist() == [0.2, 0.4]
    assert ((found["low"] < found["value"]) & (found["value"] < found["high"])).all()
