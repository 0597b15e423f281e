"""Small workbooks for tests and the fuzz run: xlsx with XlsxWriter, ods and xlsb by hand (nothing that is installed writes them)."""

import io
import struct
import zipfile
from xml.sax.saxutils import escape

import xlsxwriter


def packed(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def xlsx(sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> bytes:
    """An xlsx workbook of these sheets."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for position, row in enumerate(rows):
                sheet.write_row(position, 0, row)
            if name in hidden:
                sheet.hide()
            elif len(hidden):
                sheet.activate()
    return target.getvalue()


def ods(sheets: dict[str, list[list[object]]]) -> bytes:
    """An OpenDocument spreadsheet of texts and numbers."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(_ods_row(row) for row in rows)}</table:table>'
        for name, rows in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def _ods_row(row: list[object]) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        if isinstance(value, int | float)
        else f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
        for value in row
    )
    return f"<table:table-row>{cells}</table:table-row>"


def xlsb(rows: list[list[str]]) -> bytes:
    """A binary workbook of texts on one sheet, "Daten"."""
    book = _record(0x9C, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Daten"))
    cells = b"".join(
        _record(0x00, struct.pack("<I", number) + bytes(13))
        + b"".join(_record(0x06, struct.pack("<II", place, 0) + _wide(text)) for place, text in enumerate(row))
        for number, row in enumerate(rows)
    )
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = (
        _record(0x81, b"") + _record(0x94, size) + _record(0x91, b"") + cells + _record(0x92, b"") + _record(0x82, b"")
    )
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": _record(0x83, b"") + _record(0x8F, b"") + book + _record(0x90, b"") + _record(0x84, b""),
            "xl/_rels/workbook.bin.rels": relations,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _record(kind: int, content: bytes) -> bytes:
    """A record of the binary format: its number and length, seven bits to a byte, then its content."""
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0xFF, 0x01])
    size, length = len(content), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return number + length + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
