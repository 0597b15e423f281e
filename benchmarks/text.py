"""Reading German text: ours against textblob-de, on the same texts in one run, and bad input. Prints, asserts nothing.

python -m benchmarks.text [--million]
"""

import csv
import gzip
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

import pandas as pd

import cx
from benchmarks.tables import DEMO, ROOT, print_table
from cx import text
from cx.text import words
from cx.text.engines import CLASSIC

REVIEWS = ROOT.parent / "shared/data/labelled/amazon_de_household/dev.tsv.gz"
MEAN = 280  # characters of a text, on average
BULK = 20  # a large upload: the sample so many times over
RUNS = 3
BAD_RUNS = 5
CHARACTERS = 100_000  # of bad input
MILLION = 1_000_000
ALLOWED = 3  # times as long as ordinary text of the same length


def sample() -> tuple[str, list[str]]:
    """The name of the sample and its texts: real shop reviews, or the demo's where those are not at hand, MEAN characters on average.

    The shortest are left out until the mean is reached.
    """
    if REVIEWS.exists():
        with gzip.open(REVIEWS, "rt", encoding="utf-8") as file:
            name, texts = "shop reviews", pd.read_csv(file, sep="\t", dtype=str, keep_default_na=False)["text"].tolist()
    else:
        frame = pd.read_csv(DEMO, sep=None, engine="python", dtype=str, keep_default_na=False)
        name, texts = "demo texts", frame[max(frame.columns, key=lambda name: frame[name].str.len().mean())].tolist()
    least = 0
    while statistics.mean(map(len, texts)) < MEAN and least < MEAN:
        least += 1
        texts = [each for each in texts if len(each) >= least]
    mean = statistics.mean(map(len, texts))
    return f"{len(texts)} {name}, {mean:.0f} characters on average", texts


def rows(texts: list[str]) -> list[dict[str, object]]:
    """One row per way to read: what, state, texts_per_s, mb_per_s, ratio (to textblob-de, which reads the polarity alone)."""
    text.sentiment(["Aufwärmen."])
    text.sentiment(["Aufwärmen."], engine=CLASSIC)
    many = texts * BULK
    _forget()
    measured = [
        ("cx polarity", "vocabulary new", len(texts) / _seconds(text.sentiment, texts)),
        ("cx polarity", "warm", len(texts) / _best(text.sentiment, texts)),
        ("cx statements, polarity, aspects", "warm", len(texts) / _best(text.analyse, texts)),
        ("cx polarity", f"warm, {BULK} times as many", len(many) / _best(text.sentiment, many)),
        ("cx statements, polarity, aspects", f"warm, {BULK} times as many", len(many) / _best(text.analyse, many)),
        ("cx whole import into a file", f"{BULK} times as many", len(many) / _import_seconds(many)),
    ]
    classic = len(texts) / _seconds(lambda given: text.sentiment(given, engine=CLASSIC), texts)
    size = sum(len(each.encode()) for each in texts) / len(texts) / 1e6
    return [
        {
            "what": what,
            "state": state,
            "texts_per_s": round(speed),
            "mb_per_s": round(speed * size, 2),
            "ratio": round(speed / classic, 1),
        }
        for what, state, speed in (*measured, ("textblob-de polarity", "warm", classic))
    ]


