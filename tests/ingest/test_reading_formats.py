"""Workbooks, JSON, JSON Lines, Parquet and archives become the same text cells as CSV."""

import datetime as dt
import decimal
import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import statsmodels
import xlsxwriter

from benchmarks.workbook_files import ods, packed, xlsb, xlsx
from cx.errors import FileError
from cx.ingest import originals, records, workbooks
from cx.ingest.reading import Export, open_exports, read_table

ROWS = [["Text", "Note"], ["gut", 5], ["schlecht", 1.5]]
CELLS = [["gut", "5"], ["schlecht", "1.5"]]
REVIEWS = {
    "reviews": [
        {"reviewId": "a", "reviewer": {"displayName": "Ute"}, "starRating": "FIVE", "comment": "Gut"},
        {"reviewId": "b", "starRating": "ONE", "reviewReply": {"comment": "Danke"}, "tags": ["x", 1, True, None]},
    ],
    "totalReviewCount": 2,
}
FLAT = ("reviewId", "reviewer.displayName", "starRating", "comment", "reviewReply.comment", "tags")
FLAT_CELLS = [["a", "Ute", "FIVE", "Gut", "", ""], ["b", "", "ONE", "", "Danke", "x; 1; true"]]


def only(content: bytes, name: str, sheet: str | None = None) -> Export:
    [export] = open_exports(content, name, sheet)
    return export


def cells(export: Export) -> list[list[str]]:
    return export.head.cells.to_numpy().tolist()


def parquet(columns: dict[str, object] | pa.Table, **options: object) -> bytes:
    target = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), target, **options)
    return target.getvalue()


# --- workbooks


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_sheet_can_be_chosen_and_the_first_with_a_table_is_the_default(form: str) -> None:
    write = {"xlsx": xlsx, "ods": ods}[form]
    content = write({"Deckblatt": [["Bericht"]], "Mai": ROWS, "Juni": [["Text"], ["neu"]]})
    export = only(content, f"x.{form}")
    assert (export.form, export.sheets, export.sheet) == (form, ("Mai", "Juni"), "Mai")
    assert (cells(export), export.head.lines.tolist()) == (CELLS, [2, 3])
    assert cells(only(content, f"x.{form}", "Juni")) == [["neu"]]
    with pytest.raises(FileError, match="kein Blatt „Deckblatt“"):
        only(content, f"x.{form}", "Deckblatt")


def test_hidden_sheets_come_last() -> None:
    export = only(xlsx({"Auswahl": [["a"], ["b"]], "Daten": ROWS}, hidden=("Auswahl",)), "x.xlsx")
    assert (export.sheet, export.sheets) == ("Daten", ("Daten", "Auswahl"))


def test_a_binary_workbook_is_read() -> None:
    export = only(xlsb([["Text", "Note"], ["Größe „M“", "5"]]), "x.xlsb")
    assert (export.form, cells(export)) == ("xlsb", [["Größe „M“", "5"]])


def test_an_old_excel_file_is_read() -> None:
    found = sorted(Path(statsmodels.__file__).parent.rglob("test_spec_blocks.xls"))
    if not found:
        pytest.skip("statsmodels has no xls file here")
    export = only(found[0].read_bytes(), "x.xls")
    assert (export.form, export.headers[:2], len(export)) == ("xls", ("Model", "SeriesID"), 8)
    assert cells(export)[0][:2] == ["1", "GDPC1"]


def test_titles_above_the_header_of_a_sheet_are_no_header() -> None:
    rows = [["Bericht vom 1. Mai"], [], ["Text", "Note", "Tag"], ["gut", 5, "Mo"]]
    export = only(xlsx({"A": rows}), "x.xlsx")
    assert (export.headers, export.head.lines.tolist()) == (("Text", "Note", "Tag"), [4])


def test_columns_to_the_right_of_nothing_keep_their_place() -> None:
    export = only(xlsx({"A": [["", "Text", ""], ["", "gut", "x"]]}), "x.xlsx")
    assert export.headers == ("Text", "Spalte 3")


def test_a_cell_in_the_last_corner_ends_the_parser_and_not_us() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Text")
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(FileError, match="braucht zu viel Speicher"):
        only(target.getvalue(), "ecke.xlsx")


