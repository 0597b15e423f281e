"""Shifts of words: what is planted is found, what is noise is not, and the slope of the loss is the slope of the loss."""

import numpy as np
import pytest
import scipy.sparse as sp

from cx.stats import adjustment
from cx.stats.adjustment import Labels, cross_validated, learned
from cx.stats.readings import Readings

TEXTS, WORDS = 500, 40
NOISE_UPLOADS = 24


def upload(seed: int, planted: float = 0.0, noise: str = "") -> tuple[Readings, Labels]:
    """Texts with a sure part and some of WORDS words, of which the reader knows half. `planted`: how far it is wrong about the first
    ten; noise "stars": the ratings have nothing to do with the texts, else they follow the reader."""
    random = np.random.default_rng(seed)
    held = random.random((TEXTS, WORDS)) < random.uniform(0.03, 0.3, WORDS)
    owner, feature = np.nonzero(held)
    known = np.where(np.arange(WORDS) % 2 == 0, random.normal(0, 0.5, WORDS), 0)
    units = sp.csr_matrix((np.ones(len(owner)), (np.arange(len(owner)), feature)), shape=(len(owner), WORDS))
    factor = random.choice([1.0, 1.0, 1.5, -0.7], len(owner))
    mass = random.exponential(1.5, TEXTS)
    total = mass * random.uniform(-1, 1, TEXTS)
    read = Readings(total, mass, units, owner, known[feature] * factor, factor, 1.0)
    wrong = np.where(np.arange(WORDS) < 10, planted * np.where(np.arange(WORDS) % 3 == 0, 1, -1), 0.0)
    chance = 1 / (1 + np.exp(-(0.8 + 5 * read.polarity(wrong))))
    side = np.where(random.random(TEXTS) < chance, 1.0, -1.0)
    side = random.permutation(side) if noise == "stars" else side
    side[random.random(TEXTS) < 0.1] = 0
    return read, Labels(side, np.ones(TEXTS), np.ones(TEXTS, bool), np.arange(TEXTS))


@pytest.mark.parametrize("seed", range(4))
def test_planted_words_are_found_in_their_direction(seed: int) -> None:
    read, known = upload(seed, planted=1.0)
    found = cross_validated(read, known)
    assert found.real
    assert found.auc_after.value > found.auc_before.value
    shift = learned(read, known)[:10]
    assert (np.sign(shift) == np.where(np.arange(10) % 3 == 0, 1, -1)).sum() >= 9
    assert np.abs(shift).max() < 1.0  # shrunk


@pytest.mark.parametrize("noise", ["reader", "stars"])
def test_noise_is_no_gain(noise: str) -> None:
    real = sum(cross_validated(*upload(seed, noise=noise)).real for seed in range(1_000, 1_000 + NOISE_UPLOADS))
    assert real <= 0.05 * NOISE_UPLOADS


def test_the_same_data_give_the_same_answer() -> None:
    assert cross_validated(*upload(1, planted=0.5)) == cross_validated(*upload(1, planted=0.5))
    np.testing.assert_array_equal(learned(*upload(1, planted=0.5)), learned(*upload(1, planted=0.5)))


def test_the_polarity_is_the_formula_of_the_reader() -> None:
    units = sp.csr_matrix([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    read = Readings(np.array([1.0, 0.0]), np.array([1.0, 0.5]), units, np.array([0, 0, 1]), np.array([0.5, 0, -1]), np.array([1, 1, -0.7]), 1.0)  # fmt: skip
    np.testing.assert_allclose(read.polarity(np.zeros(2)), [1.5 / 2.5, -1 / 2.5])
    np.testing.assert_allclose(
        read.polarity(np.array([-1.0, 0.5])), [(1 - 0.5 - 0.5) / (1 + 0.5 + 0.5 + 1), -1.35 / 2.85]
    )
    np.testing.assert_allclose(read.of(np.array([False, True])).polarity(np.array([-1.0, 0.5])), [-1.35 / 2.85])


def test_texts_of_one_group_share_a_fold() -> None:
    """Copies of a review are no evidence on each other: five times the same upload gives no narrower interval."""
    read, known = upload(3, planted=0.4)
    five = Readings(
        np.tile(read.total, 5),
        np.tile(read.mass, 5),
        sp.vstack([read.units] * 5).tocsr(),
        np.concatenate([read.owner + n * TEXTS for n in range(5)]),
        np.tile(read.base, 5),
        np.tile(read.factor, 5),
        read.doubt,
    )
    copied = Labels(np.tile(known.side, 5), np.full(5 * TEXTS, 0.2), np.tile(known.rated, 5), np.tile(known.group, 5))
    once, often = cross_validated(read, known).gain, cross_validated(five, copied).gain
    assert often.value == pytest.approx(once.value, abs=2e-3)
    assert often.high - often.low == pytest.approx(once.high - once.low, rel=0.1)


def test_corrected_statements_teach_but_are_not_measured_on() -> None:
    read, known = upload(5, planted=0.7)
    rated = np.arange(TEXTS) < 400
    found = cross_validated(read, Labels(known.side, known.counts, rated, known.group))
    assert found.gain.n == (known.side[:400] != 0).sum()
    without = learned(read.of(rated), known.of(rated))
    assert not np.array_equal(learned(read, Labels(known.side, known.counts, rated, known.group)), without)


def test_at_most_so_many_features_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adjustment, "KEPT", 7)
    assert (learned(*upload(2, planted=1.0)) != 0).sum() == 7


def test_what_no_words_tell_is_no_gain() -> None:
    read, known = upload(1)
    nothing = Readings(read.total, read.mass, read.units[:, :0], read.owner, read.base, read.factor, 1.0)
    found = cross_validated(nothing, known)
    assert (found.gain.value, found.real) == (0.0, False)
    assert len(learned(nothing, known)) == 0
