"""Work on tables in a process of its own (python -m cx.ingest.apart), so that a large file keeps two cores busy.

What is to be done and the tables go to its input, what comes of them from its output, pickled: both ends are ours, and nobody else can write
there. It writes nothing anywhere, and ends with its input: also where the process that started it is killed.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from cx import language, upkeep
from cx.ingest.reading import Table
from cx.store import Session, Store

ROOT = Path(__file__).parents[2]
GONE = (OSError, EOFError, ValueError, pickle.PickleError)  # a ValueError: the pipe was closed on this side
Terms = TypeVar("Terms")
Done = TypeVar("Done")


@contextmanager
def worker(work: Callable[[Table, Terms, Session], Done], terms: Terms) -> Iterator[Callable[[Table], Done | None]]:
    """Within the block, a function that has `work` (of a module) done in the other process, with a session of memory; called by one thread at a time.

    None where that process cannot start or is gone, for want of memory or whatever has ended it.
    """
    command = [sys.executable, "-m", __name__]
    try:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        yield lambda _table: None
        return

    first = [(language.current(), work, terms)]  # sent by who waits for the other process, which takes seconds to start

    def done(table: Table) -> Done | None:
        try:
            while first:
                _send(process.stdin, first.pop())
            _send(process.stdin, table)
            return pickle.load(process.stdout)
        except GONE:
            return None

    with process:
        try:
            yield done
        finally:
            process.kill()
            with suppress(OSError):
                process.stdin.close()


def _send(stream: BinaryIO, given: Any) -> None:
    pickle.dump(given, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def main() -> None:
    """Work on what comes until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output, Store().reading() as session:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else prints, prints elsewhere
        with suppress(EOFError):
            spoken, work, terms = pickle.load(sys.stdin.buffer)
            language.use(spoken)
            while True:
                _send(output, work(pickle.load(sys.stdin.buffer), terms, session))
                upkeep.settle()


if __name__ == "__main__":
    main()
