"""The texts of a large file are read while its next rows are being masked: two cores have work."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from cx.ingest import apart
from cx.ingest.findings import Findings, found_in
from cx.store import Store

APART_ROWS = 200_000  # from here on a process of its own is worth its start: 5 s of CPU
PIECE = 8_000  # feedbacks read at once: three times as many take no less time each, and 100 MB more
WAITING = 8  # pieces that wait for the other reader before whoever masks reads one, too

Progress = Callable[[int, int, str], None]
Reader = Callable[[pa.Table, pa.Table], Findings]


class Ahead:
    """Has texts read in a thread, some thousand feedbacks after the others. Made by `reading_ahead`.

    `here`: reads what the thread does not come to, where that waits for another process.
    """

    def __init__(self, read: Reader, here: Reader | None = None) -> None:
        self._read, self._here = read, here
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._given: deque[tuple[Future[Findings], pa.Table, pa.Table]] = deque()

    def give(self, texts: pa.Table, languages: pa.Table) -> Iterator[Findings]:
        """Have these texts read (text, feedback, body; languages: feedback, language); what was found in earlier ones meanwhile."""
        for piece in _pieces(texts):
            yield from self._ready()  # what is done does not wait
            self._given.append((self._thread.submit(self._read, piece, languages), piece, languages))
            if len(self._given) > WAITING:
                yield self._last() if self._here else self._given.popleft()[0].result()
        yield from self._ready()

    def _ready(self) -> Iterator[Findings]:
        while self._given and self._given[0][0].done():
            yield self._given.popleft()[0].result()

    def rest(self) -> Iterator[Findings]:
        """What was found in all others."""
        while self._given:
            yield self._last()

    def _last(self) -> Findings:
        """What was found in the texts given last; they are read here where the thread has not begun with them."""
        reading, texts, languages = self._given.pop()
        return self._here(texts, languages) if self._here and reading.cancel() else reading.result()

    def stop(self) -> None:
        """Wait until the thread is at rest; texts that are not begun by now are not read."""
        self._thread.shutdown(cancel_futures=True)


def _pieces(texts: pa.Table) -> Iterator[pa.Table]:
    """All texts of PIECE feedbacks at a time."""
    piece = pc.divide(pc.subtract(pc.rank(texts["feedback"], tiebreaker="dense"), 1), PIECE)
    for each in pc.unique(piece):
        yield texts.filter(pc.equal(piece, each))


@contextmanager
def reading_ahead(store: Store, rows: int) -> Iterator[Ahead]:
    """Within the block, texts of a file of so many rows can be given to a reader: in a second session of the store, for many rows in a
    process of its own, too. None is being read after it."""
    with ExitStack() as stack:
        read, here = (partial(found_in, stack.enter_context(store.reading())) for _reader in range(2))
        if rows >= APART_ROWS and (os.cpu_count() or 1) > 1:
            ahead = Ahead(stack.enter_context(apart.reader(otherwise=read)), here)
        else:
            ahead = Ahead(read)
        stack.callback(ahead.stop)
        yield ahead
