"""The page Methode: what its examples show, hostile sentences, engines that go wrong, a challenge set that is not there."""

import importlib
import re
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from screen import Open, copied, html_of
from streamlit.testing.v1 import AppTest

import cx
from cx import text
from cx.report import methods
from cx.text import corpus, quality
from cx.ui import address, data, explaining

ENGINES = importlib.import_module("cx.text.engines")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of the test split: the page is what is tested here."""
    some = corpus.statements().query("test").head(150).reset_index(drop=True)
    monkeypatch.setattr(quality, "_statements", lambda: some)
    monkeypatch.setattr(ENGINES, "_registered", {})
    data._measured.clear()


def said(app: AppTest) -> str:
    return next(p.proto.body for p in app.get("html") if "cx-verdict" in p.proto.body)


def test_a_sentence_of_ones_own_is_read(open_app: Open, full: Path) -> None:
    app = open_app(full, "methode")
    app.text_input(key=explaining.TEXT).set_value("Die Jacke ist nicht elegant.").run()
    assert "negativ" in said(app) and "verneint" in said(app)


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("", "Schreiben Sie einen Satz"),
        ("   ", "Schreiben Sie einen Satz"),
        ("Everything was really great and we will come back.", "Englisch"),
    ],
)
def test_what_cannot_be_read_is_said(open_app: Open, full: Path, sentence: str, answer: str) -> None:
    app = open_app(full, "methode")
    app.text_input(key=explaining.TEXT).set_value(sentence).run()
    assert not app.error and not app.exception
    assert answer in html_of(app)
    assert "cx-verdict" not in html_of(app)


def test_a_hostile_sentence_is_shown_as_text(open_app: Open, full: Path) -> None:
    app = open_app(full, "methode")
    app.text_input(key=explaining.TEXT).set_value("<script>alert(1)</script> sehr <b>schlecht</b> \u202e").run()
    assert not re.search(r"<(script|b>sehr|b>schlecht)", html_of(app))


@pytest.mark.parametrize(
    ("name", "label"),
    [("Lob und Tadel", "mixed"), ("Verneinung", "negative"), ("Wortbildung", "positive"), ("Frage", "neutral")],
)
def test_examples_show_what_their_names_say(name: str, label: str) -> None:
    assert text.sentiment([explaining.examples()[name]])["label"].tolist() == [label]


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("Das habt ihr ja wieder wunderbar hinbekommen.", "negative"),
        ("Des war fei ned so doll.", "negative"),
        ("Der Verkäufer meinte, das sei ein hervorragendes Gerät.", "neutral"),
        ("Hätte man mich angerufen, wäre ich zufrieden.", "negative"),
    ],
)
def test_limits_that_the_page_names_are_still_there(open_app: Open, full: Path, sentence: str, meant: str) -> None:
    """Whoever teaches the reader one of these finds another example for the page."""
    assert text.sentiment([sentence])["label"].tolist() != [meant]
    assert sentence in html_of(open_app(full, "methode"))


def test_engines_stand_side_by_side_on_demand(open_app: Open, full: Path) -> None:
    app = open_app(full, "methode")
    assert "textblob-de 4" not in html_of(app)
    app.toggle[0].set_value(True).run()
    assert not app.error
    assert re.search(r"richtig, textblob-de \d+", html_of(app))


def test_an_engine_that_goes_wrong_is_one_sentence_and_the_page_stays(open_app: Open, full: Path) -> None:
    def broken(texts: list[str]) -> pd.DataFrame:
        raise RuntimeError("no weights")

    text.register(SimpleNamespace(name="own", sentiment=broken))
    app = open_app(full, "methode")
    app.toggle[0].set_value(True).run()
    assert {"own" in error.value and "no weights" in error.value for error in app.error} == {True}
    assert "Was der Wert nicht kann" in html_of(app)


def test_a_wrong_setting_is_one_sentence_and_the_page_stays(
    open_app: Open, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CX_ENGINES", "no_such_module_here")
    app = open_app(full, "methode")
    assert ["CX\\_ENGINES" in error.value for error in app.error] == [True]
    assert "Was der Wert nicht kann" in html_of(app)


def test_a_missing_challenge_set_is_said(
    open_app: Open, full: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(corpus.challenge, "__defaults__", (tmp_path / "challenge.tsv",))
    app = open_app(full, "methode")
    assert not app.error
    assert ["challenge" in info.value for info in app.info] == [True]


def test_failing_cases_of_a_phenomenon_can_be_opened(open_app: Open, full: Path) -> None:
    app = open_app(full, "methode")
    cases = quality.challenge()
    app.selectbox(key=address.PHENOMENON).set_value("irony").run()
    wrong = cases[(cases["phenomenon"] == "irony") & ~cases["right"]]
    assert html_of(app).count('class="cx-case"') == len(wrong)


def test_without_stars_there_is_a_sentence(open_app: Open, tmp_path: Path) -> None:
    path = tmp_path / "plain.duckdb"
    workspace = cx.open(path)
    workspace.import_file(b"Kanal;Kommentar\nWeb;Sehr gut.\n", name="p.csv")
    workspace.close()
    app = open_app(path, "methode")
    assert "zu wenige Feedbacks mit Sternen" in html_of(app)
    assert len(app.get("vega_lite_chart")) == 5


def test_the_lines_of_python_really_run(open_app: Open, full: Path, tmp_path: Path) -> None:
    codes = [code.value for code in open_app(full, "methode").code]
    assert len(codes) == 7
    copy = copied(full, tmp_path / "copy.duckdb")
    for code in codes:
        names: dict[str, object] = {}
        lines = code.replace(str(full), str(copy)).splitlines()
        exec("\n".join([*lines[:-1], f"chart = {lines[-1]}"]), names)
        assert names["chart"].to_dict()["layer"]
        if "ws" in names:
            names["ws"].close()


def test_a_figure_without_a_query_says_where_its_numbers_come_from() -> None:
    measured = methods.without_sql("")
    assert "keiner Datenbank" in measured
    assert methods.without_sql("cx.text.quality.confusion(ws.against_stars(selection))") != measured
