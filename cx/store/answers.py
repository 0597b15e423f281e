"""The latest answers of a database: questions of one page that share a part ask the database for it once."""

import threading
from collections import OrderedDict

import pandas as pd

KEPT = 64  # answers
LARGEST = 100_000  # cells: the ids of cx.analysis.usage.SAMPLE; larger answers are lists that nobody else asks for


class Answers:
    """Frames by what was asked, of the newest version of the data only. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = -1
        self._frames: OrderedDict[str, pd.DataFrame] = OrderedDict()

    def find(self, version: int, asked: str) -> pd.DataFrame | None:
        """The answer that `version` of the data gave, a frame of the caller's own; None where it is not kept."""
        with self._lock:
            if version != self._version or asked not in self._frames:
                return None
            self._frames.move_to_end(asked)
            return self._frames[asked].copy(deep=False)  # pandas copies what is written to

    def keep(self, version: int, asked: str, answer: pd.DataFrame) -> None:
        """Keep an answer of `version`; what older versions gave is forgotten, and an older answer is not kept."""
        with self._lock:
            if version < self._version or answer.size > LARGEST:
                return
            if version > self._version:
                self._version = version
                self._frames.clear()
            self._frames[asked] = answer.copy(deep=False)
            while len(self._frames) > KEPT:
                self._frames.popitem(last=False)
