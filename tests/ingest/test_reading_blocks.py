"""Files of any size in blocks: the same rows whatever the blocks, and what is told of the whole file."""

import csv
import io
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx import language
from cx.errors import FileError
from cx.ingest import delimited, originals, reading
from cx.ingest.reading import Export, open_exports, read_table


def export_of(content: bytes, name: str = "x.csv") -> Export:
    [export] = open_exports(content, name)
    return export


def rows_of(export: Export) -> tuple[list[list[str]], list[int], dict[int, int]]:
    """All rows, their lines, and the surplus by line, as the blocks give them."""
    blocks = list(export.blocks())
    rows = [row for block in blocks for row in block.cells.to_numpy().tolist()]
    surplus = {int(block.lines.iloc[row]): n for block in blocks for row, n in block.surplus.items()}
    return rows, [line for block in blocks for line in block.lines], surplus


@contextmanager
def blocks_of(chunk: int, block: int) -> Iterator[None]:
    """Chunks of so many bytes, blocks of so many rows, a head as large as a block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(originals, "CHUNK_BYTES", chunk)
        patch.setattr(reading, "BLOCK_ROWS", block)
        patch.setattr(reading, "HEAD_ROWS", block)
        yield


@pytest.fixture
def small() -> Iterator[None]:
    """Blocks of two rows, chunks of a few bytes."""
    with blocks_of(11, 2):
        yield


def naive(text: str, delimiter: str) -> tuple[list[list[str]], list[int], dict[int, int]]:
    """Header and rows as the csv module reads the whole text: filled rows, as wide as the header, with lines and surplus."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, lines, line = [], [], 1
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append(row)
            lines.append(line)
        line = reader.line_num + 1
    width = len(rows[0])
    surplus = {line: len(row) for row, line in zip(rows, lines, strict=True) if any(c.strip() for c in row[width:])}
    return [row[:width] + [""] * (width - len(row)) for row in rows], lines, surplus


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


CELL = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), max_size=12),
    st.sampled_from(['"', '""', "a\nb", "x\r\ny", "z\r", ";,", "'", " ", "ä", "😀", ""]),
)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8)
)
# Whole Unicode goes into these; into the code pages only what they can write.
SIZES = st.sampled_from([(1, 1), (7, 2), (64, 3), (16_000_000, 1), (16_000_000, 50_000)])
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
CODE_PAGES = ["cp1252", "latin-1", "iso8859-15", "mac_roman", "cp850"]
GERMAN = "Die Küche war schön, größer und süß; ärgerlich für Öfen"


@pytest.mark.parametrize("encoding", UNICODE + CODE_PAGES)
@settings(max_examples=60, deadline=None)
@given(
    body=TABLES,
    delimiter=st.sampled_from(",;\t|"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    always_quoted=st.booleans(),
    sizes=st.sampled_from([(23, 1), (64, 3), (16_000_000, 1), (16_000_000, 50_000)]),
)
def test_tables_come_back_to_the_character(
    *, encoding: str, body: list[list[str]], delimiter: str, line_end: str, always_quoted: bool, sizes: tuple[int, int]
) -> None:
    if encoding in CODE_PAGES:  # without control characters, and the currency sign that nobody writes
        body = [[cell.encode(encoding, "ignore").decode(encoding) for cell in row] for row in body]
        body = [[cell.translate(dict.fromkeys([*range(0x80, 0xA0), ord("¤")])) for cell in row] for row in body]
    # The first row says enough for the encoding, the delimiter and the width to be seen.
    rows = [
        [f"Spalte_{n}" for n in range(len(body[0]))],
        [GERMAN + " €" * (encoding == "iso8859-15")] * len(body[0]),
        *body,
    ]
    special = re.compile("" if always_quoted else f'["\r\n{re.escape(delimiter)}]')
    lines = [delimiter.join(quoted(cell) if special.search(cell) else cell for cell in row) for row in rows]
    content = "".join(line + line_end for line in lines).encode(encoding)
    with blocks_of(*sizes):
        export = export_of(content)
        found, _lines, surplus = rows_of(export)
    expected = [row for row in rows if any(map(str.strip, row))]
    assert [list(export.headers), *found] == expected
    assert not surplus


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('ab"; \n\r,'), max_size=80), SIZES)
def test_any_text_gives_what_the_csv_module_reads_whatever_the_blocks(text: str, sizes: tuple[int, int]) -> None:
    text = f"h1;h2\nx;y\nx;y\nx;y\n{text}"
    with blocks_of(*sizes):
        try:
            export = export_of(text.encode())
        except FileError:
            assert is_open(text) or is_prose(text)
            return
        found = rows_of(export)
        assert len(export) == len(found[0])
    rows, lines, surplus = naive(text, export.delimiter)
    assert ([list(export.headers), *found[0]], found[1], found[2]) == (rows, lines[1:], surplus)


