"""The reader in a process of its own, so that a large file is masked and read on two cores at once (python -m cx.ingest.apart).

Texts that were masked go to its input, what was found comes from its output: Arrow streams, each after its length in bytes. It writes nothing anywhere,
and ends with its input: also where the process that started it is killed.
"""

import os
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from cx.ingest.findings import Findings, found_in
from cx.store import Store

ROOT = Path(__file__).parents[2]
NAMES = ("statement", "mention", "feedback")
SIZE = struct.Struct("<q")


@contextmanager
def reader(otherwise: Callable[[pa.Table, pa.Table], Findings]) -> Iterator[Callable[[pa.Table, pa.Table], Findings]]:
    """Within the block, a function that reads texts (as cx.ingest.findings.found_in) in the other process, called by one thread at a time.

    Where that process cannot start or is gone, for want of memory or whatever has ended it, `otherwise` reads the texts.
    """
    command = [sys.executable, "-m", __name__]
    try:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        yield otherwise
        return
    with process:

        def read(texts: pa.Table, languages: pa.Table) -> Findings:
            try:
                _send(process.stdin, texts, languages)
                return dict(zip(NAMES, [_received(process.stdout) for _name in NAMES], strict=True))
            except (OSError, EOFError, ValueError):
                return otherwise(texts, languages)

        try:
            yield read
        finally:
            process.kill()
            with suppress(OSError):
                process.stdin.close()


def _send(stream: BinaryIO, *tables: pa.Table) -> None:
    for table in tables:
        content = pa.BufferOutputStream()
        with pa.ipc.new_stream(content, table.schema) as writer:
            writer.write_table(table)
        buffer = content.getvalue()
        stream.write(SIZE.pack(buffer.size))
        stream.write(buffer)
    stream.flush()


def _received(stream: BinaryIO) -> pa.Table:
    """The next table. Raises EOFError where there is none."""
    [size] = SIZE.unpack(_bytes(stream, SIZE.size))
    return pa.ipc.open_stream(_bytes(stream, size)).read_all()


def _bytes(stream: BinaryIO, n: int) -> bytes:
    found = stream.read(n)
    if len(found) < n:
        raise EOFError
    return found


def main() -> None:
    """Read what comes until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output, Store().reading() as session:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else prints, prints elsewhere
        with suppress(EOFError):
            while True:
                found = found_in(session, _received(sys.stdin.buffer), _received(sys.stdin.buffer))
                _send(output, *(found[name] for name in NAMES))


if __name__ == "__main__":
    main()
