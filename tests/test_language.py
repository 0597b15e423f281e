"""German first, English complete; numbers and dates as each language writes them."""

import ast
import math
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from babel import numbers
from babel.messages.catalog import Message
from hypothesis import given
from hypothesis import strategies as st

from cx import language
from cx.language import PLAIN, day, interval, month, ngettext, number, percent
from script import catalogue

ROOT = Path(__file__).parents[1]
MODULES = [ROOT / "app.py", *sorted(ROOT.glob("pages/*.py")), *sorted(ROOT.glob("cx/**/*.py"))]
PLACEHOLDER = re.compile(r"\{\w*(?::[^}]*)?\}")
GERMAN = re.compile(r"[äöüßÄÖÜ„]|\b(das|und|nicht|Sie|Ihre|eine|für)\b")


def listed(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def spoken() -> list[Message]:
    return [message for message in catalogue.spoken() if message.id]


# --- the catalogue


def test_the_code_speaks() -> None:
    assert len(spoken()) > 100


def test_every_sentence_has_its_english() -> None:
    english = catalogue.kept()
    missing = [m.id for m in spoken() if not english.get(m.id) or not all(listed(english.get(m.id).string))]
    assert not missing, "script/catalogue adds what is missing; then translate"


def test_no_stale_sentence_is_kept() -> None:
    now = {listed(message.id) for message in spoken()}
    assert not [message.id for message in catalogue.kept() if message.id and listed(message.id) not in now]


def test_translations_keep_the_placeholders() -> None:
    for message in catalogue.kept():
        if message.id:
            expected = set(PLACEHOLDER.findall(listed(message.id)[-1]))
            for text in listed(message.string):
                assert set(PLACEHOLDER.findall(text)) <= expected, message.id
            assert set(PLACEHOLDER.findall(listed(message.string)[-1])) == expected, message.id


def test_no_german_is_left_in_the_english() -> None:
    assert not [s for m in catalogue.kept() if m.id for s in listed(m.string) if GERMAN.search(s)]


def test_nobody_is_shouted_at() -> None:
    assert not [message.id for message in spoken() if "!" in "".join(listed(message.id))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_written_sentences_are_translated(path: Path) -> None:
    """`_(f"…")` or `_(name)` could not be found by whoever translates."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            assert isinstance(node.args[0], ast.Constant), ast.unparse(node)


def test_what_catalogue_writes_keeps_translations_and_drops_the_rest() -> None:
    before = catalogue.spoken()
    before.add("Das sagt niemand mehr.", "Nobody says this any more.")
    first = next(message for message in before if message.id and isinstance(message.id, str))
    first.string = "Kept"
    after = catalogue.updated(before)
    assert after.get(first.id).string == "Kept"
    assert "Das sagt niemand mehr." not in after


# --- the language in use


def test_english_is_spoken_where_it_is_asked_for() -> None:
    german = language._("Daten laden")
    language.use("en")
    assert language._("Daten laden") != german == "Daten laden"


def test_an_unknown_language_is_german() -> None:
    language.use("en")
    language.use("../../etc/passwd")
    assert language.current() == "de"


def test_two_visitors_read_two_languages() -> None:
    language.use("en")
    seen = []
    other = threading.Thread(target=lambda: seen.append(language.current()))
    other.start()
    other.join()
    assert seen == ["de"]
    assert language.current() == "en"


def test_an_unknown_sentence_is_itself() -> None:
    language.use("en")
    assert language._("Diesen Satz kennt niemand") == "Diesen Satz kennt niemand"
    assert ngettext("ein Ding", "viele Dinge", 1) == "ein Ding"
    assert ngettext("ein Ding", "viele Dinge", 2) == "viele Dinge"


# --- numbers and dates


@pytest.mark.parametrize(
    ("value", "digits", "german", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-6.25, 1, "−6,2", "−6.2"),
        (-0.04, 1, "0,0", "0.0"),
        (0.5, 0, "0", "0"),
        (1_000_000, 0, "1.000.000", "1,000,000"),
        (None, 0, "–", "–"),
        (math.nan, 2, "–", "–"),
        (math.inf, 2, "–", "–"),
    ],
)
def test_numbers_have_their_digits_and_a_true_minus(
    value: float | None, digits: int, german: str, english: str
) -> None:
    assert number(value, digits) == german
    language.use("en")
    assert number(value, digits) == english


@pytest.mark.parametrize("spoken", ["de", "en"])
@given(
    value=st.one_of(st.integers(0, 10**9 - 1), st.floats(0, PLAIN, exclude_max=True), st.decimals(0, 10**6, places=3)),
    digits=st.integers(0, 4),
)
def test_numbers_are_written_as_babel_writes_them(spoken: str, value: float, digits: int) -> None:
    language.use(spoken)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    assert number(value, digits) == numbers.format_decimal(round(float(value), digits), format=pattern, locale=spoken)


def test_signed_numbers_show_plus_and_minus_but_no_signed_zero() -> None:
    assert [number(v, 1, signed=True) for v in (2.0, -2.0, 0.0, -0.01)] == ["+2,0", "−2,0", "0,0", "0,0"]


def test_shares_are_percent() -> None:
    assert percent(0.785) == "78\u00a0%"
    assert percent(None) == "–"
    assert percent(-0.031, 1, signed=True) == "−3,1\u00a0%"
    language.use("en")
    assert percent(0.785, 1) == "78.5%"


def test_intervals_name_both_ends() -> None:
    assert interval(-13.31, -4.56, 1) == "−13,3 … −4,6"
    assert interval(26, 36, signed=True) == "+26 … +36"


def test_an_interval_whose_ends_read_alike_is_one_number() -> None:
    assert interval(0.638, 0.642, 2, signed=True) == "+0,64"
    assert interval(0.638, 0.642, 3, signed=True) == "+0,638 … +0,642"
    assert interval(math.nan, math.nan) == "–"


def test_dates_are_written_as_the_language_does() -> None:
    assert day(date(2026, 1, 7)) == "07.01.2026"
    assert month(date(2026, 3, 1)) == "März 2026"
    assert month(pd.Timestamp("2026-10-01"), long=False) == "Okt. 2026"
    assert day(None) == day(pd.NaT) == month(None) == "–"
    language.use("en")
    assert day(date(2026, 1, 7)) == "7 Jan 2026"
    assert month(date(2026, 3, 1)) == "March 2026"


def test_what_is_made_later_is_made_in_the_language_of_now() -> None:
    language.use("en")
    made = language.kept(language.current)
    language.use("de")
    with ThreadPoolExecutor(1) as other:
        assert other.submit(made).result() == "en"
    assert language.current() == "de"