def is_open(text: str) -> bool:
    """Whether a quote is never closed: a line added at the end is swallowed."""
    *_rows, last = csv.reader([*io.StringIO(text + "\n", newline=""), "END"], delimiter=";")
    return last != ["END"]


def is_prose(text: str) -> bool:
    widths = [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") if any(map(str.strip, row))]
    return max(map(widths[1:].count, widths[1:])) < delimited.MOST * (len(widths) - 1) or widths[1:].count(1) > 1


@pytest.mark.usefixtures("small")
def test_blocks_follow_each_other_and_can_be_read_twice() -> None:
    export = export_of(b"a;b\n" + b"".join(b'%d;"x\ny"\n' % n for n in range(7)))
    assert max(len(block) for block in export.blocks()) == 2
    assert rows_of(export) == rows_of(export)
    assert rows_of(export)[1] == [2, 4, 6, 8, 10, 12, 14]
    assert (len(export), len(export.head)) == (7, 2)


@pytest.mark.usefixtures("small")
def test_damage_is_counted_once() -> None:
    export = export_of(("Text;Note\n" + "schöne Grüße;5\n" * 20).encode() + b"ab \xc3;4\n")
    assert (export.damaged, [block.damaged for block in export.blocks()][:3]) == (1, [1, 0, 0])
    assert read_table(b"a;b\n1;2\n", "x.csv").damaged == 0


@pytest.mark.usefixtures("small")
def test_a_nameless_column_that_is_filled_at_last_stays() -> None:
    export = export_of(b"a;b;\n" + b"1;2;\n" * 9 + b"1;2;x\n")
    assert export.headers == ("a", "b", "Spalte 3")
    assert export_of(b"a;b;\n" + b"1;2;\n" * 9).headers == ("a", "b")


@pytest.mark.usefixtures("small")
def test_rows_at_gives_the_original_cells_of_lines() -> None:
    export = export_of(b"a;b\n" + b"".join(b"%d;x\n" % n for n in range(9)))
    found = export.rows_at([9, 3, 77])
    assert (found.index.tolist(), found["a"].tolist(), found.index.name) == ([3, 9], ["1", "7"], "line")
    assert export.rows_at([]).empty
    pd.testing.assert_frame_equal(
        found, read_table(b"a;b\n" + b"".join(b"%d;x\n" % n for n in range(9)), "x").rows_at([9, 3])
    )


@pytest.mark.usefixtures("small")
def test_facts_are_those_of_the_whole_file() -> None:
    rows = ["1/2/2026;07-01-2026;gut;"] * 5 + ["1/13/2026;27-01-26;" + "lang" * 99 + ";"] + ["2/3/2026;1.13.2026;gut; "]
    facts = export_of(("a;b;c;d\n" + "\n".join(rows) + "\n").encode()).facts
    assert facts["a"].distinct == ("1/2/2026", "1/13/2026", "2/3/2026")
    assert (facts["a"].first_over_12, facts["a"].second_over_12) == (False, True)
    assert (facts["b"].first_over_12, facts["b"].second_over_12) == (True, False)
    assert facts["c"].distinct == ("gut",)
    assert facts["d"].distinct == ()


def test_a_table_in_memory_can_stand_for_an_export() -> None:
    content = b"a;b\n1/13/2026;x\n"
    table, export = read_table(content, "x.csv"), export_of(content)
    assert (table.facts, table.headers, table.wordings) == (export.facts, export.headers, export.wordings)
    [block] = table.blocks()
    assert block.cells.equals(table.cells)
    assert block.lines.equals(table.lines)


def test_parts_of_a_table_keep_their_lines_and_what_is_wrong_with_them() -> None:
    table = replace(read_table(b"a;b\n1;2\n3;4\n\n5;6;7\n8;9\n", "x.csv"), damaged=3)
    first, second = table.part(0, 2), table.part(2, 9)
    assert (first.lines.tolist(), second.lines.tolist()) == ([2, 3], [5, 6])
    assert (first.surplus, second.surplus) == ({}, {0: 3})
    assert (first.damaged, second.damaged) == (3, 0)
    assert second.cells["a"].tolist() == ["5", "8"]
    assert second.cells.index.tolist() == [0, 1]


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a;b\n" + b"1;2\n" * 60_000)
    [export] = open_exports(path, "x.csv")
    path.write_bytes(b"a;b\n1;2\n")
    with pytest.raises(FileError, match="hat sich geändert"):
        list(export.blocks())


def test_an_open_quote_is_refused_before_it_swallows_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "CHUNK_BYTES", 1_000)
    monkeypatch.setattr(delimited, "LARGEST_RECORD", 5_000)
    content = b'a;b\n1;2\n1;"x\n' + b"1;2\n" * 5_000
    with pytest.raises(FileError, match="Zeile 3 ein Text mit einem Anführungszeichen"):
        export_of(content)


