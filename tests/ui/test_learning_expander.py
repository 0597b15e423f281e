"""Learning on *Daten laden*: offered where there is enough, checked, applied, taken back."""

import random
from pathlib import Path

import pytest
import streamlit as st
from screen import Open, html_of
from streamlit.testing.v1 import AppTest

import cx
from cx.workspace import Workspace

BOX = "Aus den eigenen Sternen lernen"


def ratings(n: int, *, planted: bool) -> bytes:
    """Texts whose invented words go with the stars, or with nothing."""
    chance, lines = random.Random(0), ["Kommentar;Sterne"]
    for number in range(n):
        good = chance.random() < 0.5
        told = good if planted else chance.random() < 0.5
        lines.append(f"Die Tube {'quendelt' if told else 'mockelt'} im Bad. Nummer {number}.;{5 if good else 1}")
    return "\n".join(lines).encode()


def database(folder: Path, n: int = 520, *, planted: bool = True) -> Path:
    workspace = cx.open(folder / "cx.duckdb")
    workspace.import_file(ratings(n, planted=planted), name="tuben.csv")
    workspace.close()
    return folder / "cx.duckdb"


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_what_is_learned_is_checked_applied_and_taken_back(open_app: Open, tmp_path: Path) -> None:
    app = open_app(database(tmp_path), "datenbestand")
    assert [box.label for box in app.expander] == [BOX]
    assert "Anwenden" not in labels(app)
    app.button(key="learn_check_1").click().run()
    assert not app.exception
    assert "Gesichert" in html_of(app)
    assert "520 bewertete Texte" in html_of(app)
    words = app.dataframe[0].value
    assert {"quendelt", "mockelt"} <= set(words["Wort"])
    app.button(key="learn_apply_1").click().run()
    assert not app.exception
    assert "gelernt aus 520 bewerteten Texten" in html_of(app)
    app.button(key="learn_withdraw_1").click().run()
    assert not app.exception
    assert "Angewandt" not in html_of(app)
    assert "Gelerntes zurücknehmen" not in labels(app)


def test_a_check_that_another_rerun_cuts_short_is_begun_again(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(database(tmp_path), "datenbestand")
    with monkeypatch.context() as impatient:
        impatient.setattr(Workspace, "propose_adjustment", lambda *_asked: st.stop())
        app.button(key="learn_check_1").click().run()
    assert "Gesichert" not in html_of(app)
    app.run()
    assert "Gesichert" in html_of(app)


def test_without_a_real_gain_nothing_can_be_applied(open_app: Open, tmp_path: Path) -> None:
    app = open_app(database(tmp_path, planted=False), "datenbestand")
    app.button(key="learn_check_1").click().run()
    assert "Kein gesicherter Gewinn" in html_of(app)
    assert "Anwenden" not in labels(app)


def test_too_few_ratings_are_offered_nothing(open_app: Open, tmp_path: Path) -> None:
    assert not open_app(database(tmp_path, 100), "datenbestand").expander


def test_demo_data_are_offered_nothing(open_app: Open, full: Path) -> None:
    assert not open_app(full, "datenbestand").expander


def test_who_may_only_look_is_offered_nothing(open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CX_EDIT", "0")
    assert not open_app(database(tmp_path), "datenbestand").expander
