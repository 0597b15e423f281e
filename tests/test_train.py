"""Training: the same inputs give the same bytes, the test split takes no part, and what ships was made from what is here."""

import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from cx.text import weights

sys.path.insert(0, str(Path(__file__).parents[1] / "script"))
import train

FEW = 1_500  # statements, of all industries


@pytest.fixture(scope="module")
def few() -> pd.DataFrame:
    whole = train.corpus()
    return whole.iloc[:: len(whole) // FEW].reset_index(drop=True)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the open sets, as on a machine that has only the project."""
    monkeypatch.setattr(train, "LABELLED", tmp_path)


@pytest.mark.usefixtures("alone")
def test_same_corpus_gives_the_same_bytes(
    few: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for name in ("once", "twice"):
        train.learn(few, tmp_path / name)
        files.append([(tmp_path / name / file).read_bytes() for file in ("words.tsv", "numbers.toml")])
    assert files[0] == files[1]
    assert "mobasa is not at hand" in capsys.readouterr().out


@pytest.mark.usefixtures("alone")
def test_test_split_takes_no_part(few: pd.DataFrame, tmp_path: Path) -> None:
    spoiled = few.assign(
        polarity=few["polarity"].where(~few["test"], "neg"), pillars=few["pillars"].where(~few["test"], "")
    )
    for name, statements in (("few", few), ("spoiled", spoiled)):
        train.learn(statements, tmp_path / name)
    assert (tmp_path / "few/words.tsv").read_bytes() == (tmp_path / "spoiled/words.tsv").read_bytes()


def test_one_in_five_is_held_out() -> None:
    assert train.corpus()["test"].mean() == pytest.approx(0.2, abs=0.02)


def test_shipped_weights_were_learned_from_this_corpus_and_lexicon() -> None:
    told = tomllib.loads((weights.SHIPPED / "numbers.toml").read_text(encoding="utf-8"))
    assert told["corpus"] == train.digest(), "the corpus or the lexicon has changed: run script/train"
    assert sum(path.stat().st_size for path in weights.SHIPPED.iterdir()) < 5e6


def test_untrained_weights_name_nothing_and_add_nothing() -> None:
    assert weights.untrained().of(["schnell", "@effort"]) is None
