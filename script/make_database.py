"""Make a new database with the demo data: `python script/make_database.py PATH`. Whole at the end, or not there at all."""

import os
import shutil
import sys
import time
from pathlib import Path

import cx

BAR = 24


def main(path: Path) -> None:
    """Import the demo into a draft beside `path`, then give the draft its name; an interrupted one is left unused."""
    draft, key = path.with_name(path.name + ".draft"), Path(f"{path}.key")
    draft_key = Path(f"{draft}.key")
    for leftover in (draft, Path(f"{draft}.wal"), draft_key):
        leftover.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    if key.exists():  # pseudonyms of customers stay what they were
        shutil.copy2(key, draft_key)
    workspace = cx.open(draft)
    report = workspace.load_demo(Progress())
    workspace.close()
    if draft_key.exists():
        os.replace(draft_key, key)
    os.replace(draft, path)
    print(f"\r{path}: {report.added} fictional pieces of feedback, ready.\033[K", file=sys.stderr)


class Progress:
    """Draws a bar on the terminal, at most ten times a second; on anything else a line per stage."""

    def __init__(self) -> None:
        self._drawn = 0.0
        self._stage = ""

    def __call__(self, done: int, total: int, stage: str) -> None:
        if not sys.stderr.isatty():
            if stage != self._stage:
                print(stage, file=sys.stderr)
        elif time.monotonic() - self._drawn > 0.1:
            filled = BAR * done // max(total, 1)
            print(f"\r{'█' * filled}{'░' * (BAR - filled)} {done}/{total} {stage}\033[K", end="", file=sys.stderr)
            self._drawn = time.monotonic()
        self._stage = stage


if __name__ == "__main__":
    main(Path(sys.argv[1]))
