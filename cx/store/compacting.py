"""The files beside a database that is written anew: the draft, and the original until its bytes are overwritten.

The original gets a second name before anything is deleted. As long as that name is there, the work is not finished: it names the
database itself before the draft has taken its place, and a file to be destroyed after.
"""

import os
import shutil
from pathlib import Path

DRAFT_FILES = ("", ".wal", ".wal.checkpoint", ".wal.recovery")  # what DuckDB 2.0 writes beside a database
BLOCK = bytes(1 << 20)


def draft(path: str) -> str:
    """Where the database is written anew."""
    return f"{path}.compacting"


def draft_files(path: str) -> list[str]:
    """Everything that can lie there while it is written."""
    return [draft(path) + ending for ending in DRAFT_FILES]


def original(path: str) -> Path:
    """The second name of the file that is to be destroyed."""
    return Path(f"{path}.old")


def mark(path: str) -> bool:
    """Give the database its second name; False where it has it already."""
    if is_owed(path):
        return False
    destroy(path)
    os.link(path, original(path))
    return True


def unmark(path: str) -> None:
    """Nothing was deleted: the second name goes, the database stays."""
    if is_owed(path):
        original(path).unlink()


def is_owed(path: str) -> bool:
    """Whether something was deleted from the database that its file may still hold."""
    return original(path).exists() and os.path.samefile(path, original(path))


def remove_draft(path: str) -> None:
    """Remove what an interrupted attempt has left."""
    for file in draft_files(path):
        Path(file).unlink(missing_ok=True)


def put_in_place(path: str) -> None:
    """The draft takes the place of the database, at one moment and for good."""
    shutil.copymode(path, draft(path))
    os.replace(draft(path), path)
    _sync_folder(path)


def destroy(path: str) -> None:
    """Overwrite the original and remove it, unless it still is the database.

    Opening and closing a file drops this process's locks on it (POSIX), so the database itself is never opened here.
    """
    if not original(path).exists() or is_owed(path):
        return
    with original(path).open("r+b", buffering=0) as file:
        for _block in range(0, os.fstat(file.fileno()).st_size, len(BLOCK)):
            file.write(BLOCK)
        os.fsync(file.fileno())
    original(path).unlink()
    _sync_folder(path)


def _sync_folder(path: str) -> None:
    folder = os.open(Path(path).parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
