"""What a file really is, whatever its name says. Further formats (JSON, xls, ods …) get their readers here later."""

import io
import re
import zipfile

from cx.errors import FileError
from cx.language import _

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CONTROL_SHARE_MAX = 0.01
SAMPLE = 100_000

PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BINARIES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"PAR1", b"SQLite format 3", b"\x7fELF", b"MZ\x90", b"PK\x05\x06")


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an xlsx workbook."""
    return content.startswith(ZIP) and any(entry.startswith("xl/") for entry in _entries(content))


def refuse_other_formats(content: bytes, name: str) -> None:
    """Raise FileError for a PDF, picture, archive, document, old Excel file or anything else that is no text."""
    if content.startswith(b"%PDF"):
        raise FileError(
            _(
                "„{name}“ ist ein PDF und keine Tabelle. "
                "Exportieren Sie die Bewertungen im Quellsystem als CSV oder Excel (xlsx)."
            ).format(name=name)
        )
    if _is_picture(content):
        raise FileError(
            _(
                "„{name}“ ist ein Bild und keine Tabelle. "
                "Exportieren Sie die Bewertungen im Quellsystem als CSV oder Excel (xlsx)."
            ).format(name=name)
        )
    if content.startswith(OLD_OFFICE):
        _refuse_old_office(content, name)
    if content.startswith(ZIP) and not is_workbook(content):
        _refuse_archive(content, name)
    if content.startswith(BINARIES):
        raise FileError(_no_table(name))


def _is_picture(content: bytes) -> bool:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return True
    if content.startswith(b"BM"):  # two letters that a text may begin with as well
        return b"\x00" in content[:32]
    return content.startswith(PICTURES)


def _refuse_old_office(content: bytes, name: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        message = _(
            "„{name}“ ist mit einem Kennwort geschützt. Speichern Sie die Datei in Excel ohne Kennwort als xlsx."
        )
    else:
        message = _(
            "„{name}“ hat ein altes Office-Format (xls, doc). Öffnen Sie die Datei und speichern Sie sie als xlsx oder CSV."
        )
    raise FileError(message.format(name=name))


def _refuse_archive(content: bytes, name: str) -> None:
    if "mimetype" in _entries(content) or "[Content_Types].xml" in _entries(content):
        message = _("„{name}“ ist ein Dokument und keine Excel-Tabelle. Speichern Sie die Tabelle als xlsx oder CSV.")
    else:
        message = _("„{name}“ ist ein ZIP-Archiv. Entpacken Sie es und laden Sie die CSV- oder xlsx-Datei darin hoch.")
    raise FileError(message.format(name=name))


def refuse_other_texts(text: str, name: str) -> None:
    """Raise FileError for a web page, JSON, or characters that are no text."""
    begin = text[:SAMPLE]
    start = begin.lstrip("\ufeff \t\r\n")[:200].lower()
    if re.match(r"<[a-z!?/]|\{\\rtf", start):
        raise FileError(
            _(
                "„{name}“ ist eine Webseite oder ein Dokument und keine Tabelle. Oft ist dann die Anmeldung abgelaufen: "
                "Exportieren Sie die Datei noch einmal als CSV oder Excel (xlsx)."
            ).format(name=name)
        )
    if re.match(r"[\[{]\s*[\[{\"]", start):
        raise FileError(
            _("„{name}“ ist eine JSON-Datei. Exportieren Sie die Bewertungen als CSV oder Excel (xlsx).").format(
                name=name
            )
        )
    if len(CONTROL.findall(begin)) > max(2, CONTROL_SHARE_MAX * len(begin)):
        raise FileError(_no_table(name))


def _no_table(name: str) -> str:
    return _(
        "„{name}“ ist keine Tabelle, sondern enthält Binärdaten. "
        "Exportieren Sie die Bewertungen als CSV oder Excel (xlsx)."
    ).format(name=name)


def _entries(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except zipfile.BadZipFile:
        return []