def test_a_parser_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "SECONDS", 0.5)
    with zipfile.ZipFile(io.BytesIO(ods({"A": ROWS}))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["content.xml"] = members["content.xml"].replace(b"</table:table>", b"")  # its end is waited for
    with pytest.raises(FileError, match="vertretbarer Zeit"):
        only(packed(members), "x.ods")


def test_more_text_than_fits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_TEXT_BYTES", 1_000)
    with pytest.raises(FileError, match="braucht zu viel Speicher"):
        only(xlsx({"A": [ROWS[0], *[["x" * 1_000, 5]] * 50]}), "x.xlsx")


# --- JSON


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("value", [REVIEWS, REVIEWS["reviews"], {"data": REVIEWS}], ids=["object", "list", "nested"])
def test_records_of_json_are_flat_rows(value: object, encoding: str) -> None:
    export = only(json.dumps(value, indent=1).encode(encoding), "x.json")
    assert (export.form, export.headers, cells(export)) == ("json", FLAT, FLAT_CELLS)
    assert export.head.lines.tolist() == [1, 2]


def test_json_lines_are_rows_with_the_lines_of_the_file() -> None:
    first, second = (json.dumps(record) for record in REVIEWS["reviews"])
    export = only(f"{first}\r\n\r\n{second}\r\n".encode(), "x.jsonl")
    assert (export.form, export.headers, cells(export)) == ("jsonl", FLAT, FLAT_CELLS)
    assert export.head.lines.tolist() == [1, 3]


def test_numbers_of_json_stay_as_written_and_nothing_is_empty() -> None:
    export = only(
        b'[{"a": 4.50, "b": 12345678901234567890, "c": null, "d": NaN, "e": true, "f": [{"k": 1}]}]', "x.json"
    )
    assert cells(export) == [["4.50", "12345678901234567890", "", "", "true", '[{"k": "1"}]']]


def test_half_a_character_does_no_harm() -> None:
    assert cells(only(b'[{"a": "x\\ud800y"}]', "x.json")) == [["x\ufffdy"]]


BAD_JSON = {
    "cut": (b'[{"a": 1}, {"a":', "nicht vollständig"),
    "deep": (b"[" * 100_000, "nicht vollständig"),
    "deep_records": (b'[{"a":' * 50_000, "nicht vollständig"),
    "empty": (b"[]", "keine eindeutige Liste"),
    "scalars": (b'{"error": "expired"}', "keine eindeutige Liste"),
    "two_lists": (b'{"a": [{"x": 1}], "b": [{"x": 1}]}', "keine eindeutige Liste"),
    "cut_line": (b'{"a": 1}\n{"a": 2}\n\n{"a":', "Zeile 4 kein vollständiger"),
    "other_line": (b'{"a": 1}\n{"a": 2}\n[3]\n', "Zeile 3 kein vollständiger"),
}


@pytest.mark.parametrize("what", BAD_JSON)
def test_json_without_records_is_refused(what: str) -> None:
    content, expected = BAD_JSON[what]
    with pytest.raises(FileError, match=expected):
        only(content, f"{what}.json")


def test_large_json_is_refused_but_not_large_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LARGEST_JSON_BYTES", 20)
    with pytest.raises(FileError, match="als JSON zu groß"):
        only(json.dumps(REVIEWS).encode(), "x.json")
    assert len(only(b'{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', "x.jsonl")) == 2


def test_a_text_that_begins_with_a_bracket_is_still_a_table() -> None:
    assert only(b"[Frage];Note\ngut;1\n", "x.csv").headers == ("[Frage]", "Note")


# --- Parquet


def test_columns_of_parquet_become_text() -> None:
    moment = dt.datetime(2026, 1, 7, 11, 34, 5)
    columns = {
        "text": ["gut", None],
        "zahl": [5.0, float("nan")],
        "ganz": [1, None],
        "tag": [dt.date(2026, 1, 7), None],
        "zeit": [dt.datetime(2026, 1, 7), moment],
        "zone": pa.array([moment, None], pa.timestamp("us", "UTC")),
        "ja": [True, None],
        "person": [{"name": "Ute", "ort": {"plz": "01067"}}, None],
        "liste": [["a", "b"], []],
        "tief": [[{"k": 1}], None],
        "betrag": [decimal.Decimal("4.50"), None],
        "bytes": [b"\xff", b"x"],
        "gruppe": pa.array(["u", "v"]).dictionary_encode(),
        "leer": pa.nulls(2),
    }
    export = only(parquet(columns), "x.parquet")
    first, second = (dict(zip(export.headers, row, strict=True)) for row in cells(export))
    assert (export.form, export.head.lines.tolist()) == ("parquet", [1, 2])
    assert first == {
        "text": "gut",
        "zahl": "5",
        "ganz": "1",
        "tag": "2026-01-07",
        "zeit": "2026-01-07",
        "zone": "2026-01-07 11:34:05Z",
        "ja": "true",
        "person.name": "Ute",
        "person.ort.plz": "01067",
        "liste": "a; b",
        "tief": '[{"k": 1}]',
        "betrag": "4.50",
        "bytes": "\ufffd",
        "gruppe": "u",
        "leer": "",
    }
    told = {"zeit": "2026-01-07 11:34:05", "bytes": "x", "gruppe": "v"}
    assert second == dict.fromkeys(first, "") | told


def test_parquet_is_read_by_row_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "BATCH_ROWS", 7)
    content = parquet({"n": list(range(50))}, row_group_size=20)
    table = read_table(content, "x.parquet")
    assert table.cells["n"].tolist() == [str(n) for n in range(50)]
    assert table.lines.tolist() == list(range(1, 51))


