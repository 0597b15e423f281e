"""SQL and the plain reference agree on every statement, mention and text."""

import csv
import math
from pathlib import Path

import numpy as np
import reference
from hypothesis import given, settings
from text_strategies import any_text

from cx import text
from cx.text import corpus

HERE = Path(__file__).parent


def agree(bodies: list[str]) -> None:
    whole = text.sentiment(bodies)
    found = text.analyse(bodies)
    by_text = dict(list(found.groupby("text")))
    for place, body in enumerate(bodies):
        expected = reference.statements(body)
        polarity = reference.polarity(expected)
        got, label = whole["polarity"][place], whole["label"][place]
        assert got == polarity or math.isnan(got) and math.isnan(polarity), body
        assert label == reference.label(expected), body
        if not expected:
            assert place not in by_text
            continue
        rows = by_text[place]
        cut = rows.drop_duplicates("statement")
        np.testing.assert_array_equal(
            cut[["start", "stop", "polarity"]].to_numpy(float), [[s.start, s.stop, s.polarity] for s in expected], body
        )
        assert [each if isinstance(each, str) else None for each in cut["label"]] == [s.label for s in expected], body
        named = rows[rows["dimension"] != ""]
        got = {(r.statement, r.dimension, r.aspect): r.aspect_polarity for r in named.itertuples()}
        assert got == {(n, *a): p for n, s in enumerate(expected) for a, p in s.mentions.items()}, body


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


@settings(max_examples=60, deadline=None)
@given(any_text)
def test_generated_texts_agree(body: str) -> None:
    agree([body.encode("utf-8", "replace").decode()])


def test_long_texts_agree() -> None:
    agree(["nicht gut und sehr schlecht " * 300, "gut, " * 600, "😡" * 600])
