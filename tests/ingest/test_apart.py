"""Work in a process of its own: what comes of it is what comes of it here, and nothing of it is left."""

import subprocess
from collections.abc import Iterator

import numpy as np
import pytest
from test_blocks import BLOCK, FIRST, imported
from test_importing import contents

from cx import language
from cx.ingest import apart, blocks, reading
from cx.ingest.blocks import Terms
from cx.ingest.doubts import Rules
from cx.ingest.mapping import propose
from cx.ingest.reading import read_table
from cx.store import Store

MODULE = "cx.ingest.apart"
TABLE = read_table(b"Kommentar;Sterne\nGute Beratung;5\nNie wieder!;1\n;neun und\n", "umfrage.csv")
MAPPING = propose(TABLE)
TERMS = Terms(MAPPING, b"k" * 32, Rules(MAPPING), np.array([], dtype="S32"))


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


def stored() -> dict[str, list[str]]:
    store = Store()
    imported(store, FIRST)
    found = contents(store)
    del found["batch"]  # the time of the import
    store.close()
    return found


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    yield
    language.use("de")


@pytest.mark.parametrize("module", [MODULE, "cx.ingest.missing"])
def test_a_large_file_is_stored_as_a_small_one_be_there_a_process_or_not(
    monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setattr(reading, "BLOCK_ROWS", BLOCK)
    monkeypatch.setattr(blocks.os, "cpu_count", lambda: 2)
    started = processes(monkeypatch, module)
    whole = stored()
    assert started == []
    monkeypatch.setattr(blocks, "APART_ROWS", BLOCK)
    assert stored() == whole
    assert len(started) == 1
    assert started[0].returncode is not None


def test_it_ends_with_its_input_and_does_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    started = processes(monkeypatch)
    with Store().reading() as session:
        here = blocks.block(TABLE, TERMS, session)
    language.use("en")
    with apart.worker(blocks.block, TERMS) as work:
        there = work(TABLE)
        assert (there.tables, there.findings, there.gaps) == (here.tables, here.findings, here.gaps)
        assert there.rejects["reason"].str.startswith("The rating").tolist() == [True]
        started[0].stdin.close()
        assert started[0].wait(60) == 0
        assert work(TABLE) is None


def test_who_gives_up_in_the_middle_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started = processes(monkeypatch)
    with pytest.raises(KeyboardInterrupt), apart.worker(blocks.block, TERMS):
        raise KeyboardInterrupt
    assert started[0].returncode is not None


def test_where_no_process_can_start_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_command: object, **_further: object) -> None:
        raise OSError("Cannot allocate memory")

    monkeypatch.setattr(apart.subprocess, "Popen", full)
    with apart.worker(blocks.block, TERMS) as work:
        assert work(TABLE) is None
