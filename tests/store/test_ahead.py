"""What is asked ahead is asked once, and who asks for it waits until it is there."""

import threading

import pandas as pd
import pytest

from cx.store import Session, Store


@pytest.fixture
def store() -> Store:
    found = Store()
    with found.writing() as session:
        session.run("INSERT INTO audit VALUES (1, TIMESTAMP '2026-01-01', 'import', '1', 1)")
    return found


def test_what_runs_ahead_is_waited_for_and_not_asked_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, begun, go, frame = [], threading.Event(), threading.Event(), Session.frame

    def slow(session: Session, script: str, **parameters: object) -> pd.DataFrame:
        asked.append(threading.current_thread().name)
        begun.set()
        assert go.wait(5)
        return frame(session, script, **parameters)

    monkeypatch.setattr(Session, "frame", slow)
    store.ahead("audit")
    assert begun.wait(5)
    threading.Timer(0.05, go.set).start()
    assert store.frame("audit")["subject"].tolist() == ["1"]
    assert [name.split("_")[0] for name in asked] == ["ahead"]


def test_who_asks_does_not_wait_behind_what_another_has_asked_ahead(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, over, answered = threading.Event(), threading.Event(), Store._answered

    def slow(self: Store, query: str, parameters: dict[str, object]) -> pd.DataFrame:
        if query == "another":
            go.wait(5)
            over.set()
            return pd.DataFrame()
        return answered(self, query, parameters)

    monkeypatch.setattr(Store, "_answered", slow)
    store.ahead("another")
    store.ahead("audit")
    assert len(store.frame("audit")) == 1
    assert not over.is_set()
    go.set()


def test_what_fails_ahead_is_asked_by_who_wants_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = Session.frame

    def failing(session: Session, script: str, **parameters: object) -> pd.DataFrame:
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError
        return frame(session, script, **parameters)

    monkeypatch.setattr(Session, "frame", failing)
    store.ahead("audit")
    assert len(store.frame("audit")) == 1


def test_what_was_asked_ahead_of_a_write_is_not_the_answer_after_it(store: Store) -> None:
    store.ahead("audit")
    with store.writing() as session:
        session.run("INSERT INTO audit VALUES (2, TIMESTAMP '2026-01-02', 'import', '2', 1)")
    assert len(store.frame("audit")) == 2


def test_a_store_closes_while_something_runs_ahead(store: Store) -> None:
    for _again in range(20):
        store.ahead("audit")
    store.close()
