"""The English catalogue: what the code says in German, and what cx/locale/en.po makes of it."""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
ENGLISH = ROOT / "cx" / "locale" / "en.po"
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def spoken() -> Catalog:
    """Every German sentence of app.py, pages/ and cx/, with the files it stands in; translations are empty."""
    found = Catalog(locale="en", project="CX-Explorer", version="", charset="utf-8")
    found.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # a date of the day would make every run a change
    for path in (ROOT / "app.py", *sorted(ROOT.glob("pages/*.py")), *sorted(ROOT.glob("cx/**/*.py"))):
        name = path.relative_to(ROOT).as_posix()
        for _line, message, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
            found.add(message, locations=[(name, 0)])
    return found


def kept(path: Path = ENGLISH) -> Catalog:
    """The catalogue as it stands; empty where there is none."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as lines:
        return read_po(lines, locale="en")


def updated(before: Catalog) -> Catalog:
    """The sentences of today with the translations of `before`."""
    now = spoken()
    for message in now:
        if message.id and (known := before.get(message.id)):
            message.string = known.string
    return now


def main() -> None:
    """Write the catalogue anew and say what is left to translate."""
    catalogue = updated(kept())
    written = io.BytesIO()
    write_po(written, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)
    ENGLISH.parent.mkdir(exist_ok=True)
    ENGLISH.write_bytes(written.getvalue())
    empty = sum(not any(m.string if isinstance(m.string, tuple) else (m.string,)) for m in catalogue if m.id)
    print(f"{len(catalogue)} sentences, {empty} to translate", file=sys.stderr)


if __name__ == "__main__":
    main()