@pytest.mark.usefixtures("small")
def test_what_is_wrong_far_down_is_said_in_the_language_of_the_screen() -> None:
    language.use("en")
    with pytest.raises(FileError, match="opens with a quotation mark in line 201"):
        export_of(b"a;b\n" + b"1;2\n" * 199 + b'1;"x\n')


@pytest.mark.usefixtures("small")
def test_rows_may_end_with_a_delimiter_that_the_header_lacks() -> None:
    export = export_of(b"a;b\n" + b'1;"x\ny";\n' * 9 + b"2;z;w\n" + b"3;v;\n" * 3)
    rows, lines, surplus = rows_of(export)
    assert (rows, surplus) == ([["1", "x\ny"]] * 9 + [["2", "z"]] + [["3", "v"]] * 3, {20: 3})
    assert lines == [*range(2, 20, 2), 20, 21, 22, 23]


def test_inch_marks_within_cells_are_text() -> None:
    rows = [f'Display {n}" breit;{n}' for n in range(1_000)]
    export = export_of(("Text;Note\n" + "\n".join(rows) + "\n").encode())
    assert export.head.cells["Text"].tolist() == [row.partition(";")[0] for row in rows]


def test_more_columns_than_excel_has_are_refused() -> None:
    with pytest.raises(FileError, match=r"mehr als 16\.384 Spalten"):
        export_of(b";" * 16_384 + b"x\n" + b";" * 16_384 + b"1\n")


class Stream(io.RawIOBase):
    """A stream that can only be read once, as from a pipe."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        return self._content.readinto(buffer)


def test_an_upload_is_not_moved_and_a_pipe_is_read_once() -> None:
    content = b"a;b\n" + b"1;2\n" * 60_000
    upload = io.BytesIO(content)
    upload.seek(100)
    for file in (upload, Stream(content)):
        [export] = open_exports(file, "x.csv")
        assert sum(len(block) for block in export.blocks()) == len(export) == 60_000
    assert upload.tell() == 100


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Thirty times as many rows are read with the same largest block."""
    chance = random.Random(1)

    def lines(n: int) -> Iterator[str]:
        yield "Nummer;Note;Text\n"
        yield from (f'{i};{i % 5};"{"wort " * chance.randint(1, 30)}\n"\n' for i in range(n))

    largest = []
    for n in (20_000, 600_000):
        path = tmp_path / f"{n}.csv"
        path.write_text("".join(lines(n)), encoding="utf-8")
        [export] = open_exports(path, "x.csv")
        assert len(export) == n
        largest.append(max(block.cells.memory_usage(deep=True).sum() for block in export.blocks()))
        path.unlink()
    assert largest[1] < 5 * largest[0]
