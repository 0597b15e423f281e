"""Limits and shifts of a series: by hand, against a slow second implementation, on planted shifts, and without any."""

import numpy as np
import pandas as pd
import pytest
from pytest import approx

from cx.stats import changes

SIZES = np.linspace(40, 160, 24).astype(int)
NPS_SHARES = (0.5, 0.3, 0.2)
STARS = np.arange(1.0, 6.0)
STAR_SHARES = (0.15, 0.05, 0.05, 0.15, 0.6)


def sums_of(answers: list[np.ndarray]) -> pd.DataFrame:
    return pd.DataFrame(
        [[len(part), *(float((part**power).sum()) for power in (1, 2, 3))] for part in answers],
        columns=list(changes.GIVEN),
    )


def drawn(seed: int, sizes: np.ndarray = SIZES, shift: float = 0.0, at: int = 0) -> list[np.ndarray]:
    chance = np.random.default_rng(seed)
    return [chance.normal(shift * (place >= at > 0), 1, n) for place, n in enumerate(sizes)]


def test_counts_become_the_powers_of_their_answers() -> None:
    answers = [np.array([100.0] * 5 + [0.0] * 3 + [-100.0] * 2), np.array([-100.0])]
    groups = pd.DataFrame({"promoters": [5, 0], "passives": [3, 0], "detractors": [2, 1]})
    pd.testing.assert_frame_equal(changes.nps_sums(groups).astype(float), sums_of(answers).astype(float))
    tops = [np.array([100.0] * 4 + [0.0])]
    shares = changes.share_sums(pd.DataFrame({"successes": [4], "n": [5]}))
    pd.testing.assert_frame_equal(shares.astype(float), sums_of(tops).astype(float))


def slow_parts(answers: list[np.ndarray], levels: list[int]) -> tuple[np.ndarray, np.ndarray, float]:
    """Level of each interval, its standard error around it, and the dispersion, from the single answers."""
    n = [len(part) for part in answers]
    mean = [part.mean() for part in answers]
    within = sum(((part - part.mean()) ** 2).sum() for part in answers) / (sum(n) - len(n))
    steps = [
        abs(mean[i] - mean[i - 1]) / np.sqrt(within * (1 / n[i] + 1 / n[i - 1]))
        for i in range(1, len(n))
        if i not in levels
    ]
    stretch = np.searchsorted(levels, np.arange(len(n)), side="right")
    centre, error = [], []
    for i in range(len(n)):
        beside = [j for j in range(len(n)) if stretch[j] == stretch[i]]
        centre.append(np.concatenate([answers[j] for j in beside]).mean())
        error.append(np.sqrt(within * (1 / n[i] - 1 / sum(n[j] for j in beside))))
    return np.array(centre), np.array(error), float(np.mean(steps) / np.sqrt(2 / np.pi))


@pytest.mark.parametrize("levels", [[], [9], [9, 17]])
def test_limits_agree_with_a_slow_second_implementation(levels: list[int]) -> None:
    answers = drawn(3)
    centre, error, dispersion = slow_parts(answers, levels)
    found = changes.control_limits(sums_of(answers), levels)
    assert found["centre"].to_numpy() == approx(centre)
    assert found["value"].to_numpy() == approx([part.mean() for part in answers])
    # One width for all intervals of the chart, and an aside that falls with n: answers that are nearly symmetric have nearly none.
    width = (found["high"] - found["low"]).to_numpy() / 2 / error / dispersion
    assert width == approx(np.full(len(width), width[0]))
    assert 3.0 < width[0] < 4.5
    middle = (found["high"] + found["low"]).to_numpy() / 2
    assert (np.abs(middle - centre) < 0.2 * error).all()


def test_limits_lean_to_the_longer_tail() -> None:
    chance = np.random.default_rng(5)
    answers = [chance.choice(STARS, n, p=STAR_SHARES) for n in SIZES]
    found = changes.control_limits(sums_of(answers))
    assert (found["centre"] - found["low"] > found["high"] - found["centre"]).all()


def test_an_unusual_interval_is_marked_and_no_other() -> None:
    answers = drawn(8)
    answers[10] = answers[10] - 1.0
    found = changes.control_limits(sums_of(answers))
    assert list(np.flatnonzero(found["outside"])) == [10]


def test_small_intervals_have_no_limits_and_empty_ones_no_value() -> None:
    answers = drawn(1)
    answers[4], answers[7] = answers[4][:29], answers[7][:0]
    found = changes.control_limits(sums_of(answers))
    assert list(np.flatnonzero(found["low"].isna())) == [4, 7]
    assert list(np.flatnonzero(found["value"].isna())) == [7]
    assert not found.loc[[4, 7], "outside"].any()


@pytest.mark.parametrize(
    "answers",
    [drawn(1)[:7], [np.ones(50)] * 12, [np.array([1.0])] * 12, []],
    ids=["few intervals", "no spread", "single answers", "nothing"],
)
def test_too_little_gives_neither_limits_nor_shifts(answers: list[np.ndarray]) -> None:
    sums = sums_of(answers)
    assert changes.control_limits(sums)[["low", "high"]].isna().all(axis=None)
    assert changes.change_points(sums) == []
    assert np.isnan(changes.change_p(sums))


