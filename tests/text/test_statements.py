"""Statements: where they begin and end."""

import pytest
from hypothesis import given, settings
from text_strategies import any_text

from cx import text


def statements(body: str) -> list[str]:
    found = text.analyse([body]).drop_duplicates("statement")
    return [body[start:stop] for start, stop in zip(found["start"], found["stop"], strict=True)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Gut. Schlecht.", ["Gut.", "Schlecht."]),
        ("Gut!!! Schlecht?", ["Gut!!!", "Schlecht?"]),
        ("Zeile eins\nZeile zwei", ["Zeile eins", "Zeile zwei"]),
        ("Sehr gut, aber teuer.", ["Sehr gut", "aber teuer."]),
        ("Am 7. Januar kam es an.", ["Am 7. Januar kam es an."]),
        ("Kostet 3.50 Euro.", ["Kostet 3.50 Euro."]),
        ("Gut, z.B. das Essen. Danke.", ["Gut, z.B. das Essen.", "Danke."]),
        ("Gut, z. B. das Essen.", ["Gut, z. B. das Essen."]),
        ("Siehe https://example.com/a.b?c=d ok", ["Siehe https://example.com/a.b?c=d ok"]),
        ("  Rand  ", ["Rand"]),
        ("„Gut.“ Ja.", ["„Gut.“", "Ja."]),
        ("😡😡 Ärger. Ä", ["😡😡 Ärger.", "Ä"]),
    ],
)
def test_text_is_cut_where_a_reader_would(body: str, expected: list[str]) -> None:
    assert [s.rstrip(",") for s in statements(body)] == expected


@settings(max_examples=60, deadline=None)
@given(any_text)
def test_statements_cover_the_text_in_order_and_leave_white_space_and_commas_only(body: str) -> None:
    body = body.encode("utf-8", "replace").decode()
    found = text.analyse([body]).drop_duplicates("statement")
    assert found["statement"].tolist() == list(range(len(found)))
    reached = 0
    for start, stop in zip(found["start"], found["stop"], strict=True):
        assert reached <= start < stop <= len(body)
        assert not body[reached:start].strip(" \t\n\r\f\v\u00a0\u2007\u202f\u200b\ufeff\u3000\x1e,;–")
        reached = stop
    assert not body[reached:].strip(" \t\n\r\f\v\u00a0\u2007\u202f\u200b\ufeff\u3000\x1e,;–")
