"""Broken files: small exports of every format, mutated at random, are each read to the end, or refused with a sentence. Every fourth
round of the formats also goes through the proposal of a mapping and the rows of feedback, which take ten times as long.

Anything but success and CxError is a fault, as is a file left behind in the temporary folder. Seeded: file number n is the same
in every run (`mutated(n)`).
"""

import argparse
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.tables import print_table
from benchmarks.workbook_files import ods, packed, xlsb, xlsx
from cx.errors import CxError
from cx.ingest import mapping, rows
from cx.ingest.reading import open_exports

FILES = 20_000
MINUTES = 40  # no further files after that
SEED = 20_260_501
SECONDS_PER_FILE = 60  # of processor time: on a busy machine files of 0.2 s took more by the clock
ROWS_EACH = 4
SHARE = 50  # files that a process works off at a time
FAULTS_SHOWN = 10
KEY = b"k" * 32
EXPORT_DATE = date(2026, 5, 1)

REVIEWS = [
    ["Datum", "Bewertung", "Titel", "Kommentar", "Kunde", "Antwort"],
    ["01.02.2026", "5", "Top", "Größe „M“ passt – für 19,99 € top", "Ute", "Danke!"],
    ["02.02.2026", "1", "", 'Zeile eins\nZeile zwei; mit, Trennern\tund "Zitat"', "uwe@example.org", ""],
    ["vor 2 Monaten", "3", "Geht so", "Straße, Öl, süß. Tel. 0351 1234567", "", ""],
    ["13/04/2026", "4 von 5", "😀", "=SUMME(A1)", "-", "Hallo Frau Müller, vielen Dank."],
]
SURVEY_MONKEY = [
    ["Respondent ID", "Collector ID", "Start Date", "Wie zufrieden sind Sie?", "Wie bewerten Sie?", "", "Was fehlt?"],
    ["", "", "", "Response", "Preis", "Service", "Open-Ended Response"],
    ["1", "9", "01/11/2026 10:03:56 AM", "sehr zufrieden", "5", "4", "Mehr Auswahl wäre schön"],
    ["2", "9", "01/12/2026 09:16:15 PM", "eher unzufrieden", "1", "2", ""],
]
QUALTRICS = [
    ["StartDate", "EndDate", "Finished", "ResponseId", "Q1_NPS_GROUP", "Q1", "Q2"],
    ["Anfangsdatum", "Enddatum", "Beendet", "Antwort-ID", "Gruppe", "Wie wahrscheinlich ist es?", "Warum?"],
    [f'{{"ImportId":"{name}"}}' for name in ("startDate", "endDate", "finished", "_recordId", "g", "QID1", "QID2")],
    ["2026-01-07 11:00:00", "2026-01-07 11:02:00", "1", "R_1", "Promoter", "10", "Alles schnell und freundlich"],
]
GOOGLE = {
    "reviews": [
        {
            "reviewId": "a1",
            "reviewer": {"displayName": "Ute"},
            "starRating": "FIVE",
            "comment": "(Translated by Google) Good\n\n(Original)\nGut",
            "createTime": "2026-01-07T11:34:00Z",
            "reviewReply": {"comment": "Danke"},
        },
        {"reviewId": "b2", "starRating": "ONE", "createTime": "2026-01-08T11:34:00Z", "tags": ["x", 1, None]},
    ]
}


def delimited(table: list[list[str]], delimiter: str, line_end: str = "\r\n") -> str:
    """A table as text, quoted where needed."""
    quoted = (
        delimiter.join(
            '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in (delimiter, '"', "\n")) else cell
            for cell in row
        )
        for row in table
    )
    return "".join(line + line_end for line in quoted)


def parquet() -> bytes:
    """The reviews as Parquet, with a field within a field and a list."""
    header, *body = REVIEWS
    columns = {name: [row[place] for row in body] for place, name in enumerate(header)}
    nested = {"Person": [{"Ort": row[4]} for row in body], "Marken": [[row[2]] for row in body]}
    target = io.BytesIO()
    pq.write_table(pa.table(columns | nested | {"Wert": [1.5, None, 3.0, 4.0]}), target)
    return target.getvalue()


