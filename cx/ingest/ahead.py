"""The texts of a large file are read while its next rows are being masked: masking is Python's work on one core, reading is DuckDB's."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, TimeoutError
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from cx.language import _
from cx.store import Session, Store, sql

QUERIES = Path(__file__).parent / "queries"
FOUND = ("statement", "mention", "feedback")
TOLD_EVERY_S = 0.2

Progress = Callable[[int, int, str], None]
Reader = Callable[[Session, Progress], None]
Found = dict[str, pa.Table]  # by FOUND: what the reader leaves in found_…


class Ahead:
    """Reads texts in a thread and a session of its own, one block at a time. Made by `reading_ahead`."""

    def __init__(self, session: Session, read: Reader) -> None:
        self._session = session
        self._read = read
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._reading: Future[Found] | None = None
        self._stopped = False
        self._done, self._total = 0, 0

    def give(self, texts: pa.Table, languages: pa.Table) -> Found | None:
        """Begin to read these texts (text, feedback, body; languages: feedback, language); what was found in those before."""
        found = self._reading.result() if self._reading else None
        self._done, self._total = 0, len(texts)
        self._reading = self._thread.submit(self._found, texts, languages)
        return found

    def rest(self, tell: Progress) -> Found | None:
        """What was found in the last texts; `tell` hears meanwhile how far they are read."""
        while self._reading:
            try:
                return self._reading.result(TOLD_EVERY_S)
            except TimeoutError:
                tell(self._done, self._total, _("Texte"))
        return None

    def stop(self) -> None:
        """Wait until the thread is at rest; texts that are not read by now stay so."""
        self._stopped = True
        self._thread.shutdown(cancel_futures=True)

    def _found(self, texts: pa.Table, languages: pa.Table) -> Found:
        with self._session.given("given_text", texts), self._session.given("given_language", languages):
            self._session.run(sql(QUERIES / "ahead_input.sql"))
        self._read(self._session, self._told)
        return {name: self._session.arrow(f"FROM found_{name}") for name in FOUND}

    def _told(self, done: int, _total: int, _what: str) -> None:
        if self._stopped:
            raise CancelledError
        self._done = done


@contextmanager
def reading_ahead(store: Store, read: Reader) -> Iterator[Ahead]:
    """Within the block, texts can be given to the `read` of a second session of the store; none is being read after it."""
    with store.reading() as session:
        ahead = Ahead(session, read)
        try:
            yield ahead
        finally:
            ahead.stop()
