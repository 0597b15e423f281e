"""The fuzz run itself: what it mutates is sound, it repeats itself, and a few hundred files end as all should."""

import pytest

from benchmarks import fuzz
from cx.errors import CxError


def test_the_files_are_sound_before_they_are_mutated() -> None:
    assert [fuzz.fate(number)[1:] for number in range(len(fuzz.sound()))] == [("succeeded", "")] * len(fuzz.sound())


def test_a_file_is_the_same_in_every_run() -> None:
    assert [fuzz.mutated(number) for number in range(200, 260)] == [fuzz.mutated(number) for number in range(200, 260)]
    assert fuzz.mutated(200) != fuzz.mutated(200 + len(fuzz.sound()))


def test_two_hundred_broken_files_are_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz.os, "cpu_count", lambda: 1)  # one process to start; each has everything to load
    table, faults = fuzz.run(files=200, minutes=10)
    assert faults == []
    total = table[-1]
    assert (total["format"], total["files"], total["other"]) == ("all", 200, 0)
    assert min(total["succeeded"], total["refused"]) > 20


def test_another_exception_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_content: bytes, _name: str) -> list:
        raise KeyError("x")

    def refusing(_content: bytes, _name: str) -> list:
        raise CxError("x")

    monkeypatch.setattr(fuzz, "open_exports", broken)
    assert fuzz.fate(0)[1:] == ("other", "KeyError('x')")
    monkeypatch.setattr(fuzz, "open_exports", refusing)
    assert fuzz.fate(0)[1:] == ("refused", "")