@cache
def sound() -> dict[str, bytes]:
    """The files that are mutated, by name; each is read without complaint as it is."""
    western = [[cell.replace("😀", "gut") for cell in row] for row in REVIEWS]
    columns = [[cell or " " for cell in row] for row in REVIEWS]
    files = {
        "utf8.csv": delimited(REVIEWS, ";").encode("utf-8-sig"),
        "komma.csv": delimited(REVIEWS, ",", "\n").encode(),
        "cp1252.csv": delimited(western, ";").encode("cp1252"),
        "mac.txt": delimited(western, "\t", "\r").encode("mac_roman"),
        "utf16.tsv": delimited(REVIEWS, "\t").encode("utf-16"),
        "strich.txt": ("sep=|\n" + delimited(REVIEWS, "|", "\n")).encode(),
        "surveymonkey.csv": delimited(SURVEY_MONKEY, ",").encode(),
        "qualtrics.csv": delimited(QUALTRICS, ",", "\n").encode(),
        "google.json": json.dumps(GOOGLE, ensure_ascii=False, indent=1).encode(),
        "google.jsonl": "\n".join(json.dumps(review) for review in GOOGLE["reviews"]).encode(),
        "parquet.parquet": parquet(),
        "mappe.xlsx": xlsx({"Titel": [["Bericht"]], "Daten": REVIEWS, "Mehr": SURVEY_MONKEY}),
        "mappe.xlsb": xlsb(columns),
        "mappe.ods": ods({"Daten": REVIEWS}),
    }
    inner = ("utf8.csv", "google.json", "parquet.parquet", "mappe.xlsx")
    return files | {"archiv.zip": packed({name: files[name] for name in inner})}


def mutated(number: int) -> tuple[str, bytes]:
    """Name and bytes of file `number`; every 15th is of one format. Number 0 … 14 are as they should be."""
    files = sound()
    name = list(files)[number % len(files)]
    if number < len(files):
        return name, files[name]
    chance = random.Random(f"{SEED} {number}")
    content = files[name]
    if content.startswith(b"PK") and chance.random() < 0.7:
        return name, _repacked(content, chance)  # else nearly every change ends at a checksum
    return name, _changed(content, chance)


def _changed(content: bytes, chance: random.Random) -> bytes:
    for _change in range(chance.choice([1, 1, 1, 2, 4, 12])):
        content = chance.choice(CHANGES)(content, chance)
    return content


