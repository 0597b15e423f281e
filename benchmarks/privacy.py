"""How much personal data is found in hand-written sentences, how much else is masked with it, and how fast. Prints, asserts nothing.

A place counts as found only where its kind, its beginning and its end are right. The held-out third was looked at when the rules
were finished. python -m benchmarks.privacy
"""

import csv
import gzip
import hashlib
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from benchmarks.tables import ROOT, print_table
from cx.ingest.privacy import PLACEHOLDERS, mask, mask_text
from cx.stats.shares import wilson

CASES = ROOT / "tests" / "ingest" / "privacy_cases.tsv"
REVIEWS = ROOT.parent / "shared" / "data" / "labelled" / "amazon_de_household" / "dev.tsv.gz"
KINDS = {placeholder: kind for kind, placeholder in PLACEHOLDERS.items()}
PLACEHOLDER = re.compile("|".join(map(re.escape, KINDS)))
HELD_OUT = 3  # one in so many
COPIES = 40  # of the reviews
RUNS = 3

Place = tuple[str, int, int]  # kind, first character, one behind the last


@dataclass(frozen=True)
class Case:
    """A sentence, what it should become, and the name that its row gives ("" = none)."""

    text: str
    expected: str
    name: str
    hard: bool

    @property
    def held_out(self) -> bool:
        """Whether it belongs to the third that the rules were not tuned on."""
        return hashlib.sha256(self.text.encode()).digest()[0] % HELD_OUT == 0


@dataclass(frozen=True)
class Found:
    """Places by kind ("all": of any): wanted by the cases, found by the rules, and both."""

    wanted: Counter[str]
    found: Counter[str]
    right: Counter[str]

    def recall(self, kind: str = "all") -> float:
        """The share of the wanted places that are found."""
        return self.right[kind] / self.wanted[kind]

    def precision(self, kind: str = "all") -> float:
        """The share of the found places that are wanted."""
        return self.right[kind] / self.found[kind]


def cases() -> list[Case]:
    """The cases of tests/ingest/privacy_cases.tsv."""
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Case(_lines(row["text"]), _lines(row["expected"]), row["names"], hard=bool(row["hard"])) for row in rows]


def _lines(cell: str) -> str:
    return cell.replace("\\n", "\n")


def places(text: str, masked: str) -> set[Place]:
    """Where `masked` has a placeholder, in characters of `text`."""
    pattern = "(.+?)".join(map(re.escape, PLACEHOLDER.split(masked)))
    match = re.fullmatch(pattern, text, re.DOTALL)
    assert match is not None, "a masked text is the text with placeholders"
    return {(KINDS[each], *match.span(n)) for n, each in enumerate(PLACEHOLDER.findall(masked), 1)}


def measured(chosen: Iterable[Case]) -> Found:
    """The places of some cases."""
    wanted, found, right = Counter[str](), Counter[str](), Counter[str]()
    for case in chosen:
        ours, theirs = places(case.text, mask_text(case.text, case.name)), places(case.text, case.expected)
        for counter, each in ((wanted, theirs), (found, ours), (right, ours & theirs)):
            counter.update(kind for kind, _start, _stop in each)
            counter["all"] += len(each)
    return Found(wanted, found, right)


def quality_rows(chosen: Iterable[Case]) -> list[dict[str, object]]:
    """One row per kind: places, recall and precision with their 95 % intervals (Wilson)."""
    found = measured(chosen)
    return [
        {
            "kind": kind,
            "places": found.wanted[kind],
            "recall": _written(found.right[kind], found.wanted[kind]),
            "precision": _written(found.right[kind], found.found[kind]),
        }
        for kind in (*PLACEHOLDERS, "all")
    ]


def _written(right: int, n: int) -> str:
    share = wilson(right, n)
    return f"{share.value:.3f} ({share.low:.3f}–{share.high:.3f})"


def speed_rows() -> list[dict[str, object]]:
    """One row: texts, mean length, share looked at closely, texts per second (wall clock and processor), best of RUNS."""
    with gzip.open(REVIEWS, "rt", encoding="utf-8") as file:
        reviews = pd.read_csv(file, sep="\t", dtype="str", keep_default_na=False)["text"]
    texts = pd.concat([reviews] * COPIES, ignore_index=True)
    wall, cpu = zip(*(_seconds(texts) for _run in range(RUNS)), strict=True)
    return [
        {
            "texts": len(texts),
            "characters": round(texts.str.len().mean()),
            "places": sum(mask(reviews).counts.values()) * COPIES,
            "texts/s": round(len(texts) / min(wall)),
            "texts/s of processor time": round(len(texts) / min(cpu)),
        }
    ]


def _seconds(texts: pd.Series) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    mask(texts)
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Print the tables."""
    every = cases()
    print_table(f"Personal data in {len(every)} hand-written sentences", quality_rows(every))
    print_table("The held-out third of them", quality_rows(case for case in every if case.held_out))
    print_table("The hard ones", quality_rows(case for case in every if case.hard))
    if REVIEWS.exists():
        print_table("Shop reviews", speed_rows())
    else:
        print(f"The shop reviews are not at hand ({REVIEWS}).")


if __name__ == "__main__":
    main()