def _seconds(read: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    start = time.perf_counter()
    read(texts)
    return time.perf_counter() - start


def _best(read: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    return min(_seconds(read, texts) for _ in range(RUNS))


def _forget() -> None:
    """Every word is new again: what Python has worked out of it, and the vocabulary."""
    words.shipped().seen.clear()
    words.shipped().made.pop("vocabulary", None)


def _import_seconds(texts: list[str]) -> float:
    """A CSV of a number and a text per row into a database on disk: read, masked, cut, scored, named, stored."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow(["Vorgang", "Kommentar"])
    writer.writerows((f"B-{number:07d}", each) for number, each in enumerate(texts))
    with tempfile.TemporaryDirectory() as folder:
        workspace = cx.open(Path(folder) / "cx.duckdb")
        seconds = _seconds(
            lambda file: workspace.import_file(file, name="b.csv", channel="Test"), target.getvalue().encode()
        )
        workspace.close()
    return seconds


# -- bad input ------------------------------------------------------------------------------------------------------------


def bad(texts: list[str]) -> dict[str, list[str]]:
    """Kinds of input that nobody should write, each about CHARACTERS long; two of them as many texts as ordinary ones."""
    ordinary = _ordinary(texts, CHARACTERS)
    table = "\n".join(f'{n};"{each}";{n % 5 + 1};{n % 11}' for n, each in enumerate(ordinary))
    html = "<p>Sehr <b class='x'>gut</b>,<br/>&nbsp;gerne wieder</p><script>alert(1)</script>"
    return {
        "ordinary text in one cell": [" ".join(ordinary)[:CHARACTERS]],
        "empty, as many texts": [""] * len(ordinary),
        "one character, as many texts": ["x"] * len(ordinary),
        "200,000 letters": ["a" * 200_000],
        "one word over and over": [_filled("nicht gut ")],
        "short sentences": [_filled("gut. ")],
        "commas": [_filled("gut, aber ")],
        "marks": [_filled("!?")],
        "a new word each": [_filled("".join(f"w{n:x}q " for n in range(20_000)))],
        "10,000 emoji, ten times": ["😡" * 10_000] * 10,
        "emoji of all kinds": [_filled("".join(map(chr, range(0x1F300, 0x1F6FF))))],
        "control characters": [_filled("".join(map(chr, range(32))))],
        "right to left": [_filled("שלום זה מוצר גרוע מאוד, مرحبا هذا المنتج سيئ ")],
        "lone surrogates": [_filled("gut \ud800schlecht\udfff ")],
        "HTML": [_filled(html)],
        "a whole CSV in one cell": [table[:CHARACTERS]],
    }


def _filled(part: str) -> str:
    return "".join(islice(cycle(part), CHARACTERS))


def _ordinary(texts: list[str], characters: int) -> list[str]:
    """Texts of the sample, `characters` together."""
    found, size = [], 0
    for each in cycle(texts):
        if size >= characters:
            return found
        found.append(each)
        size += len(each)
    return found


def bad_rows(texts: list[str]) -> list[dict[str, object]]:
    """One row per kind: seconds warm and with every word new, and the ratios to ordinary texts of the same length, likewise."""
    found = []
    for kind, given in bad(texts).items():
        size = max(sum(map(len, given)), CHARACTERS)
        (warm, new), (usual, usual_new) = _side_by_side(given, _ordinary(texts, size))
        ratio, ratio_new = warm / usual, new / usual_new
        found.append(
            {
                "kind": kind,
                "characters": sum(map(len, given)),
                "ms": round(1000 * warm),
                "ratio": round(ratio, 2),
                "ms, words new": round(1000 * new),
                "ratio, words new": round(ratio_new, 2),
                f"over {ALLOWED}": "yes" if max(ratio, ratio_new) > ALLOWED else "",
            }
        )
    return found


def _side_by_side(*samples: list[str]) -> list[tuple[float, float]]:
    """Seconds warm and with every word new, the best of BAD_RUNS; by turns, so that a busy machine strikes all alike."""
    warm, new = ([[] for _ in samples] for _ in range(2))
    for _ in range(BAD_RUNS):
        for place, texts in enumerate(samples):
            _forget()
            new[place].append(_seconds(text.analyse, texts))
            warm[place].append(_seconds(text.analyse, texts))
    return [(min(w), min(n)) for w, n in zip(warm, new, strict=True)]


# -- memory ---------------------------------------------------------------------------------------------------------------


def million_rows() -> list[dict[str, object]]:
    """A million texts in a process of their own: seconds, texts per second, peak memory before and after."""
    script = (
        "import resource, sys, time\n"
        "from benchmarks.text import MILLION, sample\n"
        "from itertools import cycle, islice\n"
        "from cx import text\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "texts = list(islice(cycle(sample()[1]), MILLION))\n"
        "text.sentiment(texts[:100]); before = peak(); start = time.perf_counter()\n"
        "found = text.sentiment(texts)\n"
        "print(len(found), time.perf_counter() - start, before, peak())\n"
    )
    answer = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=ROOT)
    n, seconds, before, peak = map(float, answer.stdout.split())
    return [
        {
            "texts": round(n),
            "seconds": round(seconds, 1),
            "texts_per_s": round(n / seconds),
            "peak MB before": round(before),
            "peak MB": round(peak),
        }
    ]


if __name__ == "__main__":
    name, given = sample()
    print_table(f"Reading German text: {name}", rows(given))
    print_table(f"Bad input, at most {ALLOWED} times as long as ordinary texts", bad_rows(given))
    if "--million" in sys.argv[1:]:
        print_table("A million texts", million_rows())
