"""The public functions: shapes, order, bad input, engines, chunks."""

import gzip
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cx import text
from cx.errors import AskError
from cx.store import Store
from cx.text import reader
from cx.text.reading import read

BAD = {
    "one character": "x",
    "dots": "gut. " * 5_000,
    "many words without an end": "nicht gut " * 20_000,
    "200,000 letters": "a" * 200_000,
    "10,000 emoji": "😡" * 10_000,
    "control characters": "".join(map(chr, range(32))),
    "NUL": "gut\0schlecht",
    "half a surrogate pair": "gut \ud800 schlecht",
    "right to left": "שלום gut مرحبا",
    "HTML": "<p>Sehr <b>gut</b></p><script>alert(1)</script>",
    "commas": "gut, aber " * 5_000,
    "marks": "!" * 100_000,
}


@pytest.mark.parametrize("name", BAD)
def test_bad_text_gets_a_verdict_in_time(name: str) -> None:
    start = time.process_time()
    found = text.sentiment([BAD[name]])
    assert time.process_time() - start < 10
    assert -1 <= found["polarity"][0] <= 1
    assert found["label"][0] in ("negative", "neutral", "positive", "mixed")


@pytest.mark.parametrize("nothing", ["", "   \n\t", None, float("nan"), "\u00a0"])
def test_no_text_is_no_verdict(nothing: str | None) -> None:
    found = text.sentiment(["Gut.", nothing])
    assert np.isnan(found["polarity"][1])
    assert found["label"][1] is None
    assert text.analyse([nothing]).empty
    assert text.explain_many([nothing]).empty


def test_no_texts_give_empty_frames_with_columns() -> None:
    assert text.sentiment([]).columns.tolist() == ["polarity", "label"]
    assert len(text.sentiment([])) == 0
    columns = ["text", "statement", "start", "stop", "polarity", "label", "dimension", "aspect", "aspect_polarity"]
    assert text.analyse([]).columns.tolist() == columns


def test_results_keep_the_order_of_the_texts() -> None:
    bodies = ["Sehr gut!", "Sehr schlecht!", None] * 700
    found = text.sentiment(bodies)
    assert found["label"].tolist() == ["positive", "negative", None] * 700


def test_analyse_names_pillars_and_touchpoints() -> None:
    found = text.analyse(["Das Personal war sehr freundlich, aber die Lieferung kam zu spät."])
    named = {(row.statement, row.dimension, row.aspect): row.aspect_polarity for row in found.itertuples()}
    assert named[0, "touchpoint", "staff"] > 0
    assert named[0, "pillar", "emotion"] > 0
    assert named[1, "touchpoint", "delivery"] < 0


def test_statement_without_aspect_has_one_row() -> None:
    found = text.analyse(["Am Montag."])
    assert found[["dimension", "aspect"]].to_numpy().tolist() == [["", ""]]
    assert np.isnan(found["aspect_polarity"][0])


def test_chunks_read_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = ["Gut.", "Nicht gut, aber billig.", None, "Der Service ist eine Frechheit!", "Wann kommt es?"] * 5
    whole = text.sentiment(bodies), text.analyse(bodies), text.explain_many(bodies)
    monkeypatch.setattr(reader, "CHUNK", 3)
    parts = text.sentiment(bodies), text.analyse(bodies), text.explain_many(bodies)
    for one, several in zip(whole, parts, strict=True):
        pd.testing.assert_frame_equal(one, several, check_dtype=False)


def test_session_can_read_again_and_again() -> None:
    with Store().reading() as session:
        for body, label in (("Sehr gut.", "positive"), ("Sehr schlecht.", "negative")):
            session.run(
                f"CREATE OR REPLACE TEMP TABLE text_input AS SELECT 7::BIGINT AS text, 3::BIGINT AS feedback, '{body}' AS body"
            )
            read(session)
            assert session.value("SELECT label FROM read_feedback WHERE feedback = 3") == label
            assert session.value("SELECT count(*) FROM read_statement") == 1


def test_feedback_joins_its_texts_by_the_formula_of_one() -> None:
    with Store().reading() as session:
        session.run(
            "CREATE OR REPLACE TEMP TABLE text_input AS FROM (VALUES "
            "(1::BIGINT, 1::BIGINT, 'Sehr freundlich.'), (2, 1, 'Leider viel zu teuer.'), (3, 2, NULL)) t(text, feedback, body)"
        )
        read(session)
        rows = session.frame("SELECT * FROM read_feedback ORDER BY feedback")
    assert rows["polarity"][0] == text.sentiment(["Sehr freundlich. Leider viel zu teuer."])["polarity"][0]
    assert rows["emotion"][0] > 0
    assert np.isnan(rows["polarity"][1])


def test_engines_are_ours_and_the_classic_one() -> None:
    assert text.engines() == ("cx", "textblob-de")
    found = text.sentiment(["Das ist schön.", None, "Das ist hässlich."], engine="textblob-de")
    assert found["label"].tolist() == ["positive", None, "negative"]
    assert np.isnan(found["polarity"][1])


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(AskError):
        text.sentiment(["Gut."], engine="orakel")
    with pytest.raises(AskError):
        text.analyse(["Gut."], engine="textblob-de")


def test_version_names_rules_and_content() -> None:
    rules, digest = text.MODEL_VERSION.split(".")
    assert rules.isdigit() and len(digest) == 8


def test_real_reviews_with_five_stars_score_above_those_with_one() -> None:
    path = Path(__file__).parents[3] / "shared/data/labelled/amazon_de_household/dev.tsv.gz"
    if not path.exists():
        pytest.skip("../shared/data/labelled is not here: real reviews are not checked")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        reviews = pd.read_csv(file, sep="\t", dtype=str, keep_default_na=False).head(1500)
    polarity = text.sentiment(reviews["text"].tolist())["polarity"].fillna(0)
    best, worst = polarity[reviews["label"] == "5"].to_numpy(), polarity[reviews["label"] == "1"].to_numpy()
    above = (best[:, None] > worst[None, :]).mean()
    assert above > 0.9
