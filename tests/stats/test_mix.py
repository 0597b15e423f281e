"""A change split into mix and level, with intervals."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cx.model.limits import N_WITHHELD
from cx.stats import mix
from cx.stats.comparison import mix_and_level
from cx.stats.estimate import Z
from cx.stats.nps import nps

SHARES = np.array([[0.5, 0.3, 0.2], [0.3, 0.3, 0.4]])
MEANS = np.array([[0.2, 0.5, -0.3], [0.3, 0.4, -0.2]])


def drawn(rng: np.random.Generator, n: tuple[int, int] = (400, 300)) -> list[pd.DataFrame]:
    """Both periods as answers: channel, score."""
    periods = []
    for shares, means, size in zip(SHARES, MEANS, n, strict=True):
        channel = rng.choice(3, size, p=shares)
        periods.append(pd.DataFrame({"channel": channel, "score": rng.normal(means[channel], 1)}))
    return periods


def summed(answers: pd.DataFrame) -> pd.DataFrame:
    channel, score = answers["channel"].to_numpy(), answers["score"].to_numpy()
    sums = {"n": np.bincount(channel), "total": np.bincount(channel, score), "squares": np.bincount(channel, score**2)}
    return pd.DataFrame(sums)


def test_moments_of_a_score_are_its_mean_and_variance() -> None:
    [answers, _before] = drawn(np.random.default_rng(3))
    found, by = mix.moments(summed(answers), "trust"), answers.groupby("channel")["score"]
    assert found["n"].tolist() == by.size().tolist()
    assert np.allclose(found["value"], by.mean())
    assert np.allclose(found["variance"], by.var())


def test_moments_of_nps_and_csat_are_those_of_points_per_answer() -> None:
    scores = pd.Series([10] * 5 + [7] * 3 + [2] * 4)
    points = scores.map(lambda score: 100 if score >= 9 else -100 if score <= 6 else 0)
    found = mix.moments(pd.DataFrame({"promoters": [5], "passives": [3], "detractors": [4]}), "nps").iloc[0]
    assert found["value"] == pytest.approx(nps(scores))
    assert found["variance"] == pytest.approx(points.var())
    found = mix.moments(pd.DataFrame({"csat_top": [5], "csat_n": [12]}), "csat").iloc[0]
    assert found["value"] == pytest.approx(100 * 5 / 12)
    assert found["variance"] == pytest.approx(pd.Series([100] * 5 + [0] * 7).var())


def test_the_parts_are_kitagawas_and_sum_to_the_change() -> None:
    sides = [mix.moments(summed(answers), "trust") for answers in drawn(np.random.default_rng(4))]
    found, plain = mix.split(*sides), mix_and_level(*sides)
    assert np.allclose(found.mix["value"], plain.parts["mix"])
    assert np.allclose(found.level["value"], plain.parts["level"])
    assert found.totals.loc["mix", "value"] == pytest.approx(found.mix["value"].sum())
    assert found.totals.loc["change", "value"] == pytest.approx(found.totals["value"][["mix", "level"]].sum())
    for part in (found.totals, found.mix, found.level):
        assert (part["low"] <= part["value"]).all()
        assert (part["value"] <= part["high"]).all()


def test_the_interval_of_the_change_is_that_of_two_plain_means() -> None:
    sides = [mix.moments(summed(answers), "trust") for answers in drawn(np.random.default_rng(5))]
    raw = drawn(np.random.default_rng(5))
    error = np.sqrt(sum(answers["score"].var() / len(answers) for answers in raw))
    change = mix.split(*sides).totals.loc["change"]
    assert (change["high"] - change["low"]) / 2 == pytest.approx(1.959964 * error, rel=0.02)


def test_the_intervals_hold_the_truth_in_95_of_100_runs() -> None:
    truth = mix_and_level(*(pd.DataFrame({"n": 1000 * s, "value": m}) for s, m in zip(SHARES, MEANS, strict=True)))
    wanted = np.concatenate([[truth.mix, truth.level], truth.parts["mix"], truth.parts["level"]])
    rng, inside = np.random.default_rng(7), np.zeros(len(wanted))
    for _run in range(300):
        found = mix.split(*(mix.moments(summed(answers), "trust") for answers in drawn(rng)))
        parts = pd.concat([found.totals.loc[["mix", "level"]], found.mix, found.level])
        inside += ((parts["low"] <= wanted) & (wanted <= parts["high"])).to_numpy()
    assert 0.93 <= inside.mean() / 300 <= 0.97
    assert (inside / 300 > 0.91).all()


def test_the_errors_are_those_of_numeric_derivatives_where_channels_come_and_go() -> None:
    n = np.array([[60.0, 30, 0, 40], [20, 50, 30, 0]])
    value, variance = (
        np.array([[1.0, 5, np.nan, 2], [4, 3, 7, np.nan]]),
        np.array([[2.0, 3, np.nan, 1], [1, 4, 2, np.nan]]),
    )

    def parts(n: np.ndarray, value: np.ndarray) -> np.ndarray:
        plain = mix_and_level(*(pd.DataFrame({"n": n[t], "value": value[t]}) for t in (0, 1)))
        return np.array([plain.mix, plain.level, plain.change, *plain.parts["mix"], *plain.parts["level"]])

    squared = np.zeros(len(parts(n, value)))
    for period in (0, 1):
        answers, own = n[period].sum(), np.flatnonzero(n[period])
        share, step, by_share = n[period] / answers, 1e-5, []
        for channel in own:
            moved = np.zeros_like(n)
            moved[period, channel] = step
            by_share.append((parts(n + answers * moved, value) - parts(n - answers * moved, value)) / (2 * step))
            by_value = (parts(n, value + moved) - parts(n, value - moved)) / (2 * step)
            squared += by_value**2 * variance[period, channel] / n[period, channel]
        covariance = (np.diag(share[own]) - np.outer(share[own], share[own])) / answers
        squared += np.einsum("ip,ij,jp->p", by_share, covariance, by_share)
    found = mix.split(*(pd.DataFrame({"n": n[t], "value": value[t], "variance": variance[t]}) for t in (0, 1)))
    told = pd.concat([found.totals, found.mix, found.level])
    np.testing.assert_allclose((told["high"] - told["low"]) / 2 / Z, np.sqrt(squared), rtol=1e-5, atol=1e-9)
    tested = told["p"].notna().to_numpy()
    assert tested.sum() == 9, "the level of a channel that comes or goes is nothing"
    p = 2 * stats.norm.sf(np.abs(parts(n, value)[tested]) / np.sqrt(squared[tested]))
    np.testing.assert_allclose(told.loc[tested, "p"], p, rtol=1e-4)


@pytest.mark.parametrize(("n", "variance"), [(N_WITHHELD, 100), (N_WITHHELD - 1, (8 * 100 + 499 * 1) / (8 + 499))])
def test_a_small_channel_has_the_variance_of_all(n: int, variance: float) -> None:
    side = pd.DataFrame({"n": [n, 500], "value": [1.0, 2.0], "variance": [100.0, 1.0]}, index=["a", "b"])
    found = mix.split(side, side).level.loc["a"]
    assert found["high"] - found["value"] == pytest.approx(Z * n / (n + 500) * np.sqrt(2 * variance / n))


def test_a_channel_of_one_period_only_is_all_mix() -> None:
    now = pd.DataFrame({"n": [10, 20], "value": [1.0, 2.0], "variance": [1.0, 1.0]}, index=["a", "b"])
    before = pd.DataFrame({"n": [30, 20], "value": [1.0, 3.0], "variance": [1.0, 1.0]}, index=["a", "c"])
    found = mix.split(now, before)
    assert found.level.loc[["b", "c"], "value"].tolist() == [0, 0]
    assert found.mix.loc["b", "high"] > found.mix.loc["b", "low"]


def test_a_period_without_answers_has_no_change() -> None:
    now = pd.DataFrame({"n": [10], "value": [1.0], "variance": [1.0]}, index=["a"])
    assert mix.split(now, now.head(0)).totals.isna().all().all()
