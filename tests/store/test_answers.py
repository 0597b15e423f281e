"""Answers are kept until the data change, and belong to who asked."""

import pandas as pd

import cx
from cx.store import Store
from cx.store.answers import KEPT, LARGEST, Answers

ONE, TWO = pd.DataFrame({"n": [1]}), pd.DataFrame({"n": [2]})


def test_an_answer_is_found_again_for_its_version_only() -> None:
    answers = Answers()
    assert answers.find(1, "n") is None
    answers.keep(1, "n", ONE)
    assert answers.find(1, "n").equals(ONE)
    assert answers.find(2, "n") is None
    answers.keep(2, "n", TWO)
    answers.keep(1, "n", ONE)
    assert answers.find(2, "n").equals(TWO)
    assert answers.find(1, "n") is None


def test_who_writes_into_an_answer_writes_into_their_own() -> None:
    answers = Answers()
    answers.keep(1, "n", ONE)
    found = answers.find(1, "n")
    found.loc[0, "n"] = 7
    assert answers.find(1, "n")["n"].tolist() == [1]


def test_few_and_small_answers_are_kept() -> None:
    answers = Answers()
    answers.keep(1, "large", pd.DataFrame({"n": range(LARGEST + 1)}))
    answers.keep(1, "wide", pd.DataFrame({"n": range(LARGEST // 2 + 1), "m": 1}))
    assert answers.find(1, "large") is None
    assert answers.find(1, "wide") is None
    for asked in range(KEPT + 1):
        answers.keep(1, str(asked), ONE)
    assert answers.find(1, "0") is None
    assert answers.find(1, "1") is not None


def test_a_store_answers_from_the_newest_data() -> None:
    store = Store()
    with store.writing() as session:
        session.run("INSERT INTO audit VALUES (1, TIMESTAMP '2026-01-01', 'import', '1', 1)")
    assert len(store.frame("audit")) == 1
    assert len(store.frame("audit")) == 1
    with store.writing() as session:
        session.run("INSERT INTO audit VALUES (2, TIMESTAMP '2026-01-02', 'import', '2', 1)")
    assert len(store.frame("audit")) == 2


def test_the_selection_is_part_of_the_question() -> None:
    ws = cx.open()
    ws.import_file(b"Text;Kanal\nGut;Web\nSchlecht;Laden\n", name="a.csv", channel=None)
    assert ws.extent()["n"] == 2
    assert ws.extent(cx.Filter(channels=("Web",)))["n"] == 1