def _repacked(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if chance.random() < 0.1:
        del members[chance.choice(list(members))]
    for name in chance.sample(list(members), min(len(members), chance.choice([1, 1, 2]))):
        members[name] = _changed(members[name], chance)
    return packed(members)


def _place(content: bytes, chance: random.Random) -> int:
    return chance.randrange(len(content) + 1)


def _stretch(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = _place(content, chance)
    return start, min(len(content), start + chance.choice([1, 2, 8, 60, 500]))


def flip(content: bytes, chance: random.Random) -> bytes:
    """A few bytes changed."""
    found = bytearray(content)
    for _byte in range(chance.choice([1, 1, 3, 20])):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def cut(content: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return content[: _place(content, chance)]


def drop(content: bytes, chance: random.Random) -> bytes:
    """A stretch is missing."""
    start, stop = _stretch(content, chance)
    return content[:start] + content[stop:]


def double(content: bytes, chance: random.Random) -> bytes:
    """A stretch, or all, is there several times."""
    start, stop = _stretch(content, chance) if chance.random() < 0.8 else (0, len(content))
    return content[:stop] + content[start:stop] * chance.choice([1, 1, 3, 30]) + content[stop:]


def splice(content: bytes, chance: random.Random) -> bytes:
    """A piece of another file within this one."""
    other = chance.choice(list(sound().values()))
    start, stop = _stretch(other, chance)
    place = _place(content, chance)
    return content[:place] + other[start:stop] + content[place:]


MARKS = (
    b'"',
    b";",
    b",",
    b"\t",
    b"\r",
    b"\n",
    b"\x00",
    b"\xff",
    b"\x1a",
    b"\x1e",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"{",
    b"[",
    b"}",
)
WORDS = (
    b'"ImportId":',
    b"Response",
    b"1e999",
    b"-1",
    b"99999999999999999999",
    b"31.02.2026",
    b"00/00/0000",
    b"\\ud800",
)


def insert(content: bytes, chance: random.Random) -> bytes:
    """Characters that mean something to a parser, where nobody expects them."""
    place = _place(content, chance)
    return content[:place] + chance.choice(MARKS + WORDS) * chance.choice([1, 1, 2, 200]) + content[place:]


def swap_headers(content: bytes, chance: random.Random) -> bytes:
    """The cells of the first line in another order."""
    first, end, rest = content.partition(b"\n")
    delimiter = max((b";", b",", b"\t", b"|"), key=first.count)
    cells = first.split(delimiter)
    chance.shuffle(cells)
    return delimiter.join(cells) + end + rest


def swap_lines(content: bytes, chance: random.Random) -> bytes:
    """The lines in another order."""
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


CHANGES = (flip, flip, cut, drop, double, splice, insert, insert, swap_headers, swap_lines)


class TooLong(BaseException):
    """No Exception, so that no code of ours takes it for one of its own."""


def fate(number: int) -> tuple[str, str, str]:
    """The name of file `number`, what became of it ("succeeded", "refused" or "other"), and, for "other", what was raised."""
    name, content = mutated(number)
    try:
        _take_in(content, name, to_rows=number // len(sound()) % ROWS_EACH == 0)
    except CxError:
        return name, "refused", ""
    except (Exception, TooLong) as error:  # noqa: BLE001 - what is looked for
        return name, "other", repr(error)
    return name, "succeeded", ""


def _take_in(content: bytes, name: str, *, to_rows: bool) -> None:
    """Read all blocks; with `to_rows`, propose a mapping and make feedback of the first rows."""
    for export in open_exports(content, name):
        for _block in export.blocks():
            pass
        if to_rows:
            proposed = mapping.propose(export)
            channel = proposed.channel or "Web"
            rows.canonical(export.head, replace(proposed, channel=channel, export_date=EXPORT_DATE), KEY)


def _share(numbers: range) -> list[tuple[int, str, str, str]]:
    def too_long(_signal: int, _frame: object) -> None:
        raise TooLong(f"more than {SECONDS_PER_FILE} s of processor time")

    timed = hasattr(signal, "setitimer")
    if timed:
        signal.signal(signal.SIGPROF, too_long)
    found = []
    for number in numbers:
        signal.setitimer(signal.ITIMER_PROF, SECONDS_PER_FILE) if timed else None
        found.append((number, *fate(number)))
    signal.setitimer(signal.ITIMER_PROF, 0) if timed else None
    return found


def run(files: int, minutes: float, first: int = 0) -> tuple[list[dict[str, object]], list[str]]:
    """Files number `first` … `files`. One row per format and one for all: files, succeeded, refused, other, seconds; and the faults in words."""
    start = time.perf_counter()
    fates: Counter[tuple[str, str]] = Counter()
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for number, name, what, error in _fates(range(first, files), start + 60 * minutes, folder):
            fates[name, what] += 1
            if error:
                faults.append(f"file {number} ({name}): {error}")
        left = [str(path) for path in Path(folder).rglob("*")]
    faults += [f"left behind: {path}" for path in left]
    names = [name for name in sound() if any(fates[name, what] for what in ("succeeded", "refused", "other"))]
    table = [_row(name, {what: fates[name, what] for what in ("succeeded", "refused", "other")}) for name in names]
    total = {what: sum(row[what] for row in table) for what in ("succeeded", "refused", "other")}
    return [*table, _row("all", total) | {"seconds": round(time.perf_counter() - start)}], faults


def _row(name: str, fates: dict[str, int]) -> dict[str, object]:
    return {"format": name, "files": sum(fates.values())} | fates | {"seconds": ""}


def _fates(numbers: range, deadline: float, folder: str) -> Iterator[tuple[int, str, str, str]]:
    """What became of each file, worked off by several processes whose temporary folder is `folder`."""
    shares = [numbers[first : first + SHARE] for first in range(0, len(numbers), SHARE)]
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers, get_context("spawn"), _work_in, (folder,)) as pool:
        for first in range(0, len(shares), workers):
            if time.perf_counter() > deadline:
                return
            for share, result in [(share, pool.submit(_share, share)) for share in shares[first : first + workers]]:
                try:
                    yield from result.result()
                except BrokenProcessPool:
                    yield from ((number, mutated(number)[0], "other", "the process died") for number in share)
                    return


def _work_in(folder: str) -> None:
    os.environ["TMPDIR"] = tempfile.tempdir = folder


def main() -> None:
    """Print the table; exit code 1 where anything but success and CxError came up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--first", type=int, default=0, help="go on from this file")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    asked = parser.parse_args()
    table, faults = run(asked.files, asked.minutes, asked.first)
    print_table(f"{table[-1]['files']:,} mutated files", table)
    for fault in faults[:FAULTS_SHOWN]:
        print(fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
