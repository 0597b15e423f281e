"""A file as it was given – a path, bytes, an upload – opened as often as needed, neither copied nor written anywhere."""

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cx.errors import FileError
from cx.language import _

CHUNK_BYTES = 16_000_000  # one look at a file; what a block of rows takes is a few times that
LARGEST_BYTES = 2_000_000_000
LARGEST_MEMBER_BYTES = 500_000_000  # of an archive, where it is read as a whole
SAMPLE_BYTES = 1_000_000


@dataclass(frozen=True)
class Original:
    """The bytes of a file under its name. `opener` opens it anew, at its start, each time."""

    name: str
    size: int
    opener: Callable[[], BinaryIO]

    def open(self) -> BinaryIO:
        """The file at its start. Raises FileError where it cannot be read."""
        try:
            return self.opener()
        except OSError as error:
            raise FileError(_unreadable(self.name)) from error

    def chunks(self) -> Iterator[bytes]:
        """The bytes in order, at most CHUNK_BYTES at a time. Raises FileError where they cannot be read."""
        with self.open() as file:
            while chunk := self._read(file, CHUNK_BYTES):
                yield chunk

    def begin(self, n: int = SAMPLE_BYTES) -> bytes:
        """The first `n` bytes, fewer where the file is smaller."""
        with self.open() as file:
            return self._read(file, n)

    def content(self) -> bytes:
        """All bytes, in memory."""
        with self.open() as file:
            return self._read(file, -1)

    def seekable(self) -> BinaryIO:
        """The file at its start, to be read in any order. Raises FileError for a large member of an archive."""
        file = self.open()
        if file.seekable():
            return file
        if self.size > LARGEST_MEMBER_BYTES:
            message = _("„{name}“ ist zu groß, um im Archiv gelesen zu werden. Entpacken Sie das Archiv.")
            raise FileError(message.format(name=self.name))
        with file:
            return io.BytesIO(self._read(file, -1))

    def sha256(self) -> str:
        """The digest of all bytes."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def _read(self, file: BinaryIO, n: int) -> bytes:
        try:
            return file.read(n)
        except OSError as error:
            raise FileError(_unreadable(self.name)) from error


def original(file: Path | bytes | BinaryIO, name: str) -> Original:
    """`file` under `name`. Raises FileError where it cannot be read, or is larger than 2 GB."""
    found = _of_path(file, name) if isinstance(file, Path) else _of_memory(file, name)
    if found.size > LARGEST_BYTES:
        message = _("Die Datei „{name}“ ist größer als 2 GB. Teilen Sie den Export, zum Beispiel nach Jahren.")
        raise FileError(message.format(name=name))
    return found


def _of_path(path: Path, name: str) -> Original:
    try:
        with path.open("rb") as file:
            first = os.fstat(file.fileno())
    except OSError as error:
        raise FileError(_unreadable(name)) from error

    def opened() -> BinaryIO:
        file = path.open("rb")
        now = os.fstat(file.fileno())
        if (now.st_size, now.st_mtime_ns) != (first.st_size, first.st_mtime_ns):
            file.close()
            message = _("Die Datei „{name}“ hat sich geändert, während sie gelesen wurde. Laden Sie sie noch einmal.")
            raise FileError(message.format(name=name))
        return file

    return Original(name, first.st_size, opened)


def _of_memory(file: bytes | BinaryIO, name: str) -> Original:
    """Bytes share their memory with every opened file; so do uploads, which are BytesIO. Other streams are read once."""
    if isinstance(file, io.BytesIO):
        content = file.getvalue()
    else:
        content = file if isinstance(file, bytes) else file.read(LARGEST_BYTES + 1)
    return Original(name, len(content), lambda: io.BytesIO(content))


def _unreadable(name: str) -> str:
    return _("Die Datei „{name}“ lässt sich nicht lesen. Prüfen Sie Pfad und Rechte.").format(name=name)
