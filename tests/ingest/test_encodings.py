"""Bytes become the right characters, however they are cut into chunks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx.ingest.encodings import Encoding, encoding_of, utf8

GERMAN = "Die Küche war schön und größer, für 19 € süß. Ärger über Öfen, weiß.\n"


def chunks(content: bytes, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


def read(content: bytes, size: int = 1_000_000) -> tuple[str, Encoding]:
    encoding = encoding_of(chunks(content, size))
    return b"".join(utf8(chunks(content, size), encoding)).decode(), encoding


@pytest.mark.parametrize("size", [1, 7, 1_000_000])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "cp1252"),
        ("iso8859-15", "iso8859-15"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_german_is_read_in_every_usual_encoding(encoding: str, name: str, size: int) -> None:
    text, found = read((GERMAN * 20).encode(encoding), size)
    assert (text, found.name, found.damaged) == (GERMAN * 20, name, 0)


def test_latin_1_without_a_euro_is_read_as_windows_1252() -> None:
    text, found = read(GERMAN.replace("€", "Euro").encode("latin-1"))
    assert (text, found.name) == (GERMAN.replace("€", "Euro"), "cp1252")


def test_windows_quotes_speak_against_latin_9() -> None:
    text, found = read("„schön“ ¤ größer".encode("cp1252"))
    assert (text, found.name) == ("„schön“ ¤ größer", "cp1252")


def test_umlauts_far_down_still_tell_the_code_page() -> None:
    text, found = read(b"plain ascii;1\n" * 100_000 + GERMAN.encode("mac_roman"), 300_000)
    assert found.name == "mac_roman"
    assert text.endswith(GERMAN)


def test_bytes_without_a_character_are_counted() -> None:
    _text, found = read(GERMAN.encode("cp1252") + b"\x81\x8d ")
    assert (found.name, found.damaged) == ("cp1252", 2)


def test_a_cut_last_character_is_one_loss() -> None:
    text, found = read((GERMAN * 20).encode() + "ü".encode()[:1], 64)
    assert (found.name, found.damaged, text[-1]) == ("utf-8", 1, "\ufffd")


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), st.integers(1, 9))
def test_any_text_survives_any_chunks(text: str, encoding: str, size: int) -> None:
    text = text.encode("utf-8", "ignore").decode().lstrip("\ufeff\x00") or "x"
    if encoding == "utf-8":
        text = "üüü" + text  # without a mark, every second byte zero would mean UTF-16
    assert read(text.encode(encoding), size)[0] == text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(1, 50))
def test_any_bytes_are_read_somehow_the_same_in_any_chunks(content: bytes, size: int) -> None:
    text, found = read(content, size)
    whole, same = read(content)
    assert (text, found) == (whole, same)


ODD = [
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xe0\x80\x80",
    b"\xf4\x90\x80\x80",
    b"\xf8",
    "ü€😀".encode(),
    "😀".encode()[:3],
    b"\x00",
    b"\xff",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ODD) | st.binary(max_size=4), max_size=6).map(b"".join))
def test_what_is_lost_is_what_python_cannot_decode(content: bytes) -> None:
    content = ("süß\n" * 500).encode() + content.replace("\ufffd".encode(), b"")
    assert encoding_of([content]).damaged == content.decode("utf-8", "replace").count("\ufffd")