def test_a_text_of_parquet_that_is_no_utf_8_loses_that_byte_only() -> None:
    content = parquet({"a": ["uwe@example", None, "gut"]}, compression="none", use_dictionary=False)
    assert cells(only(content.replace(b"uwe@exam", b"uwe@e\x81am"), "x.parquet")) == [
        ["uwe@e\ufffdample"],
        ["gut"],
    ]


def test_broken_parquet_is_refused() -> None:
    content = parquet({"n": list(range(500))})
    for broken in (content[:-20], content[:40] + bytes(100) + content[140:], b"PAR1" + content):
        with pytest.raises(FileError, match="Parquet-Datei"):
            only(broken, "x.parquet")


# --- archives


def test_an_archive_gives_each_of_its_tables_under_its_name() -> None:
    content = packed(
        {
            "mai/bewertungen.csv": "Text;Note\ngut;5\n",
            "__MACOSX/mai/._bewertungen.csv": "x",
            "mai/.DS_Store": "x",
            "liesmich.pdf": b"%PDF-1.7",
            "juni.xlsx": xlsx({"A": ROWS}),
            "juli.parquet": parquet({"Text": ["gut"]}),
            "august.json": json.dumps(REVIEWS),
        }
    )
    exports = open_exports(content, "archiv.zip")
    assert [(export.name, export.form, len(export)) for export in exports] == [
        ("archiv.zip/mai/bewertungen.csv", "csv", 1),
        ("archiv.zip/juni.xlsx", "xlsx", 2),
        ("archiv.zip/juli.parquet", "parquet", 1),
        ("archiv.zip/august.json", "json", 2),
    ]
    with pytest.raises(FileError, match="mehrere Tabellen"):
        read_table(content, "archiv.zip")


def test_members_are_read_again_and_like_the_file_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(originals, "CHUNK_BYTES", 50)
    text = "Text;Note\n" + "".join(f"Größe {n};5\n" for n in range(100))
    (tmp_path / "a.zip").write_bytes(packed({"a.csv": text}))
    [export] = open_exports(tmp_path / "a.zip", "a.zip")
    alone = only(text.encode(), "a.csv")
    assert export.sha256 == alone.sha256
    assert sum(len(block) for block in export.blocks()) == sum(len(block) for block in export.blocks()) == 100


def locked() -> bytes:
    content = bytearray(packed({"a.csv": "a;b\n1;2\n"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def swollen() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as member:
        for _piece in range(60):
            member.write(b"0;0\n" * 250_000)
    return target.getvalue()


BAD_ARCHIVES = {
    "nested": (packed({"b.zip": packed({"a.csv": "a;b\n1;2\n"})}), "Archiv in einem Archiv"),
    "pdf_only": (packed({"a.pdf": b"%PDF-1.7"}), "ist ein PDF"),
    "hidden_only": (packed({".a.csv": "a;b\n1;2\n"}), "ist keine Tabelle"),
    "locked": (locked(), "hat ein Kennwort"),
    "bomb": (swollen(), "entpackt zu groß"),
    "many": (packed({f"{n}.csv": "" for n in range(10_001)}), "entpackt zu groß"),
    "broken_member": (packed({"a.csv": 'a;b\n1;2\n"offen;3\n'}), "a.csv.*Anführungszeichen"),
    "damaged": (
        packed({"a.csv": "a;b\n" + "1;2\n" * 500}).replace(b"a.csv", b"a.csv")[:45] + b"\xff" * 100,
        "beschädigt",
    ),
}


@pytest.mark.parametrize("what", BAD_ARCHIVES)
def test_other_archives_are_refused(what: str) -> None:
    content, expected = BAD_ARCHIVES[what]
    with pytest.raises(FileError, match=expected):
        open_exports(content, f"{what}.zip")
