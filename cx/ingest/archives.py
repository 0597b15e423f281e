"""ZIP archives of exports. Members are read from the archive as often as needed; nothing is unpacked to disk."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, TypeVar

from cx.errors import FileError
from cx.ingest import contents
from cx.ingest.contents import Empty, NoTable
from cx.ingest.originals import LARGEST_BYTES, Original
from cx.language import _

ENCRYPTED = 0x1
PIECE_BYTES = 1_000_000
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)

T = TypeVar("T")


def of_members(file: Original, read: Callable[[Original], T]) -> tuple[list[T], tuple[str, ...]]:
    """What `read` makes of each file in an archive, in the order of the archive, and the names of those that are empty.

    Folders, hidden files and files that are no tables (a manual as PDF, a picture) are left out. Raises FileError where a
    table is broken or has a password, and where there is no table at all.
    """
    found: list[T] = []
    refused: list[NoTable] = []
    empty: list[str] = []
    for member in _members(file):
        try:
            found.append(read(member))
        except NoTable as error:
            refused.append(error)
            empty += [member.name] if isinstance(error, Empty) else []
    if not found:
        raise refused[0] if refused else NoTable(_nothing(file.name))
    return found, tuple(empty)


def _members(file: Original) -> Iterator[Original]:
    with _refused_if_damaged(file.name), file.open() as stream, zipfile.ZipFile(stream) as archive:
        entries = [entry for entry in archive.infolist() if _counts(entry)]
    for entry in entries:
        name = f"{file.name}/{entry.filename}"
        if entry.flag_bits & ENCRYPTED:
            message = _("Das Archiv „{name}“ hat ein Kennwort. Entpacken Sie es und laden Sie die Dateien darin hoch.")
            raise FileError(message.format(name=file.name))
        if entry.file_size > LARGEST_BYTES:
            message = _("Die Datei „{name}“ ist größer als 2 GB. Teilen Sie den Export, zum Beispiel nach Jahren.")
            raise FileError(message.format(name=name))
        yield Original(name, entry.file_size, lambda entry=entry, name=name: _opened(file, entry, name))


def _counts(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return not entry.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _opened(file: Original, entry: zipfile.ZipInfo, name: str) -> BinaryIO:
    return io.BufferedReader(_Member(file, entry, name), PIECE_BYTES)


class _Member(io.RawIOBase):
    """A member while it is unpacked; zipfile stops at the size that the archive's directory names."""

    def __init__(self, file: Original, entry: zipfile.ZipInfo, name: str) -> None:
        super().__init__()
        self._name = name
        self._file = file.open()
        with _refused_if_damaged(name):
            self._stream = zipfile.ZipFile(self._file).open(entry)  # noqa: SIM115 - as long as the member

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:
        """Unpack what fits into `buffer`; how many bytes. Raises FileError where the member is damaged."""
        with _refused_if_damaged(self._name):
            content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        """Let go of the archive."""
        self._file.close()
        super().close()


def refuse_nested(member: Original) -> None:
    """Raise FileError: an archive within an archive."""
    message = _("„{name}“ ist ein Archiv in einem Archiv. Entpacken Sie es und laden Sie die Dateien darin hoch.")
    raise FileError(message.format(name=member.name))


def _nothing(name: str) -> str:
    return _("Im Archiv „{name}“ ist keine Tabelle. Packen Sie die Exporte als CSV oder Excel (xlsx) hinein.").format(
        name=name
    )


@contextmanager
def _refused_if_damaged(name: str) -> Iterator[None]:
    try:
        yield
    except DAMAGED as error:
        raise FileError(contents.broken_archive(name)) from error
