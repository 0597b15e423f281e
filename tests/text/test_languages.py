"""What is no German is recognised, kept out of every verdict, and German is left alone."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from cx import text
from cx.store import Store
from cx.text import languages
from cx.text.reading import read

HERE = Path(__file__).parent
LABELLED = HERE.parents[2] / "shared" / "data" / "labelled"
RECALL = 0.95
FALSE_ALARMS = 0.003


def sentences() -> list[dict[str, str]]:
    with (HERE / "languages.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_foreign_sentences_are_recognised_with_their_language() -> None:
    rows = [row for row in sentences() if row["language"] != "de"]
    assert len(rows) >= 120
    assert len({row["language"] for row in rows}) >= 12
    found = text.language([row["text"] for row in rows])
    right = sum(got == row["language"] for got, row in zip(found, rows, strict=True))
    assert right / len(rows) >= RECALL


def test_dialect_anglicisms_names_and_scraps_stay_german() -> None:
    bodies = [row["text"] for row in sentences() if row["language"] == "de"]
    assert len(bodies) >= 120
    found = text.language(bodies)
    assert [body for body, code in zip(bodies, found, strict=True) if code != "de"] == []


def test_foreign_text_has_no_verdict_no_mention_and_no_explanation() -> None:
    body = "The parcel arrived two days late and nobody told me. Very bad service!"
    found = text.sentiment([body, "Sehr gut."])
    assert np.isnan(found["polarity"][0])
    assert found["label"].tolist() == [None, "positive"]
    assert text.explain(body).empty
    cut = text.analyse([body])
    assert len(cut) == 2
    assert cut["polarity"].isna().all()
    assert cut["label"].isna().all()
    assert (cut["aspect"] == "").all()


def test_a_german_text_with_a_foreign_sentence_is_read() -> None:
    body = "Der Berater war sehr freundlich und hat alles erklärt. I am very happy with it."
    assert text.language([body])[0] == "de"
    assert text.sentiment([body])["label"][0] == "positive"


def test_title_and_text_are_weighed_together() -> None:
    with Store().reading() as session:
        session.run("CREATE TEMP TABLE text_input (text BIGINT, feedback BIGINT, body VARCHAR)")
        session.run(
            "INSERT INTO text_input VALUES (1, 7, 'Top'), (2, 7, 'The parcel arrived two days late and nobody told me.'),"
            "(3, 8, 'Very nice'), (4, 8, 'Die Lieferung war schnell und der Fahrer freundlich.')"
        )
        read(session)
        found = session.frame("SELECT feedback, language, label FROM read_feedback ORDER BY feedback")
        assert found["language"].tolist() == ["en", "de"]
        assert session.value("SELECT count(*) FROM read_mention WHERE feedback = 7") == 0


@pytest.mark.parametrize(
    ("body", "declared", "language"),
    [
        ("Perfect!", "en", "en"),
        ("Perfect!", "de", "de"),
        ("Perfect!", None, "de"),
        ("Der Service war schnell und gut.", "en", "de"),
        ("The service was quick and they were very friendly.", "de", "en"),
    ],
)
def test_the_text_decides_and_the_file_breaks_ties(body: str, declared: str | None, language: str) -> None:
    with Store().reading() as session:
        session.run("CREATE TEMP TABLE text_input (text BIGINT, feedback BIGINT, body VARCHAR)")
        session.run("INSERT INTO text_input VALUES (1, 1, $body)", body=body)
        session.run(
            "CREATE TEMP TABLE declared_language AS SELECT 1::BIGINT AS feedback, $said AS language", said=declared
        )
        read(session)
        assert session.value("SELECT language FROM read_feedback") == language
        assert (session.value("SELECT label FROM read_feedback") is None) == (language != "de")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("de", "de"), ("DE", "de"), ("de-AT", "de"), ("de_CH", "de"), ("German", "de"), ("Deutsch", "de"), ("deu", "de"),
        ("en-GB", "en"), ("Englisch", "en"), (" french ", "fr"), ("xx", "xx"), ("", None), ("–", None), ("unbekannt", None),
    ],
)  # fmt: skip
def test_languages_are_understood_as_exports_write_them(written: str, code: str | None) -> None:
    assert languages.code_of(written) == code


def test_every_language_has_a_name_in_both_languages_and_words_or_letters() -> None:
    assert len(languages.shipped()) >= 14
    for code, language in languages.shipped().items():
        assert language.name("de") and language.name("en") != code
        assert language.words or language.letters
    assert languages.name("xx", "de") == "xx"


def test_a_word_tells_of_german_or_of_others_never_of_both() -> None:
    shipped = languages.shipped()
    shared = set(shipped[languages.SHARED].words) | set(shipped[languages.GERMAN].words)
    rest = [word for code, each in shipped.items() if code not in ("mul", "de") for word in each.words]
    assert not shared & set(rest)


@pytest.mark.parametrize("name", ["gerestaurant/train", "germeval2017/dev", "potts/test", "mobasa/dev"])
def test_german_feedback_raises_hardly_any_alarm(name: str) -> None:
    path = LABELLED / f"{name}.tsv.gz"
    if not path.exists():
        pytest.skip("../shared/data/labelled is not here: false alarms are not counted")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        bodies = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    foreign = sum(code not in ("de", None) for code in text.language(bodies))
    assert foreign / len(bodies) < FALSE_ALARMS
