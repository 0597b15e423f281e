"""SQL and the plain reference agree on every statement, mention and text."""

import csv
from pathlib import Path

import pandas as pd
import reference
from hypothesis import given, settings
from hypothesis import strategies as st
from text_strategies import any_text

from cx import text
from cx.text import corpus

HERE = Path(__file__).parent


def agree(bodies: list[str]) -> None:
    whole, found = text.sentiment(bodies), text.analyse(bodies)
    wanted = [reference.statements(body) for body in bodies]
    verdicts = {place: (known(reference.polarity(each)), reference.label(each)) for place, each in enumerate(wanted)}
    got = zip(map(known, whole["polarity"]), map(known, whole["label"]), strict=True)
    same(dict(enumerate(got)), verdicts, bodies)
    rows = list(found.itertuples(index=False))
    same(
        {(r.text, r.statement): (r.start, r.stop, known(r.polarity), known(r.label)) for r in rows},
        {
            (place, n): (s.start, s.stop, known(s.polarity), s.label)
            for place, each in enumerate(wanted)
            for n, s in enumerate(each)
        },
        bodies,
    )
    same(
        {(r.text, r.statement, r.dimension, r.aspect): r.aspect_polarity for r in rows if r.dimension},
        {
            (place, n, *aspect): polarity
            for place, each in enumerate(wanted)
            for n, s in enumerate(each)
            for aspect, polarity in s.mentions.items()
        },
        bodies,
    )


def known(value: object) -> object:
    """Missing, however it is written, is None."""
    return None if pd.isna(value) else value


def same(got: dict, wanted: dict, bodies: list[str]) -> None:
    keys = got.keys() | wanted.keys()
    differing = [key for key in keys if key not in got or key not in wanted or got[key] != wanted[key]]
    assert not [
        (bodies[key if isinstance(key, int) else key[0]], key, got.get(key), wanted.get(key)) for key in differing[:5]
    ]


def test_challenges_agree() -> None:
    with (HERE / "challenge.tsv").open(encoding="utf-8") as file:
        agree([row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)])


def test_other_languages_agree() -> None:
    with (HERE / "languages.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    bodies = [row["text"] for row in rows]
    assert text.language(bodies).tolist() == [reference.language(body) for body in bodies]
    agree(bodies)
    agree([" ".join(bodies[place : place + 2]) for place in range(0, len(bodies), 9)])


def test_every_statement_of_the_corpus_agrees() -> None:
    agree(corpus.statements()["text"].tolist())


@settings(max_examples=15, deadline=None)
@given(st.lists(any_text, min_size=1, max_size=20))
def test_generated_texts_agree(bodies: list[str]) -> None:
    agree([body.encode("utf-8", "replace").decode() for body in bodies])


def test_long_texts_agree() -> None:
    agree(["nicht gut und sehr schlecht " * 300, "gut, " * 600, "😡" * 600])