def test_negative_counts_are_refused() -> None:
    sums = sums_of(drawn(1))
    with pytest.raises(ValueError, match="negative"):
        changes.control_limits(sums.assign(n=-1))


def slow_split(answers: list[np.ndarray]) -> tuple[int, float]:
    """Position and Welch-like size of the split that leaves the least squares within both sides."""
    left = {}
    for position in range(1, len(answers)):
        sides = [np.concatenate(part) for part in (answers[:position], answers[position:])]
        left[position] = sum(((side - side.mean()) ** 2).sum() for side in sides)
    best = min(left, key=left.get)
    return best, np.concatenate(answers[best:]).mean() - np.concatenate(answers[:best]).mean()


@pytest.mark.parametrize("seed", range(4))
def test_a_planted_shift_is_found_where_least_squares_put_it(seed: int) -> None:
    answers = drawn(seed, shift=0.5, at=15)
    [found] = changes.change_points(sums_of(answers))
    position, size = slow_split(answers)
    assert found.position == position
    assert found.value == approx(size)
    assert found.low < found.value < found.high
    assert found.earliest <= found.position <= found.latest
    assert found.n == SIZES.sum()
    assert found.p == approx(changes.change_p(sums_of(answers)))
    both = np.concatenate(answers[:position]), np.concatenate(answers[position:])
    assert (found.before.value, found.after.value) == approx((both[0].mean(), both[1].mean()))


def test_a_dip_is_two_shifts() -> None:
    answers = [part - 0.8 * (8 <= place < 14) for place, part in enumerate(drawn(2))]
    first, second = changes.change_points(sums_of(answers))
    assert (first.position, second.position) == (8, 14)
    assert first.value < 0 < second.value
    assert first.after == second.before


def test_unit_origin_and_empty_intervals_change_nothing() -> None:
    answers = drawn(6, shift=0.5, at=9)
    [plain] = changes.change_points(sums_of(answers))
    [moved] = changes.change_points(sums_of([7 + 20 * part for part in answers]))
    assert (moved.position, moved.earliest, moved.latest, moved.p) == (
        plain.position,
        plain.earliest,
        plain.latest,
        plain.p,
    )
    assert (moved.value, moved.low, moved.high) == approx((20 * plain.value, 20 * plain.low, 20 * plain.high))
    [gapped] = changes.change_points(sums_of([*answers[:3], np.array([]), *answers[3:]]))
    assert (gapped.position, gapped.value) == (plain.position + 1, approx(plain.value))


def test_a_part_of_all_answers_may_share_their_simulation() -> None:
    for seed in range(10):
        sums = sums_of(drawn(seed, shift=0.1, at=12))
        own, shared = changes.change_p(sums), changes.change_p(sums, like=3.0 * SIZES + np.arange(24) % 5)
        assert shared == approx(own, abs=0.03)


def test_the_date_and_size_of_a_shift_lie_within_their_intervals_as_often_as_stated() -> None:
    runs, dates, sizes = 150, 0, 0
    for seed in range(runs):
        [found, *_] = changes.change_points(sums_of(drawn(seed, np.full(24, 60), shift=0.4, at=14)))
        dates += found.earliest <= 14 <= found.latest
        sizes += found.low <= 0.4 <= found.high
    assert dates / runs > 0.92
    assert sizes / runs > 0.90


@pytest.mark.parametrize("kind", ["nps", "stars", "scattered"])
def test_a_chart_without_change_gives_about_as_many_false_alarms_as_stated(kind: str) -> None:
    chance = np.random.default_rng(99)
    runs, alarms = 600, np.zeros(2)
    for _run in range(runs):
        if kind == "nps":
            drawn_groups = chance.multinomial(SIZES, NPS_SHARES)
            sums = changes.nps_sums(pd.DataFrame(drawn_groups, columns=["promoters", "passives", "detractors"]))
        elif kind == "stars":
            drawn_stars = chance.multinomial(SIZES, STAR_SHARES)
            sums = pd.DataFrame({name: drawn_stars @ STARS**power for power, name in enumerate(changes.GIVEN)})
        else:  # neighbours scatter three times as much as their answers explain
            means = 3 * chance.normal(0, 1, 24) / np.sqrt(SIZES)
            within = chance.chisquare(SIZES - 1)
            sums = pd.DataFrame(
                {
                    "n": SIZES,
                    "total": SIZES * means,
                    "squares": within + SIZES * means**2,
                    "cubes": 3 * within * means + SIZES * means**3,
                }
            )
        alarms += [changes.control_limits(sums)["outside"].any(), changes.change_p(sums) <= changes.ALARM_RATE]
    # 600 charts: a true rate of 2.5 % gives 1.2 … 4.2 % in 99 of 100 simulations.
    assert (alarms / runs > 0.010).all()
    assert (alarms / runs < 0.043).all()
