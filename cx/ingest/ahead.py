"""The texts of a large file are read while its next rows are being masked: two cores have work."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from cx.store import Session, Store, sql
from cx.text import reading

QUERIES = Path(__file__).parent / "queries"
READ = ("statement", "mention", "feedback")

Progress = Callable[[int, int, str], None]
Found = dict[str, pa.Table]  # by READ: what the reader leaves in read_…


class Ahead:
    """Reads texts in a thread and a session of its own, one block at a time. Made by `reading_ahead`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._reading: Future[Found] | None = None

    def give(self, texts: pa.Table, languages: pa.Table) -> Found | None:
        """Begin to read these texts (text, feedback, body; languages: feedback, language); what was found in those before."""
        found = self.rest()
        self._reading = self._thread.submit(self._found, texts, languages)
        return found

    def rest(self) -> Found | None:
        """What was found in the last texts; None where none were given."""
        return self._reading.result() if self._reading else None

    def stop(self) -> None:
        """Wait until the thread is at rest; texts that are not begun by now are not read."""
        self._thread.shutdown(cancel_futures=True)

    def _found(self, texts: pa.Table, languages: pa.Table) -> Found:
        with self._session.given("given_text", texts), self._session.given("given_language", languages):
            self._session.run(sql(QUERIES / "ahead_input.sql"))
        reading.read(self._session)
        return {name: self._session.arrow(f"FROM read_{name}") for name in READ}


@contextmanager
def reading_ahead(store: Store) -> Iterator[Ahead]:
    """Within the block, texts can be given to a reader in a second session of the store; none is being read after it."""
    with store.reading() as session:
        ahead = Ahead(session)
        try:
            yield ahead
        finally:
            ahead.stop()
