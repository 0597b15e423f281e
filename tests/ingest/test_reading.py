"""Files become text cells, exactly as written."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cx.errors import FileError
from cx.ingest import delimited, originals
from cx.ingest.headers import unique
from cx.ingest.reading import read_table

ROWS = [
    ["Datum", "Bewertung", "Kommentar"],
    ["01.02.2026", "5", "Größe „M“ passt – für 19,99 € top"],
    ["02.02.2026", "1", 'Zeile eins\nZeile zwei; mit, Trennern\tund "Zitat"'],
    ["03.02.2026", "", "Straße, Öl, süß"],
]
MARKS = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}


def written(rows: list[list[str]], delimiter: str, line_end: str = "\r\n") -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return target.getvalue()


def cells_of(content: bytes, name: str = "umfrage.csv") -> list[list[str]]:
    table = read_table(content, name)
    return [list(table.headers), *table.cells.to_numpy().tolist()]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_and_delimiter_gives_the_same_cells(encoding: str, delimiter: str, line_end: str) -> None:
    table = read_table(written(ROWS, delimiter, line_end).encode(encoding), "umfrage.csv")
    assert [list(table.headers), *table.cells.to_numpy().tolist()] == ROWS
    assert table.delimiter == delimiter
    assert table.encoding == MARKS.get(encoding, encoding)
    assert table.damaged == 0


@pytest.mark.parametrize(
    ("encoding", "read_as"), [("cp850", "cp850"), ("mac_roman", "mac_roman"), ("cp1252", "cp1252")]
)
def test_old_code_pages_are_told_apart_by_their_umlauts(encoding: str, read_as: str) -> None:
    text = "Text;Note\nDie Küche war schön und die Straße größer;1\nÄrger über die Öfen, süß;2\n"
    table = read_table(text.encode(encoding), "alt.csv")
    assert (table.encoding, table.cells["Text"].tolist()[0]) == (read_as, "Die Küche war schön und die Straße größer")


def test_one_broken_byte_does_not_turn_every_umlaut_into_nonsense() -> None:
    content = ("Text;Note\n" + "schöne Grüße aus Köln;5\n" * 20).encode() + b"abgeschnitten \xc3;4\n"
    table = read_table(content, "kaputt.csv")
    assert table.cells["Text"].iloc[0] == "schöne Grüße aus Köln"
    assert (table.encoding, table.damaged) == ("utf-8", 1)


def test_line_feeds_within_quotes_stay_as_they_are_and_lines_are_those_of_the_file() -> None:
    table = read_table(b'a;b\r\n"x\r\ny\nz";1\r\nw;2\r\n', "x.csv")
    assert table.cells["a"].tolist() == ["x\r\ny\nz", "w"]
    assert table.lines.tolist() == [2, 5]


def test_blank_lines_and_rows_of_delimiters_are_no_rows_but_count_as_lines() -> None:
    table = read_table(b"a;b\n\nx;1\n;\n\ny;2\n\n", "x.csv")
    assert table.cells.to_numpy().tolist() == [["x", "1"], ["y", "2"]]
    assert table.lines.tolist() == [3, 6]


def test_short_rows_are_filled_and_long_ones_noted() -> None:
    table = read_table(b"a,b,c\n1,2\n1,2,3\n1,2,3,4,5\n1,2,3,,\n", "x.csv")
    assert table.cells.to_numpy().tolist() == [["1", "2", ""], ["1", "2", "3"], ["1", "2", "3"], ["1", "2", "3"]]
    assert table.surplus == {2: 5}


def test_the_delimiter_is_the_one_that_rows_agree_on_not_the_most_frequent() -> None:
    text = "Text;Note\n" + "".join(f"gut, schnell, freundlich, günstig, nah, {n};5\n" for n in range(20))
    assert read_table(text.encode(), "x.csv").delimiter == ";"
    quoted = 'Text,Note\n"a;b;c;d",1\n"e;f;g;h",2\n'
    assert read_table(quoted.encode(), "x.csv").delimiter == ","


def test_a_quoted_header_may_hold_delimiters_quotes_and_line_feeds() -> None:
    table = read_table(b'"Was, ""genau"",\nfehlt?","Note; 1-5"\nnichts,5\n', "x.csv")
    assert table.headers == ('Was, "genau", fehlt?', "Note; 1-5")


def test_a_file_of_one_column_has_no_delimiter() -> None:
    table = read_table(b'Kommentar\nGut, sehr gut\n"Schlecht; leider"\n', "x.csv")
    assert table.delimiter is None
    assert table.cells["Kommentar"].tolist() == ["Gut, sehr gut", "Schlecht; leider"]


def test_the_hint_of_excel_is_followed_and_is_no_row() -> None:
    table = read_table(b"sep=;\r\na;b\r\n1,5;2\r\n", "x.csv")
    assert (table.headers, table.cells.iloc[0].tolist(), table.lines.tolist()) == (("a", "b"), ["1,5", "2"], [3])


def test_headers_are_named_and_made_unique() -> None:
    assert unique(["Text", "", "Text", "Text (2)", "\ufeffA\n\u00a0 B", "Text"]) == (
        "Text",
        "Spalte 2",
        "Text (2)",
        "Text (2) (2)",
        "A B",
        "Text (3)",
    )


def test_nameless_columns_without_content_are_left_out() -> None:
    assert read_table(b"a;b;\n1;2;\n", "x.csv").headers == ("a", "b")
    assert read_table(b"a;b;\n1;2;3\n", "x.csv").headers == ("a", "b", "Spalte 3")


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t;,\"'"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
    )
)
def test_what_a_csv_writer_wrote_is_read_back_to_the_character(body: list[list[str]]) -> None:
    header = [f"Spalte_{n}" for n in range(len(body[0]))]
    kept = [row for row in body if any(cell.strip() for cell in row)]
    content = written([header, *body], ";").encode("utf-8-sig")
    if not kept:
        with pytest.raises(FileError, match="nur eine Kopfzeile"):
            read_table(content, "x.csv")
        return
    assert cells_of(content)[1:] == kept


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('ab"; \n\r'), max_size=60))
def test_the_fast_way_agrees_with_the_csv_module_or_steps_back(text: str) -> None:
    content = "h1;h2\n" + text + "\n"
    fast = delimited._fast(content.encode(), ";", 2)
    if fast is None:
        return
    slow = [row for row in csv.reader(io.StringIO(content, newline=""), delimiter=";") if row]
    assert [list(row) for row in zip(*(column.to_pylist() for column in fast.grid.columns), strict=True)] == slow


# --- xlsx


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for position, row in enumerate(rows):
                sheet.write_row(position, 0, row)
    return target.getvalue()


def test_cells_of_a_workbook_become_plain_text() -> None:
    rows = [
        ["Datum", "Zeit", "Note", "Wert", "Text", "Ja"],
        [date(2026, 1, 7), datetime(2026, 1, 7, 11, 34), 5, 4.5, "Größe\nXL", True],
    ]
    table = read_table(workbook({"Leer": [], "Daten": rows}), "umfrage.xlsx")
    assert table.cells.iloc[0].tolist() == ["2026-01-07", "2026-01-07 11:34:00", "5", "4.5", "Größe\nXL", "true"]
    assert (table.sheet, table.delimiter, table.encoding) == ("Daten", None, None)


def test_the_first_sheet_with_a_table_counts_and_its_rows_are_the_lines() -> None:
    sheets = {"Deckblatt": [["Auswertung"]], "Daten": [[], ["Text"], ["a"], [], ["b"]], "Mehr": [["Text"], ["c"]]}
    table = read_table(workbook(sheets), "umfrage.xlsx")
    assert (table.cells["Text"].tolist(), table.lines.tolist()) == (["a", "b"], [3, 5])


# --- what is no table


def archive(names: list[str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return target.getvalue()


PROSE = """Sehr geehrte Damen und Herren, ich schreibe Ihnen heute,
weil ich mich ärgere. Gestern, also am Montag, kam nichts, und
am Dienstag auch nicht.
Ich habe angerufen, gewartet, wieder angerufen, und am Ende
aufgelegt.
Bitte melden Sie sich.
Mit freundlichen Grüßen, Ihr Kunde
"""
BAD = {
    "empty": (b"", "ist leer"),
    "only_a_mark": (b"\xef\xbb\xbf", "ist leer"),
    "only_blank_lines": (b"\r\n\r\n  \n", "ist leer"),
    "only_zeros": (b"\x00" * 500, "ist leer"),
    "only_header": (b"Text;Datum;Note\r\n", "nur eine Kopfzeile"),
    "header_and_delimiters": (b"Text;Datum\r\n;\r\n;\r\n", "nur eine Kopfzeile"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "ist ein PDF"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "ist ein Bild"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "ist ein Bild"),
    "gif": (b"GIF89a\x01\x00", "ist ein Bild"),
    "webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "ist ein Bild"),
    "zip": (archive(["export.csv"]), "nur eine Kopfzeile"),
    "docx": (archive(["[Content_Types].xml", "word/document.xml"]), "ist ein Dokument"),
    "broken_zip": (b"PK\x03\x04" + b"\x01\x02" * 40, "ZIP-Archiv"),
    "broken_xlsx": (archive(["[Content_Types].xml", "xl/workbook.xml"]), "beschädigt oder geschützt"),
    "empty_xlsx": (workbook({"Blatt": []}), "auf keinem Blatt eine Tabelle"),
    "header_xlsx": (workbook({"Blatt": [["Text", "Note"]]}), "auf keinem Blatt eine Tabelle"),
    "old_excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "alten Office-Format"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Kennwort geschützt"),
    "gzip": (b"\x1f\x8b\x08\x00abc", "Binärdaten"),
    "binary": (bytes(range(256)) * 20, "Binärdaten"),
    "html": (b"<!DOCTYPE html>\n<html><body>Anmelden</body></html>", "Webseite"),
    "xml": (b"<?xml version='1.0'?><a/>\n<b/>", "Webseite"),
    "json": (b'{"error": "expired",\n "codes": [1, 2]}', "keine eindeutige Liste"),
    "prose": (PROSE.encode(), "ist keine Tabelle"),
    "open_quote": (b'Text;Note\ngut;5\n"nie geschlossen;1\nnoch eine;2\n', "beginnt in Zeile 3"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_table_is_refused_with_a_german_sentence(what: str) -> None:
    content, expected = BAD[what]
    with pytest.raises(FileError, match=expected) as refused:
        read_table(content, f"{what}.csv")
    assert f"{what}.csv" in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "fehlt.csv", tmp_path):
        with pytest.raises(FileError, match="lässt sich nicht lesen"):
            read_table(path, path.name)


def test_too_large_files_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(originals, "LARGEST_BYTES", 10)
    (tmp_path / "x.csv").write_bytes(b"a;b\n1;2\n3;4\n")
    for file in (tmp_path / "x.csv", b"a;b\n1;2\n3;4\n", io.BytesIO(b"a;b\n1;2\n3;4\n")):
        with pytest.raises(FileError, match="größer als"):
            read_table(file, "x.csv")


def test_path_bytes_and_stream_give_the_same_table(tmp_path: Path) -> None:
    content = written(ROWS, ";").encode("cp1252")
    (tmp_path / "x.csv").write_bytes(content)
    tables = [read_table(file, "x.csv") for file in (tmp_path / "x.csv", content, io.BytesIO(content))]
    for table in tables:
        pd.testing.assert_frame_equal(table.cells, tables[0].cells)
        assert table.sha256 == tables[0].sha256
