"""Texts cut by characters agree with the patterns, which DuckDB matches over everything here."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_strategies import any_text

from cx.store import Session, Store
from cx.text import corpus, cutting, reader
from cx.text.cutting import Cut
from cx.text.german import TOKEN

HERE = Path(__file__).parent
BY_PATTERNS = """
WITH piece AS (
    SELECT text, unnest(regexp_extract_all(regexp_replace(body, $clause, $boundary, 'g'), $statement)) AS part FROM text_input
),
trimmed AS (SELECT text, length(part) AS size, rtrim(part, $white) AS body FROM piece)
SELECT text, size, length(body) AS kept, contains(right(body, 3), '?') AS question, regexp_matches(body, $adversative) AS but,
    regexp_extract_all(body, $token) AS words, body FROM trimmed
"""
HOSTILE = (
    *"aZäßſKİıΣς9²½ªµ_-'’.*/&@#:;=<>^+!?,–()[]|\\DP3wW\"“”„»«…\n\r\t\v\f\0\x1e\x85 \u00a0\u2007\u202f\u200b\ufeff\u3000",
    *"\u0301\u20dd\u200d\ufe0f😡👍🏽❤★☆⭐™€•‼йΩ字א٣ꙮ\U0001d54f\ue000\uffff\U0010ffff",
    *(
        "z. B.",
        "z.B.",
        "z.b.",
        "d. h.",
        " ca.",
        "(bzw.",
        "„inkl.",
        " Nr. ",
        "7. Januar",
        "12. März",
        "3.50",
        "1.2.3",
        "24.12.2023",
    ),
    *(
        "http://x.de/a?b",
        "https://a.b",
        "www.x.de",
        "WWW.x",
        "a@b.de",
        "@wir",
        "#eins",
        ":-)",
        ";D",
        "=3",
        "<3",
        "<33",
        "^^",
    ),
    *(
        "-_-",
        "-.-",
        "---",
        "++",
        "!!",
        "?!",
        "...",
        ", aber ",
        ";  leider,",
        "– doch ",
        "Aber ",
        "wo",
        "gut",
        "Ärger",
        "e-mail",
    ),
    *(".“", '."!', "?)", "!»", ".) ", "x" * 50),
)


@pytest.fixture(scope="module")
def session() -> Session:
    with Store().reading() as opened:
        yield opened


def agree(session: Session, bodies: list[str | None]) -> None:
    with session.given(text_input=reader.given(bodies, 0)):
        found, wanted = described(cutting.cut(session)), by_patterns(session)
    differing = [place for place in range(len(bodies)) if found.get(place) != wanted.get(place)]
    assert not [(bodies[place], found.get(place), wanted.get(place)) for place in differing[:3]]


def described(cut: Cut) -> dict[int, list[tuple]]:
    """What was found of each text: its statements, each with its tokens."""
    words, reached, texts = cut.spellings.take(pa.array(cut.token)).to_pylist(), 0, {}
    columns = (cut.text, cut.ordinal, cut.start, cut.stop, cut.question, cut.but, cut.counts)
    for row in zip(cut.bodies.to_pylist(), *(column.tolist() for column in columns), strict=True):
        body, text, ordinal, start, stop, question, but, count = row
        assert ordinal == len(texts.setdefault(text, []))
        texts[text].append((start, stop, question, but, words[reached : reached + count], body))
        reached += count
    assert reached == len(words)
    assert len(cut.spellings.unique()) == len(cut.spellings)
    return texts


def by_patterns(session: Session) -> dict[int, list[tuple]]:
    """The same by the patterns alone."""
    rows = session.arrow(
        BY_PATTERNS,
        clause=cutting.CLAUSE,
        boundary=cutting.BOUNDARY + r"\1",
        statement=cutting.STATEMENT,
        adversative=cutting.ADVERSATIVE,
        token=TOKEN,
        white=cutting.WHITE,
    ).to_pylist()
    texts, reached = {}, {}
    for row in rows:
        start = reached.get(row["text"], 0)
        reached[row["text"]] = start + row["size"]
        if row["kept"]:
            told = (start, start + row["kept"], row["question"], row["but"], row["words"], row["body"])
            texts.setdefault(row["text"], []).append(told)
    return texts


def test_statements_of_the_corpus_agree(session: Session) -> None:
    bodies = corpus.statements()["text"].tolist()
    agree(session, [" ".join(bodies[place : place + 3]) for place in range(0, len(bodies), 3)])


@pytest.mark.parametrize("file", ["challenge.tsv", "languages.tsv"])
def test_challenges_agree(session: Session, file: str) -> None:
    with (HERE / file).open(encoding="utf-8") as lines:
        agree(session, [row["text"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)])


def test_characters_agree_alone_and_among_letters(session: Session) -> None:
    codes = [*range(0x300), *range(0x1FF0, 0x20D0), *range(0x2E00, 0xD800, 97), *range(0xFE00, 0x110000, 1009)]
    agree(session, ["{0} a{0}b @{0}{0}x .{0} x{0}.y{0} 3{0}4".format(chr(code)) for code in codes])


@pytest.mark.parametrize("bodies", [[], [None], ["", None, " ", "\n\n"], ["\x1e", ".", '"', "a", None]])
def test_nothing_agrees(session: Session, bodies: list[str | None]) -> None:
    agree(session, bodies)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.sampled_from(HOSTILE), max_size=12).map("".join) | any_text | st.text(), min_size=9))
def test_hostile_texts_agree(session: Session, bodies: list[str]) -> None:
    agree(session, [body.encode("utf-8", "replace").decode() for body in bodies])


def test_lone_surrogates_and_endless_words_agree(session: Session) -> None:
    agree(session, ["gut \ud800schlecht\udfff.", "a" * 200_000, "!?" * 50_000, "gut. " * 20_000, "w" * 5_000 + ".x"])
