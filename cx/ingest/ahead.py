"""The texts of a large file are read while its next rows are being masked: two cores have work."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial

import pyarrow as pa

from cx.ingest import apart
from cx.ingest.findings import Findings, found_in
from cx.store import Store

APART_ROWS = 100_000  # from here on a process of its own is worth its start: 2 s of CPU
WAITING = 2  # blocks that may wait for the reader; more would only take memory

Progress = Callable[[int, int, str], None]
Reader = Callable[[pa.Table, pa.Table], Findings]


class Ahead:
    """Has texts read in a thread, one block after the other. Made by `reading_ahead`."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._given: deque[Future[Findings]] = deque()

    def give(self, texts: pa.Table, languages: pa.Table) -> list[Findings]:
        """Have these texts read (text, feedback, body; languages: feedback, language); what was found in earlier ones meanwhile."""
        self._given.append(self._thread.submit(self._read, texts, languages))
        ready = []
        while self._given and (len(self._given) > WAITING or self._given[0].done()):
            ready.append(self._given.popleft().result())
        return ready

    def rest(self) -> Iterator[Findings]:
        """What was found in all others."""
        while self._given:
            yield self._given.popleft().result()

    def stop(self) -> None:
        """Wait until the thread is at rest; texts that are not begun by now are not read."""
        self._thread.shutdown(cancel_futures=True)


@contextmanager
def reading_ahead(store: Store, rows: int) -> Iterator[Ahead]:
    """Within the block, texts of a file of so many rows can be given to a reader: in a second session of the store, for many rows in a
    process of its own. None is being read after it."""
    with ExitStack() as stack:
        session = stack.enter_context(store.reading())
        read: Reader = partial(found_in, session)
        if rows >= APART_ROWS and (os.cpu_count() or 1) > 1:
            read = stack.enter_context(apart.reader(otherwise=read))
        ahead = Ahead(read)
        stack.callback(ahead.stop)
        yield ahead
