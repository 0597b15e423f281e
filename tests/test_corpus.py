"""The corpus: well-formed, wide, and written sentence by sentence."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from cx.errors import FileError
from cx.model import taxonomy
from cx.text import corpus

ROOT = Path(__file__).parents[1]
STATEMENTS = list(
    csv.DictReader((ROOT / "data/corpus/statements.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
)
POLARITIES = {"neg", "neu", "pos", "mix"}
RUN = 3  # words that follow each other
ALIKE = 0.5  # share of such runs that two statements have in common
SHORT = 6  # words; shorter ones have too few runs to tell
DOUBLES = 0.02


def test_every_statement_is_labelled_with_known_words() -> None:
    keys = {"pillars": set(taxonomy.pillar_keys()), "touchpoints": set(taxonomy.touchpoint_keys())}
    for row in STATEMENTS:
        assert row["polarity"] in POLARITIES and row["text"].strip() == row["text"] != "" and row["industry"]
        for column, known in keys.items():
            named = [part.split(":") for part in row[column].split(",") if part]
            assert {key for key, _ in named} <= known and {label for _, label in named} <= POLARITIES, row["text"]
            assert len({key for key, _ in named}) == len(named), row["text"]


def test_corpus_is_large_and_wide() -> None:
    industries = Counter(row["industry"] for row in STATEMENTS)
    polarities = Counter(row["polarity"] for row in STATEMENTS)
    assert len(STATEMENTS) >= 8_000
    assert sum(n >= 50 for n in industries.values()) >= 20
    assert min(polarities.values()) >= len(STATEMENTS) * 0.08


def test_near_doubles_are_rare() -> None:
    """Two statements are near-doubles when half of their three-word runs are shared, or all their words in order."""
    words = [re.findall(r"\w+", row["text"].lower()) for row in STATEMENTS]
    runs = [{tuple(said[n : n + RUN]) for n in range(len(said) - RUN + 1)} for said in words]
    holders, doubles, seen = defaultdict(list), 0, set()
    for place, mine in enumerate(runs):
        shared = Counter(other for run in mine for other in holders[run]) if len(words[place]) >= SHORT else Counter()
        alike = any(n / (len(mine) + len(runs[other]) - n) >= ALIKE for other, n in shared.items())
        spelled = " ".join(words[place])
        doubles += alike or bool(spelled) and spelled in seen
        seen.add(spelled)
        for run in mine:
            holders[run].append(place)
    assert doubles <= DOUBLES * len(STATEMENTS), doubles


def test_the_test_split_is_the_one_that_the_readme_names() -> None:
    """The first byte of the SHA-256 is below 51: „abc“ begins with ba (FIPS 180-2, appendix B.1), „“ with e3."""
    assert not corpus.is_test("abc") and not corpus.is_test("")
    frame = corpus.statements()
    assert frame["text"].tolist() == [row["text"] for row in STATEMENTS]
    assert corpus.is_test(frame.loc[frame["test"], "text"].iloc[0])


def test_a_set_that_is_not_there_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="challenge.tsv"):
        corpus.challenge(tmp_path / "challenge.tsv")


def test_no_case_of_the_challenge_set_is_learned_from() -> None:
    lines = (ROOT / "tests/text/challenge.tsv").read_text(encoding="utf-8").splitlines()
    cases = {line.split("\t")[1].casefold() for line in lines}
    assert not cases & {row["text"].casefold() for row in STATEMENTS}
