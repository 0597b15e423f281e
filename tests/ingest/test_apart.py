"""The reader in a process of its own: what it finds is stored as if it were found here, and nothing of it is left."""

import subprocess

import pyarrow as pa
import pytest
from test_ahead import BLOCK, FIRST, imported
from test_importing import contents

from cx.ingest import ahead, apart, findings, importing, reading
from cx.ingest.findings import Findings
from cx.store import Store

MODULE = "cx.ingest.apart"
TEXTS = pa.table({"text": [-2, -1], "feedback": [-1, -1], "body": ["Die Beratung war gut, aber teuer.", "Nie wieder!"]})
LANGUAGES = pa.table({"feedback": [-1], "language": ["de"]})


def processes(monkeypatch: pytest.MonkeyPatch, module: str = MODULE) -> list[subprocess.Popen]:
    """The processes that are started from here on, each as `module`."""
    started: list[subprocess.Popen] = []

    class Noted(subprocess.Popen):
        def __init__(self, command: list[str], **further: object) -> None:
            assert command[-1] == MODULE
            super().__init__([*command[:-1], module], **further)
            started.append(self)

    monkeypatch.setattr(apart.subprocess, "Popen", Noted)
    return started


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BLOCK_ROWS", BLOCK)
    monkeypatch.setattr(importing, "BLOCK_ROWS", BLOCK)
    monkeypatch.setattr(ahead.os, "cpu_count", lambda: 2)


def stored() -> dict[str, list[str]]:
    store = Store()
    imported(store, FIRST)
    found = contents(store)
    del found["batch"]  # the time of the import
    store.close()
    return found


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("module", [MODULE, "cx.ingest.missing"])
def test_a_large_file_is_stored_as_a_small_one_be_there_a_process_or_not(
    monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    started = processes(monkeypatch, module)
    whole = stored()
    assert started == []
    monkeypatch.setattr(ahead, "APART_ROWS", BLOCK)
    assert stored() == whole
    assert len(started) == 1
    assert started[0].returncode is not None


def test_it_ends_with_its_input_and_what_is_given_afterwards_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    started, here = processes(monkeypatch), {"mention": TEXTS}
    with Store().reading() as session:
        found = findings.found_in(session, TEXTS, LANGUAGES)
    with apart.reader(otherwise=lambda *_tables: here) as read:
        assert read(TEXTS, LANGUAGES) == found
        started[0].stdin.close()
        assert started[0].wait(60) == 0
        assert read(TEXTS, LANGUAGES) is here


def test_who_gives_up_in_the_middle_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started = processes(monkeypatch)

    def interrupted(*_tables: pa.Table) -> Findings:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), apart.reader(interrupted):
        raise KeyboardInterrupt
    assert started[0].returncode is not None


def test_where_no_process_can_start_it_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_command: object, **_further: object) -> None:
        raise OSError("Cannot allocate memory")

    monkeypatch.setattr(apart.subprocess, "Popen", full)
    here = {"mention": TEXTS}
    with apart.reader(otherwise=lambda *_tables: here) as read:
        assert read(TEXTS, LANGUAGES) is here
